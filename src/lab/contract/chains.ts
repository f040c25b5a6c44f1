import type { StreamRange } from "../../numerics/stream.ts";
import { requireInitialisation } from "../networks/architecture.ts";
import type { Chain } from "../networks/network.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import { requireOptimiser } from "./require-optimiser.ts";

/** One number a replicate in each array. */
export interface ChainHessians {
  /** ln of the largest absolute eigenvalue. */
  readonly logNorm: Float64Array;
  /** Number of negative eigenvalues. */
  readonly negatives: Float64Array;
  /** ln ||gradient||. */
  readonly logGradient: Float64Array;
  /** Sum of ln |w|. */
  readonly logProduct: Float64Array;
  /** Sign of the product. */
  readonly sign: Float64Array;
}

/** Explicit descent with a fixed step; `maxSteps` censors it. */
export type DescentMethod = Optimiser & { readonly maxSteps: number };

/** Gradient flow is solved by quadrature; the others take steps, whose times are counted in units of `rate`. */
export type EscapeMethod = { readonly name: "gradient-flow" } | DescentMethod;

export interface ChainTrajectoryRequest {
  readonly network: Chain;
  /** The loss is lossScale (f - target)^2 / 2 with f = w_1 ... w_L, the output for the input 1. */
  readonly target: number;
  /** Absent: 1. */
  readonly lossScale?: number;
  readonly optimiser: Optimiser;
  readonly steps: number;
  /** A record before step 1 and after each `recordEvery` steps; it divides `steps`. */
  readonly recordEvery: number;
  readonly streams: StreamRange;
}

/** One row a replicate. */
export interface ChainTrajectories {
  /** f at each of the 1 + steps / recordEvery records. */
  readonly outputs: Float64Array;
  readonly losses: Float64Array;
  /** Weights after the last step, `depth` a row. */
  readonly weights: Float64Array;
}

/** Throws a RangeError when the depth is not a positive integer or no law of weights has the given parameters. */
export function requireChain(network: Chain): void {
  const { depth, init } = network;
  if (!Number.isInteger(depth) || depth < 1) {
    throw new RangeError(`a chain requires a depth of at least one, got ${depth}`);
  }
  requireInitialisation(init);
}

/** Throws a RangeError, too, unless the activation is linear: of other chains the formulas of the dynamics do not hold. */
export function requireLinearChain(network: Chain): void {
  requireChain(network);
  if (network.activation === "linear") return;
  throw new RangeError(`chain dynamics require a linear activation, got ${JSON.stringify(network.activation)}`);
}

/** Throws a RangeError when a number of the method is out of its range. */
export function requireMethod(method: EscapeMethod): void {
  if (method.name === "gradient-flow") return;
  requireOptimiser(method);
  if (!Number.isInteger(method.maxSteps) || method.maxSteps < 1) {
    throw new RangeError(`${method.name} requires at least one step, got ${method.maxSteps}`);
  }
}

/** Throws a RangeError when no engine could do what is asked. */
export function requireChainTrajectories(request: ChainTrajectoryRequest): void {
  const { network, target, lossScale = 1, optimiser, steps, recordEvery } = request;
  requireLinearChain(network);
  requireOptimiser(optimiser);
  require(Number.isFinite(target), "a finite target", target);
  require(lossScale > 0 && lossScale < Infinity, "a positive scale of the loss", lossScale);
  require(Number.isInteger(steps) && steps >= 1, "at least one step", steps);
  const divides = Number.isInteger(recordEvery) && recordEvery >= 1 && steps % recordEvery === 0;
  require(divides, `a record every number of steps that divides ${steps}`, recordEvery);
}

function require(holds: boolean, needed: string, found: number): void {
  if (!holds) throw new RangeError(`chainTrajectories requires ${needed}, got ${found}`);
}
