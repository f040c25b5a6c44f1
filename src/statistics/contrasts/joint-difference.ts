import type { TwoBounds } from "../proved/mean-at-variance.ts";
import { normalUpperTail } from "../quantiles.ts";
import { jointBudget, leastTotal, type Offers } from "./joint-bound.ts";

/** A parameter's exact one-sided bounds, each at a level. */
export interface ExactBounds {
  readonly low: (level: number) => number;
  readonly high: (level: number) => number;
}

/**
 * Bounds for the first parameter less the second, of independent groups: their exact bounds over the joint region of `jointBudget`. Cost: 4 LEVELS
 * bounds.
 */
export function jointDifference(first: ExactBounds, second: ExactBounds, alpha: number): TwoBounds {
  return { low: leastDifference(first, second, alpha), high: -leastDifference(second, first, alpha) };
}

/** The lower of the two alone, which needs no lower bound of the second: half the cost. */
export function leastDifference(
  first: Pick<ExactBounds, "low">,
  second: Pick<ExactBounds, "high">,
  alpha: number,
): number {
  const budget = jointBudget(alpha, 2);
  const low = offersOf(budget, (level) => first.low(level));
  const high = offersOf(budget, (level) => -second.high(level));
  return leastTotal([low, high], budget);
}

/** Steps of the deviate from 0 to the budget's root. Each step is sold at its lower price: 16 make the bound 3% wider than exact. */
const LEVELS = 16;

function offersOf(budget: number, boundAt: (level: number) => number): Offers {
  const step = Math.sqrt(budget) / LEVELS;
  return {
    prices: Float64Array.from({ length: LEVELS }, (_, j) => (j * step) ** 2),
    values: Float64Array.from({ length: LEVELS }, (_, j) => boundAt(normalUpperTail((j + 1) * step))),
  };
}
