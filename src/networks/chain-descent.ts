import { log } from "../numerics/elementary.ts";
import { productSign } from "./chain-product.ts";

/** Explicit descent with a fixed step; `maxSteps` censors it. */
export interface DescentMethod {
  readonly name: "gradient-descent" | "sign-descent";
  readonly rate: number;
  readonly maxSteps: number;
}

/**
 * Steps that a discrete method on (P - 1)^2 / 2, P = w_1 ... w_L, takes to reach P >= 1/2: 0 when it starts there,
 * Infinity when `maxSteps` do not suffice (or it diverged). `weights` are moved in place.
 *
 * Gradient descent is exact in float64 as long as products of neighbouring weights stay above 1e-308; where they
 * underflow the true gradient would not move a weight either. Sign descent needs only signs, at any depth.
 * Cost: about three multiplications a weight and step.
 */
export function descentSteps(weights: Float64Array, method: DescentMethod): number {
  const gradient = new Float64Array(weights.length);
  const move = method.name === "sign-descent" ? signStep : gradientStep;
  for (let step = 0; step <= method.maxSteps; step++) {
    if (hasEscaped(weights)) return step;
    if (step < method.maxSteps) move(weights, method.rate, gradient);
  }
  return Number.POSITIVE_INFINITY;
}

/** Whether the product is at least 1/2, with no overflow or underflow on the way. */
function hasEscaped(weights: Float64Array): boolean {
  let logged = 0;
  let product = 1;
  for (let layer = 0; layer < weights.length; layer++) {
    product *= weights[layer]!;
    const size = Math.abs(product);
    if (size < 1e-150 || size > 1e150) {
      if (!(size > 0)) return false;
      logged += log(size);
      product = Math.sign(product);
    }
  }
  if (logged === 0) return product >= 0.5;
  return product > 0 && logged + log(product) >= log(0.5);
}

/** w_i -= rate (P - 1) product of the other weights, as prefix times suffix: right when a weight is 0, too. */
function gradientStep(weights: Float64Array, rate: number, gradient: Float64Array): void {
  let prefix = 1;
  for (let layer = 0; layer < weights.length; layer++) {
    gradient[layer] = prefix;
    prefix *= weights[layer]!;
  }
  const residual = prefix - 1;
  let suffix = 1;
  for (let layer = weights.length - 1; layer >= 0; layer--) {
    gradient[layer] = residual * gradient[layer]! * suffix;
    suffix *= weights[layer]!;
  }
  for (let layer = 0; layer < weights.length; layer++) weights[layer]! -= rate * gradient[layer]!;
}

/**
 * w_i -= rate sign(gradient_i). Below the target P - 1 < 0, so the gradient's sign is the opposite of that of the
 * product of the other weights, which is sign(P) sign(w_i); a weight of exactly 0 is the only one to move.
 */
function signStep(weights: Float64Array, rate: number, gradient: Float64Array): void {
  if (weights.includes(0)) {
    zeroSigns(weights, gradient);
    for (let layer = 0; layer < weights.length; layer++) weights[layer]! += rate * gradient[layer]!;
    return;
  }
  const outward = productSign(weights) * rate;
  for (let layer = 0; layer < weights.length; layer++) {
    const weight = weights[layer]!;
    weights[layer] = weight > 0 ? weight + outward : weight - outward;
  }
}

/** Signs of the products of all other weights, when at least one weight is 0. */
function zeroSigns(weights: Float64Array, signs: Float64Array): void {
  for (let layer = 0; layer < weights.length; layer++) {
    const others = weights.slice();
    others[layer] = 1;
    signs[layer] = productSign(others);
  }
}
