import { log } from "../../src/numerics/elementary.ts";

/**
 * Time in which sign descent with an infinitely small step moves the product of `weights` from below `target` to it, in closed
 * form: each weight moves away from 0 at speed 1 while the product is positive, and towards 0 while it is negative, until the
 * smallest passes 0. So T = s + 2 min|w| for a negative product and T = s for a positive one, where sum ln(|w| + s) = ln target.
 * 0 for a product that is `target` or more. Cost: some 60 logarithms a weight.
 */
export function signDescentTime(weights: Float64Array, target: number): number {
  let negatives = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (const weight of weights) {
    if (weight < 0) negatives++;
    smallest = Math.min(smallest, Math.abs(weight));
  }
  const isPositive = negatives % 2 === 0;
  if (isPositive && excess(weights, 0, target) >= 0) return 0;
  // A negative product first falls to 0: its s may lie between -smallest and 0.
  const moved = bisect(weights, isPositive ? 0 : -smallest, target);
  return isPositive ? moved : moved + 2 * smallest;
}

/** sum ln(|w| + s) - ln target, increasing in s. */
function excess(weights: Float64Array, s: number, target: number): number {
  let sum = -log(target);
  for (const weight of weights) sum += log(Math.abs(weight) + s);
  return sum;
}

/** Where the excess is 0: with s = 1 + target each factor is above 1 and one above the target. */
function bisect(weights: Float64Array, from: number, target: number): number {
  let [low, high] = [from, 1 + target];
  for (let halving = 0; halving < 52; halving++) {
    const middle = (low + high) / 2;
    if (excess(weights, middle, target) >= 0) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
