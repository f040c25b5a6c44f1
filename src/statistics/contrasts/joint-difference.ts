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
  const budget = jointBudget(alpha, 2);
  const least = (of: ExactBounds, less: ExactBounds): number => {
    const low = offersOf(budget, (level) => of.low(level));
    const high = offersOf(budget, (level) => -less.high(level));
    return leastTotal([low, high], budget);
  };
  return { low: least(first, second), high: -least(second, first) };
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
