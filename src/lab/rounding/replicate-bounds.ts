import type { Rounding } from "../../claim/experiment.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import type { Passes } from "../contract/passes.ts";
import { layerSizes, parameterArrays } from "../networks/layered-network.ts";
import { type ForwardPass, passForward, type RunningPrecision } from "./passes.ts";
import { type Probed, probe } from "./probes.ts";
import {
  backwardError,
  forwardError,
  growthError,
  participationError,
  type ResultError,
  weightsError,
} from "./results.ts";
import { kinkErrors, switchingChance } from "./switching.ts";
import { BEYOND_DEVIATIONS, openTape } from "./tape.ts";

/** Of every replicate a bound on its difference, and the chance that it is beyond it. */
export interface ReplicateBounds {
  readonly bounds: Float64Array;
  /** Mean over the replicates. */
  readonly rate: number;
}

/** Kinds of rounding that are followed network by network where no bound holds for all networks of one shape. */
export type FollowedRounding = Extract<
  Rounding,
  | "forward"
  | "backward"
  | "isometry"
  | "weight-gradients"
  | "forward-factor"
  | "backward-factor"
  | "growth"
  | "participation"
>;

/**
 * Bounds by running error analysis (see `tape.ts`) of each replicate's own passes, in the operations of engine `tensorflow`: twice
 * the first order, for what the first order leaves out. A replicate of which that is above TRUSTED, or a unit of which may have
 * switched sides, may be anywhere: its chance goes into `rate`. Undefined for networks with activations that are not analysed, and
 * where more than half of the replicates may be anywhere.
 * `observed` are the measure's own observations. Cost: about 30 passes a replicate.
 */
export function replicateBounds(
  rounding: FollowedRounding,
  passes: Passes,
  { key, count }: { readonly key: StreamKey; readonly count: number },
  precision: RunningPrecision,
  observed: Float64Array,
): ReplicateBounds | undefined {
  const bounds = new Float64Array(count);
  const wanted = rounding === "participation" ? "outputs" : "kinks";
  let chances = 0;
  for (let index = 0; index < count; index++) {
    const replicate = { key, index };
    const probed = probe(passes, replicate, precision, wanted);
    if (probed === undefined) return undefined;
    let kinks = 0;
    const onKink = () => kinkErrors(probed, kinks++, precision.unit);
    const pass = passForward(openTape(), passes, replicate, precision, onKink)!;
    const { error, scale } = errorOf(rounding, passes, pass, { probed, unit: precision.unit });
    const relative = (SECOND_ORDER * precision.unit * error) / scale;
    const isTrusted = relative <= TRUSTED;
    const switched = isThereAndBack(rounding) ? switchingChance(probed, precision.unit) : 0;
    chances += isTrusted ? BEYOND_DEVIATIONS + switched : 1;
    const own = isTrusted ? boundOf(rounding, passes, { relative, scale, observed: observed[index]! }) : 0;
    bounds[index] = own + readingError(pass, observed[index]!);
    if (chances > count / 2) return undefined;
  }
  return { bounds, rate: count === 0 ? 0 : chances / count };
}

/** Signals are continuous where masks are not. */
function isThereAndBack(rounding: FollowedRounding): boolean {
  return ["backward", "isometry", "weight-gradients", "backward-factor"].includes(rounding);
}

/** What both engines make of their numbers they do in float64: sums over a point's numbers, logarithms and quotients. */
function readingError({ points, batch }: ForwardPass, observed: number): number {
  const numbers = points.reduce((most, { values }) => Math.max(most, values.length), 0);
  return Number.isFinite(observed) ? 2 ** -52 * batch * (numbers + 8) * (1 + Math.abs(observed)) : 0;
}

interface Found {
  readonly relative: number;
  readonly scale: number;
  readonly observed: number;
}

const SECOND_ORDER = 2;

/** Below it the second order, a square, is far below the first. */
const TRUSTED = 1 / 16;

function errorOf(
  rounding: FollowedRounding,
  passes: Passes,
  pass: ForwardPass,
  { probed, unit }: { readonly probed: Probed; readonly unit: number },
): ResultError {
  const between = { from: passes.from ?? 0, to: passes.to ?? passes.network.layers.length };
  switch (rounding) {
    case "forward":
    case "forward-factor":
      return forwardError(pass, between);
    case "backward":
    case "backward-factor":
      return backwardError(pass, between);
    case "isometry": {
      const [there, back] = [forwardError(pass, between), backwardError(pass, between)];
      return { error: Math.max(there.error, back.error), scale: 1 };
    }
    case "weight-gradients":
      return weightsError(
        pass,
        parameterArrays(passes.network).flatMap(({ role }, array) => (role === "weights" ? [array] : [])),
      );
    case "growth":
      return growthError(pass, between);
    case "participation":
      return participationError(pass, Math.sqrt(probed.squares.outputs.reduce((sum, square) => sum + square, 0)), unit);
  }
}

/** Of the measure itself, from the relative error of what it is made of. */
function boundOf(
  rounding: FollowedRounding,
  { network, layers = 1, to }: Passes,
  { relative, scale, observed }: Found,
): number {
  switch (rounding) {
    case "isometry":
      return relative / layers;
    case "growth":
      return (relative * scale) / (layers * layerSizes(network)[to ?? network.layers.length]!);
    case "forward-factor":
    case "backward-factor":
      return relative * Math.abs(observed);
    default:
      return relative * scale;
  }
}
