import type { Engine } from "../../../../src/lab/contract/engine.ts";
import type { Mlp } from "../../../../src/lab/networks/network.ts";
import { LANES, type StreamKey } from "../../../../src/numerics/stream.ts";
import type { Arithmetic } from "../check.ts";
import type { Matrix } from "./draws.ts";
import { apply, entryErrors, logNormErrors, squaredNorm, transpose } from "./linear-chain.ts";
import { directionOf, drawWeights, inputOf, type NaivePass, passForward, type Slope, slopeAt } from "./pass.ts";

type Request = Parameters<Engine["backpropagate"]>[0];

export interface NaiveBackpropagation {
  readonly logNorm: readonly number[];
  readonly logGradients: readonly number[];
  readonly normErrors: readonly number[];
  readonly gradientErrors: readonly number[];
  /** Replicates with a unit so near its kink that rounding may switch it. */
  readonly uncertain: readonly boolean[];
}

/** What `backpropagate` is to give, and how far an engine of this arithmetic may be from it where no unit is near its kink. */
export function naiveBackpropagate(request: Request, arithmetic: Arithmetic, slope: Slope = slopeAt) {
  const rows = Array.from({ length: request.streams.count }, (_, row) =>
    backpropagateOne(request, request.streams.first + row, arithmetic, slope),
  );
  return {
    logNorm: rows.map(({ logNorm }) => logNorm),
    logGradients: rows.flatMap(({ logGradients }) => logGradients),
    normErrors: rows.map(({ normError }) => normError),
    gradientErrors: rows.flatMap(({ errors }) => errors),
    uncertain: rows.map(({ uncertain }) => uncertain),
  } satisfies NaiveBackpropagation;
}

function backpropagateOne(request: Request, replicate: number, arithmetic: Arithmetic, slope: Slope) {
  const { pass, cotangent } = naiveNetwork(request, replicate, slope);
  const depth = pass.weights.length;
  const squares = pass.hidden.map(squaredNorm);
  const deltas = deltasOf(pass, cotangent);
  const forward = logNormErrors(pass.masked, pass.hidden[0]!, arithmetic);
  const backward = logNormErrors(reversed(pass), cotangent, arithmetic).toReversed();
  const sums = entryErrors(pass.weights, pass.masked, pass.hidden[0]!, arithmetic);
  const kinked = request.network.activation !== "linear";
  const dead = squares[depth] === 0;
  const inputError =
    4 * request.network.widths[0]! * arithmetic.unit + Math.abs(Math.log(squares[0]!)) * arithmetic.unit;
  return {
    logNorm: Math.log(squares[depth]!),
    normError: dead ? 0 : forward[depth - 1]! + inputError,
    logGradients: deltas.map((delta, layer) => Math.log(squaredNorm(delta) * squares[layer]!)),
    errors: deltas.map((_, layer) => (dead ? 0 : (forward[layer - 1] ?? 0) + backward[layer]! + inputError)),
    uncertain:
      kinked && !dead && pass.sums.some((sum, layer) => sum.some((z, unit) => nearKink(z, sums[layer]![unit]!))),
  };
}

/** Exact zeros, as of a dead layer, are on the same side in every arithmetic. */
const nearKink = (z: number, error: number): boolean => z !== 0 && Math.abs(z) <= error;

/** The network, its input and its cotangent of one replicate. */
export function naiveNetwork(request: Request, replicate: number, slope: Slope = slopeAt) {
  const { network, input, streams, data } = request;
  const start = inputOf(input, network.widths[0]!, streams.key, replicate, data);
  const weights = drawWeights(network, streams.key, replicate);
  const pass = passForward(weights, activationsOf(network), start, slope);
  return { pass, cotangent: cotangentOf(network, streams.key, replicate) };
}

const activationsOf = ({ widths, activation }: Mlp) => widths.slice(1).map(() => activation);

function cotangentOf({ widths }: Mlp, key: StreamKey, replicate: number): readonly number[] {
  return directionOf(key, replicate, LANES.cotangent, widths[widths.length - 1]!);
}

/** Gradients of <cotangent, h_L> with respect to each W_l h_(l-1), from layer 1 on. */
function deltasOf(pass: NaivePass, cotangent: readonly number[]): readonly (readonly number[])[] {
  const deltas: (readonly number[])[] = [];
  let above = cotangent;
  for (let layer = pass.weights.length - 1; layer >= 0; layer--) {
    const delta = above.map((value, unit) => value * slopeOfRow(pass, layer, unit));
    deltas.unshift(delta);
    above = apply(transpose(pass.weights[layer]!), delta);
  }
  return deltas;
}

function slopeOfRow(pass: NaivePass, layer: number, unit: number): number {
  const z = pass.sums[layer]![unit]!;
  return z === 0 ? rowRatio(pass, layer, unit) : pass.hidden[layer + 1]![unit]! / z;
}

function rowRatio(pass: NaivePass, layer: number, unit: number): number {
  const column = pass.weights[layer]![unit]!.findIndex((weight) => weight !== 0);
  return column < 0 ? 0 : pass.masked[layer]![unit]![column]! / pass.weights[layer]![unit]![column]!;
}

/** The chain of matrices that deltas pass, the last layer's mask first. */
function reversed(pass: NaivePass): readonly Matrix[] {
  const depth = pass.weights.length;
  return Array.from({ length: depth }, (_, step) => {
    const layer = depth - 1 - step;
    const slopes = pass.sums[layer]!.map((_, unit) => slopeOfRow(pass, layer, unit));
    const above = pass.weights[layer + 1];
    if (above === undefined) return slopes.map((slope, unit) => slopes.map((_, at) => (at === unit ? slope : 0)));
    return transpose(above).map((row, unit) => row.map((weight) => weight * slopes[unit]!));
  });
}
