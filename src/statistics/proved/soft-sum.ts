import { log } from "../../numerics/elementary.ts";

/**
 * Catoni's influence function at its narrowest, psi(x) = sign(x) ln(1 + |x| + x^2 / 2) (O. Catoni, Challenging the
 * empirical mean and empirical variance, 2012, equation 2.1), summed over terms a_i - b_i t with b_i >= 0: a function of
 * t that falls. exp(psi(x)) <= 1 + x + x^2 / 2 for every x, which is all that the proofs need: for independent X_i of mean 0 and
 * variance at most v_i, E exp(sum psi(X_i)) <= prod (1 + v_i / 2), whatever their laws.
 */
export interface SoftTerms {
  readonly a: Float64Array;
  readonly b: Float64Array;
}

/**
 * Sum of psi(a_i - b_i t), and its derivative with respect to t. Cost: about 3 ns a term: positive and negative parts have
 * products of their own, so that no term waits for a division or for a guess of its sign.
 */
export function softSum({ a, b }: SoftTerms, t: number): { readonly sum: number; readonly slope: number } {
  let sum = 0;
  let slope = 0;
  let above = 1;
  let below = 1;
  for (let i = 0; i < a.length; i++) {
    const weight = b[i]!;
    const x = a[i]! - weight * t;
    const size = Math.abs(x);
    const positive = 0.5 * (size + x);
    const negative = 0.5 * (size - x);
    const up = 1 + positive + 0.5 * positive * positive;
    const down = 1 + negative + 0.5 * negative * negative;
    // One of the two is 1.
    slope -= (weight * (1 + size)) / (up * down);
    above *= up;
    below *= down;
    // One logarithm for many factors, taken before a product leaves the range of floating point.
    if (above > LARGE || below > LARGE) {
      sum += log(above) - log(below);
      above = 1;
      below = 1;
    }
  }
  return { sum: sum + log(above) - log(below), slope };
}

const LARGE = 1e100;

/** ln(1 + x + x^2 / 2) for x >= 0: one term of the sum. */
export function softened(x: number): number {
  return log(1 + x + 0.5 * x * x);
}

/**
 * The t at which the sum is `target`, to a relative 1e-13 of the distance over which it changes by |target| + 1.
 * NaN where no b_i is positive. Newton's steps within a bracket: about six sums.
 */
export function softRoot(terms: SoftTerms, target: number): number {
  const total = sumOf(terms.b);
  if (!(total > 0)) return Number.NaN;
  const unit = (Math.abs(target) + 1) / total;
  let t = (sumOf(terms.a) - target) / total;
  let low = Number.NEGATIVE_INFINITY;
  let high = Number.POSITIVE_INFINITY;
  for (let step = 1; step <= MOST_STEPS; step++) {
    const { sum, slope } = softSum(terms, t);
    if (sum === target) return t;
    if (sum > target) low = t;
    else high = t;
    if (high - low <= 1e-13 * (unit + Math.abs(t))) break;
    const next = t - (sum - target) / slope;
    const inside = next > low && next < high;
    // Far out the sum is a logarithm, where Newton's step leaps beyond the bracket: then halve it, or double the distance.
    const moved = inside && step < NEWTON_STEPS ? next : betweenOrBeyond(low, high, unit * 2 ** step);
    if (Math.abs(moved - t) <= 1e-14 * (unit + Math.abs(t))) return moved;
    t = moved;
  }
  return t;
}

const MOST_STEPS = 200;
const NEWTON_STEPS = 25;

function betweenOrBeyond(low: number, high: number, distance: number): number {
  if (low === Number.NEGATIVE_INFINITY) return high - distance;
  if (high === Number.POSITIVE_INFINITY) return low + distance;
  return (low + high) / 2;
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}
