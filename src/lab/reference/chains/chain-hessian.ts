import { eigenvaluesOfDiagonalPlusRankOne } from "../../../numerics/diagonal-plus-rank-one.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import type { StreamRange } from "../../../numerics/stream.ts";
import type { ChainHessians } from "../../contract/chains.ts";
import { drawChain } from "../../draws/chain-weights.ts";
import type { Chain } from "../../networks/network.ts";
import { logAbsoluteProduct, productSign } from "./chain-product.ts";

/**
 * Hessian and gradient of (f - target)^2 / 2 with f = w_1 ... w_L, at random linear chains.
 *
 * Throws a RangeError when the chain is not linear or a weight is exactly 0. Cost: `depth` draws and one spectrum
 * (order depth^2) a chain.
 */
export function chainHessians(request: {
  readonly network: Chain;
  readonly target: number;
  readonly streams: StreamRange;
}): ChainHessians {
  const { network, target, streams } = request;
  const column = () => new Float64Array(streams.count);
  const logNorm = column();
  const negatives = column();
  const logGradient = column();
  const logProduct = column();
  const sign = column();
  const weights = new Float64Array(network.depth);
  for (let row = 0; row < streams.count; row++) {
    drawChain(network, streams.key, streams.first + row, weights);
    const hessian = scaledHessian(weights, target);
    const eigenvalues = scaledEigenvalues(hessian);
    logNorm[row] = hessian.logScale + log(largestAbsolute(eigenvalues));
    negatives[row] = countNegative(eigenvalues);
    logGradient[row] = logGradientNorm(hessian);
    logProduct[row] = hessian.logProduct;
    sign[row] = hessian.sign;
  }
  return { logNorm, negatives, logGradient, logProduct, sign };
}

/** The eigenvalues are `eigenvalues[i] * exp(logScale)`, ascending. */
export interface ChainSpectrum {
  readonly eigenvalues: Float64Array;
  readonly logScale: number;
}

/** Whole spectrum of the Hessian of (f - target)^2 / 2 at one linear chain; RangeError when a weight is 0. Cost: order depth^2. */
export function chainSpectrum(weights: Float64Array, target: number): ChainSpectrum {
  const hessian = scaledHessian(weights, target);
  return { eigenvalues: scaledEigenvalues(hessian), logScale: hessian.logScale };
}

/** ln of the largest absolute eigenvalue of that Hessian. */
export function logHessianNorm(weights: Float64Array, target: number): number {
  const hessian = scaledHessian(weights, target);
  return hessian.logScale + log(largestAbsolute(scaledEigenvalues(hessian)));
}

/**
 * With u_i = 1 / w_i the Hessian is f (2f - y) uu^T - f (f - y) diag(u^2). Divided by |f| max(|f|, |y|) / min(w^2) all
 * that is left is of order 1, and the absolute values of u will do, since diag(sign u) is orthogonal:
 * rankOne * vv^T + diagonal * diag(v^2), 0 < v_i <= 1.
 */
interface ScaledHessian {
  readonly rankOne: number;
  readonly diagonal: number;
  readonly inverse: Float64Array;
  readonly logScale: number;
  readonly logProduct: number;
  readonly sign: number;
  /** ln of |f - y| |f| / min |w|, by which the gradient (f - y) f u is scaled. */
  readonly logGradientScale: number;
}

function scaledHessian(weights: Float64Array, target: number): ScaledHessian {
  const smallest = smallestAbsolute(weights);
  const sign = productSign(weights);
  const logProduct = logAbsoluteProduct(weights);
  const logTarget = target === 0 ? Number.NEGATIVE_INFINITY : log(Math.abs(target));
  const logUnit = Math.max(logProduct, logTarget);
  const output = sign * exp(logProduct - logUnit);
  const wanted = target === 0 ? 0 : Math.sign(target) * exp(logTarget - logUnit);
  const inverse = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) inverse[i] = smallest / Math.abs(weights[i]!);
  return {
    rankOne: sign * (2 * output - wanted),
    diagonal: -sign * (output - wanted),
    inverse,
    logScale: logProduct + logUnit - 2 * log(smallest),
    logProduct,
    sign,
    logGradientScale: logAbsolute(output - wanted) + logUnit + logProduct - log(smallest),
  };
}

function scaledEigenvalues(hessian: ScaledHessian): Float64Array {
  const poles = hessian.inverse.map((v) => hessian.diagonal * v * v);
  return eigenvaluesOfDiagonalPlusRankOne(poles, hessian.rankOne, hessian.inverse);
}

function logGradientNorm(hessian: ScaledHessian): number {
  let sum = 0;
  for (const v of hessian.inverse) sum += v * v;
  return hessian.logGradientScale + 0.5 * log(sum);
}

function logAbsolute(x: number): number {
  return x === 0 ? Number.NEGATIVE_INFINITY : log(Math.abs(x));
}

function smallestAbsolute(weights: Float64Array): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let layer = 0; layer < weights.length; layer++) smallest = Math.min(smallest, Math.abs(weights[layer]!));
  if (!(smallest > 0 && smallest < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`the Hessian of a chain requires finite weights other than 0, got smallest |w| = ${smallest}`);
  }
  return smallest;
}

function largestAbsolute(eigenvalues: Float64Array): number {
  return Math.max(Math.abs(eigenvalues[0]!), Math.abs(eigenvalues[eigenvalues.length - 1]!));
}

function countNegative(eigenvalues: Float64Array): number {
  let count = 0;
  for (const value of eigenvalues) if (value < 0) count++;
  return count;
}
