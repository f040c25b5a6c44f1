import { log } from "../../../numerics/elementary.ts";

/** Sum of ln |w| over a chain's weights: -Infinity when one is 0. Neither overflows nor underflows at any depth. */
export function logAbsoluteProduct(weights: Float64Array): number {
  let sum = 0;
  for (let layer = 0; layer < weights.length; layer++) sum += log(Math.abs(weights[layer]!));
  return sum;
}

/** Sign of the product of a chain's weights: -1, 0 or 1. */
export function productSign(weights: Float64Array): number {
  let sign = 1;
  for (let layer = 0; layer < weights.length; layer++) {
    const weight = weights[layer]!;
    if (weight === 0) return 0;
    if (weight < 0) sign = -sign;
  }
  return sign;
}
