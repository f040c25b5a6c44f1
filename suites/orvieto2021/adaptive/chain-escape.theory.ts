import { log } from "../../../src/numerics/elementary.ts";
import { integrate } from "../../../src/numerics/special-functions.ts";

/** Xavier's uniform weights lie in [-BOUND, BOUND]: variance 1. */
const BOUND = Math.sqrt(3);

/** E ln|w| of such a weight: ln BOUND - 1. */
export const MEAN_LOG_WEIGHT = log(BOUND) - 1;

/** Typical ln ||Hessian|| of a Xavier chain at its start: L E ln|w| + 2 ln L, as both its factor and its size grow with L. */
export function typicalLogHessian(depth: number): number {
  return depth * MEAN_LOG_WEIGHT + 2 * log(depth);
}

/**
 * The constant: 0.90 from the fit ln T = -ln ||Hessian|| + 0.90 over chains, less the 1/3 by which a gamma law's median lies below
 * its mean, plus the 0.25 by which ln ||Hessian|| - ln|w_1 ... w_L| lies below 2 ln L. Simulated: 0.76 to 0.87 at twelve depths
 * from 49 to 84 (40,000 chains each, standard errors 0.04).
 */
const FLOW_OFFSET = 0.8;

/** Median ln of the time that gradient flow takes to half the target: inverse to the curvature. */
export function logFlowTime(depth: number): number {
  return FLOW_OFFSET - typicalLogHessian(depth);
}

/**
 * Depth at which half of the chains are stuck for a method that divides by sqrt(v) + epsilon. Far below epsilon it is gradient
 * flow with a clock that is 1 / epsilon times as fast, which reaches half the target in `horizon` when its time is below
 * horizon / epsilon: where L |E ln|w|| - 2 ln L + 0.8 = ln(horizon / epsilon).
 */
export function criticalDepth(epsilon: number, horizon: number): number {
  const needed = log(horizon / epsilon);
  let [low, high] = [10, 10_000];
  while (high - low > 1e-9 * high) {
    const middle = (low + high) / 2;
    if (logFlowTime(middle) < needed) low = middle;
    else high = middle;
  }
  return high;
}

/** E ln(|w| + s), in closed form. */
export function meanLogShifted(s: number): number {
  return ((BOUND + s) * log(BOUND + s) - (s === 0 ? 0 : s * log(s))) / BOUND - 1;
}

/** s* = 0.26442, where E ln(|w| + s*) = 0: the time in which sign descent brings an infinitely deep chain's product to order 1. */
export function signDescentConstant(): number {
  let [low, high] = [0, 1];
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (meanLogShifted(middle) >= 0) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * Standard deviation of sign descent's time times sqrt(L), by the delta method: the sum of L values ln(|w| + s) varies by
 * sqrt(L Var), and changes by L E 1 / (|w| + s) a unit of s. 0.454.
 */
export function signDescentDeviation(): number {
  const s = signDescentConstant();
  const square = integrate((w) => log(w + s) ** 2 / BOUND, 0, BOUND, 1e-12);
  const slope = log((BOUND + s) / s) / BOUND;
  return Math.sqrt(square) / slope;
}
