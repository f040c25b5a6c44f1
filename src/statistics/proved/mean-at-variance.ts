import { log } from "../../numerics/elementary.ts";
import { type SoftTerms, softRoot } from "./soft-sum.ts";

/** A one-sided lower and a one-sided upper bound; infinite where nothing can be said. */
export interface TwoBounds {
  readonly low: number;
  readonly high: number;
}

/**
 * Bounds for the mean of independent values of one mean and of variance at most `variance`: P(mean < low) <= e^-budget and
 * P(mean > high) <= e^-budget, at every n and for every such law.
 *
 * Proof: with steps s_i that are fixed, or depend on earlier values alone, prod exp(psi(s_i (X_i - m))) / (1 + s_i^2 v / 2)
 * is a product whose factors have conditional expectation at most 1 (`soft-sum.ts`), so that by Markov's inequality the sum
 * exceeds budget + sum ln(1 + s_i^2 v / 2) with probability at most e^-budget. `low` is the m where it does; psi is odd,
 * which gives `high`. At the best step sqrt(2 budget / (n v)) the half-width is sqrt(2 budget v / n) (1 + O(budget / n)):
 * 1.13 times the normal one at e^-budget = 1e-5.
 */
export function meanAtVariance(values: Float64Array, steps: Float64Array, variance: number, budget: number): TwoBounds {
  const allowed = allowedSum(steps, variance, budget);
  if (!Number.isFinite(allowed)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const terms: SoftTerms = { a: productOf(values, steps), b: steps };
  const [low, high] = [softRoot(terms, allowed), softRoot(terms, -allowed)];
  if (Number.isNaN(low)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  return { low, high };
}

/** Term by term. */
export function productOf(values: Float64Array, steps: Float64Array): Float64Array {
  const product = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) product[i] = values[i]! * steps[i]!;
  return product;
}

/** What the sum exceeds with probability at most e^-budget. */
export function allowedSum(steps: Float64Array, variance: number, budget: number): number {
  return budget + costOfVariance(steps, variance);
}

function costOfVariance(steps: Float64Array, variance: number): number {
  let cost = 0;
  let product = 1;
  for (let i = 0; i < steps.length; i++) {
    product *= 1 + 0.5 * steps[i]! * steps[i]! * variance;
    // One logarithm for many factors, taken before the product leaves the range of floating point.
    if (product > LARGE) {
      cost += log(product);
      product = 1;
    }
  }
  return cost + log(product);
}

const LARGE = 1e100;

/** The step that is best for `count` values of a known variance, for each of them. */
export function constantSteps(count: number, variance: number, budget: number): Float64Array {
  return new Float64Array(count).fill(bestStep(count, variance, budget));
}

/**
 * Each value's step from the variance of the values before it: no spread need be known in advance, and the proof holds,
 * because a step knows nothing of its own value or later ones. The first eight values have none and are lost; a step off by
 * a tenth costs a two-hundredth of the width (S. Waudby-Smith and A. Ramdas, 2024, section 3.2, call them predictable plug-ins).
 */
export function predictableSteps(values: Float64Array, budget: number): Float64Array {
  const count = values.length;
  const steps = new Float64Array(count);
  let mean = 0;
  let square = 0;
  for (let i = 0; i < count; i++) {
    if (i >= UNSEEN && square > 0) steps[i] = bestStep(count, square / (i - 1), budget);
    const deviation = values[i]! - mean;
    mean += deviation / (i + 1);
    square += deviation * (values[i]! - mean);
  }
  return steps;
}

/** Values before which a variance says too little: its deviate is sqrt((K + 2) / 8), a half for normal values. */
const UNSEEN = 8;

function bestStep(count: number, variance: number, budget: number): number {
  return Math.sqrt((2 * budget) / (count * variance));
}

/** Half-width to expect of `meanAtVariance` with constant steps where the values' variance is `variance`. */
export function halfWidthAtConstant(count: number, variance: number, budget: number): number {
  return halfWidthAt(count, variance, variance, budget);
}

/** With predictable steps, where the values' variance is `actual` and the bound on it `variance`. */
export function halfWidthAtPredictable(count: number, actual: number, variance: number, budget: number): number {
  return halfWidthAt(count - UNSEEN, actual, variance, budget) * (1 + STEP_NOISE / count);
}

/** Steps from i values before are off by sqrt((K + 2) / 4i): over all values this costs so much of the width, by simulation for K up to 6. */
const STEP_NOISE = 6;

function halfWidthAt(count: number, actual: number, variance: number, budget: number): number {
  if (!(count > budget)) return Number.POSITIVE_INFINITY;
  const step = bestStep(count, actual, budget);
  const half = budget / (count * step) + (step * variance) / 2;
  // The mean of psi at a shift d falls short of step d by a relative step^2 v / 2 + ...: see the expansion x - x^3 / 6.
  return half / (1 - budget / count);
}
