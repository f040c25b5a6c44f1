import type { Initialisation } from "../../../src/lab/networks/network.ts";
import { logWeight } from "../chains/log-weight.theory.ts";

/**
 * Rates of a chain's derivatives with depth. With u_i = 1 / w_i, S = sum ln |w_i| and the output far below the target 1, the
 * gradient is e^S ||u||, the Hessian e^S max u_i u_j but for a factor of order 1, and the Gauss-Newton matrix e^2S ||u||^2.
 * E S = L E ln|w|; the largest of L numbers u with P(u > x) ~ 1 / x grows like L, so that ln ||u|| gains ln L, once in the
 * gradient and twice in the other two.
 */
export const POWERS_OF_DEPTH = { gradient: 1, hessian: 2, gaussNewton: 2 } as const;

/**
 * Slope over finite depths of ln ||Hessian||: E ln|w| + 2 d(ln L)/dL, the latter as the least-squares slope of ln L over the
 * depths at which it is measured; it tends to E ln|w| for deep grids.
 */
export function hessianSlope(init: Initialisation, depths: readonly number[]): number {
  return logWeight(init).mean + POWERS_OF_DEPTH.hessian * leastSquaresSlope(depths, Math.log);
}

/** The same of ln ||Gauss-Newton|| - ln ||Hessian||: both gain the same power of depth, so E ln|w| is left. */
export function gaussNewtonLessHessianSlope(init: Initialisation): number {
  return logWeight(init).mean;
}

/** The same of ln ||Hessian|| - ln ||gradient|| against ln L: one power of depth. */
export const HESSIAN_LESS_GRADIENT_POWER = POWERS_OF_DEPTH.hessian - POWERS_OF_DEPTH.gradient;

/** P(the largest of 1/|w_1|, ..., 1/|w_L| is above x) for weights uniform on [-t, t], x t >= 1: 1 - (1 - 1 / (x t))^L. */
export function probabilityOfSmallWeight(limit: number, depth: number, level: number): number {
  return -Math.expm1(depth * Math.log1p(-1 / (level * limit)));
}

function leastSquaresSlope(at: readonly number[], value: (at: number) => number): number {
  const centre = at.reduce((sum, x) => sum + x, 0) / at.length;
  const squares = at.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return at.reduce((sum, x) => sum + (x - centre) * value(x), 0) / squares;
}
