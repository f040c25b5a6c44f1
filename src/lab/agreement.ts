import type { Agreement, ComparedMeasure, EnginesApart } from "../claim/engines-apart.ts";
import type { Json, Rounding } from "../claim/experiment.ts";
import type { EngineAbout, Precision } from "./contract/about.ts";
import type { Passes } from "./contract/passes.ts";
import { refuseUnknown } from "./networks/kinds.ts";
import type { Chain, LayeredNetwork, Mlp } from "./networks/network.ts";
import { type Pass, passOf } from "./networks/pass.ts";
import {
  type EigenvalueBounds,
  eigenvalueRatioBounds,
  smallestEigenvalueBounds,
} from "./rounding/eigenvalue-bounds.ts";
import {
  type FollowedOnly,
  followedAgreement,
  isFollowed,
  isFollowedOnly,
  ownBounds,
} from "./rounding/followed-agreement.ts";

/** Two engines that each keep a distance from the reference are at most the sum of both apart. */
export function enginesApart(first: EngineAbout, second: EngineAbout): EnginesApart {
  const known = new Map<string, Agreement | undefined>();
  return {
    paired: first.draws === "reference" && second.draws === "reference",
    boundOf: (compared) => {
      const { experiment, setup, measure, rounding, streams } = compared;
      // claims share experiments, and what follows replicates takes its time
      const asked = JSON.stringify([experiment, setup, measure, rounding, streams]);
      if (!known.has(asked)) {
        const bounds = [agreementBound(first, compared), agreementBound(second, compared)] as const;
        known.set(asked, bounds[0] && bounds[1] && sumOf(bounds[0], bounds[1]));
      }
      return known.get(asked);
    },
  };
}

function sumOf(first: Agreement, second: Agreement): Agreement {
  // the reference's own words would say nothing beside another engine's
  const words = [first, second].filter(({ bound, rate }) => bound > 0 || rate > 0).map(({ because }) => because);
  const [one, other] = [first, second].map(({ bounds }) => bounds);
  const longer = one ?? other;
  return {
    bound: first.bound + second.bound,
    ...(longer && { bounds: longer.map((_, row) => (one?.[row] ?? first.bound) + (other?.[row] ?? second.bound)) }),
    rate: Math.min(1, first.rate + second.rate),
    because: [...new Set(words)].join("; ") || first.because,
  };
}

/**
 * How far an engine may be from the float64 reference, derived from operation counts and the unit roundoff u; undefined where the
 * engine has draws of its own, or nothing was derived. The bounds of passes are those of the network that the experiment's setup
 * has as `network`: a multilayer perceptron, or layers of which each multiplies its output where its input is multiplied. Through other networks, and
 * for other kinds of rounding, those of passes are followed replicate by replicate (`rounding/replicate-bounds.ts`).
 *
 * Forward. A layer of fan-in n computes z = W h with n products and sums from weights that are off by `draw` units each: z is off by
 * at most e = ((n + 6) + draw) u |W| |h|, entry by entry (the 6: the activation's factor, the division by the norm, the norm's own
 * root, sum and logarithm). For weights of variance gain / n the vector |W| |h| is on average at most sqrt(gain n) |h| long
 * (Cauchy and Schwarz), so that |e| / |z| is at most ((n + 6) + draw) sqrt(n) u; ln ||h||^2 moves by twice that, and
 * layers add: FIRST = 2 u sum over layers of ((n + 6) + draw) sqrt(n).
 *
 * What later layers make of an error. To first order an error e made at layer l moves ln ||h_L||^2 by 2 <d, e>, d its derivative with
 * respect to h_l, and <d, h_l> = 1 because the network is homogeneous: |d| |h_l| = 1 / cos(d, h_l). Where the layers above have
 * shrunk to rank one, as in networks deeper than wide, d and h_l are independent directions, the cosine has a density at 0, and
 * <d, e> is a ratio of independent normals: a Cauchy variable. Its scale is the random size of e, of roundings with independent
 * signs, u sqrt(n / 6 + 6 + draw^2) |z| (Higham and Mary 2019, https://doi.org/10.1137/18M1226312), layers adding in squares:
 * SCALE. It exceeds t scales with probability 2 / (pi t). So no bound holds for every observation; `bound` is FIRST + 64 SCALE,
 * and `rate` the probability that follows, 1 % or less. Forward passes are continuous in z: a ReLU that rounding takes to the
 * other side of its kink moves nothing by more than the error of z, which has been counted.
 *
 * Backward. There are as many operations again, and masks are not continuous: a unit switches where |z| is below its error, with
 * probability sqrt(2 / pi) times the relative error of z, gathered from all layers below. The sum over units, SWITCHED, is the
 * probability that a network has any; such a network's gradient may be anything, so it adds to `rate`.
 *
 * A network's mask switches in any of the `batch` examples of the setup. Convolutions sum over their fan-in as dense layers do. A
 * residual branch's error counts as if the branch were all of the sum, which is longer than the branch on average. With biases,
 * curved activations or normalisations <d, h_l> is not 1: no bound follows from the shape.
 *
 * Curvature. A product with the Hessian is six passes (of the two that carry a direction along, each sums two products) where a
 * gradient is two, and an eigenvalue moves by at most the norm of the error (Weyl): ln of the largest one moves by three forward
 * bounds, where Lanczos has converged on both engines, and any other by as much of the norm (`rounding/eigenvalue-bounds.ts`). Over the square of the gradient's norm it moves by four more.
 *
 * Indicators (alive, below a tenth) change where a logarithm crosses a threshold. Their bound is 0, and the rate that of a
 * crossing: a density of at most 1 (a standard deviation of 0.4 or more, as of networks a few layers deep) times twice the
 * forward bound, its rate, and SWITCHED.
 */
export function agreementBound(engine: Distant, compared: ComparedMeasure): Agreement | undefined {
  const { rounding } = compared;
  if (rounding === "exact") return equal("no engine computes it");
  if (engine.bytes === "reference") return equal("float64 bytes are the reference's");
  const network = networkOf(compared);
  if (engine.bytes === "reference-for-ensembles" && network?.kind !== "layered") {
    return equal("ensembles are computed by the wasm engine, whose float64 bytes are the reference's");
  }
  if (rounding === "underived") return undefined;
  const { precision } = engine;
  const found = isFollowedOnly(rounding)
    ? precision && followedAgreement(rounding, compared, precision)
    : ofShape(rounding, compared, network, precision);
  return found === undefined || found.rate > MOST_BEYOND ? undefined : found;
}

/** From the shape of the network where a bound holds for all of one shape, else replicate by replicate. */
function ofShape(
  rounding: PassRounding,
  compared: ComparedMeasure,
  network: AnyNetwork | undefined,
  precision: Precision | undefined,
): Agreement | undefined {
  if (network === undefined || network.kind === "chain") throw new TypeError(requirement(compared, network));
  const pass = passOf(network);
  if (precision === undefined) return undefined;
  if (pass !== undefined)
    return boundOf(rounding, errorsOf(pass, batchOf(compared.setup), precision), { precision, compared });
  return isFollowed(rounding) ? followedAgreement(rounding, compared, precision) : undefined;
}

/** A bound that every other observation may break says nothing. */
const MOST_BEYOND = 1 / 2;

/** What of an engine says how far it is from the reference. */
type Distant = Pick<EngineAbout, "bytes" | "precision">;

/** Scales of the Cauchy variable in a bound: 1 % of observations are beyond so many, and not more. */
const TAIL = 64;

/** Of a measure made of a pass through a network. */
type PassRounding = Exclude<Rounding, "exact" | "underived" | FollowedOnly>;

interface Errors {
  readonly depth: number;
  readonly first: number;
  readonly scale: number;
  readonly switched: number;
}

function errorsOf(pass: Pass, batch: number, { unit, draw }: Precision): Errors {
  let first = 0;
  let squares = 0;
  let switched = 0;
  let depth = 0;
  for (const step of pass) {
    if ("kinks" in step) {
      switched += batch * step.kinks * Math.sqrt((2 / Math.PI) * squares);
      continue;
    }
    const { fanIn } = step;
    const random = unit * Math.sqrt(fanIn / 6 + 6 + draw * draw);
    first += 2 * unit * (fanIn + 6 + draw) * Math.sqrt(fanIn);
    squares += random * random;
    depth++;
  }
  return { depth, first, scale: 2 * Math.sqrt(squares), switched };
}

/** Examples of a replicate. */
function batchOf(setup: Json): number {
  const { batch = 1 } = setup as unknown as { readonly batch?: number | { readonly size: number } };
  return typeof batch === "number" ? batch : batch.size;
}

function boundOf(
  rounding: PassRounding,
  { depth, first, scale, switched }: Errors,
  { precision: { words }, compared }: { readonly precision: Precision; readonly compared: ComparedMeasure },
): Agreement {
  const forward = first + TAIL * scale;
  const beyond = Math.min(1, ((2 / Math.PI) * scale) / forward);
  switch (rounding) {
    case "forward":
      return { bound: forward, rate: beyond, because: `${words}: roundings of ${depth} layers added up` };
    case "mean-forward":
      return { bound: forward / depth, rate: beyond, because: `${words}: roundings of ${depth} layers, averaged` };
    case "ratio":
      // A layer's own ratio is off by what the norms on both of its sides are; ratios are 1 to 2 on average.
      return { bound: 4 * forward, rate: Math.min(1, 2 * beyond), because: `${words}: roundings of ${depth} layers` };
    case "squared-ratio":
      // their squares, of which the mean is at most 2
      return { bound: 8 * forward, rate: Math.min(1, 2 * beyond), because: `${words}: roundings of ${depth} layers` };
    case "isometry":
    case "weight-gradients":
    case "backward": {
      const because = `${words}: roundings of ${depth} layers there and back; units that switch sides`;
      return { bound: 2 * forward, rate: Math.min(1, 2 * beyond + switched), because };
    }
    case "curvature": {
      const because = `${words}: roundings of ${depth} layers in six passes and two; units that switch sides`;
      return { bound: 7 * forward, rate: Math.min(1, 8 * beyond + switched), because };
    }
    case "smallest-eigenvalue":
    case "eigenvalue-ratio": {
      const { bounds, unbounded } = eigenvalueBounds(rounding, 3 * forward, compared);
      const rate = Math.min(1, 8 * beyond + switched + unbounded / Math.max(1, bounds.length));
      const because = `${words}: roundings of ${depth} layers in six passes, over each eigenvalue's part of the norm (Weyl)`;
      return { ...ownBounds(bounds), rate, because: `${because}; units that switch sides` };
    }
    case "indicator": {
      const because = `${words}: probability of crossing a threshold`;
      return { bound: 0, rate: Math.min(1, 2 * forward + beyond + switched), because };
    }
    default:
      return refuseUnknown("a kind of rounding", rounding);
  }
}

function eigenvalueBounds(
  rounding: "smallest-eigenvalue" | "eigenvalue-ratio",
  share: number,
  { measure, observed }: ComparedMeasure,
): EigenvalueBounds {
  const own = observed(measure)!;
  return rounding === "eigenvalue-ratio"
    ? eigenvalueRatioBounds(share, own)
    : smallestEigenvalueBounds(share, own, observed("logNorm")!);
}

function equal(because: string): Agreement {
  return { bound: 0, rate: 0, because };
}

type AnyNetwork = Mlp | Chain | LayeredNetwork;

function networkOf({ setup, passes }: ComparedMeasure): AnyNetwork | undefined {
  const named = (setup as unknown as { readonly network?: AnyNetwork } | null)?.network;
  return named ?? (passes as unknown as Passes | undefined)?.network;
}

function requirement({ experiment, measure, rounding }: ComparedMeasure, network: AnyNetwork | undefined): string {
  const needed = `rounding ${rounding} requires a multilayer perceptron or a layered network as its setup's network`;
  return `measure ${measure} of ${experiment}: ${needed}, got ${network?.kind ?? "none"}`;
}
