import { jointProportions } from "../../contrasts/proportion-difference.ts";
import { type Tally, tallyOf } from "../../contrasts/tally.ts";
import { type Bounds, type Group, RefusedSample } from "../judge.ts";

/**
 * Proportion of the first group over that of the second: exact (conservative), Clopper-Pearson bounds of both over the joint region
 * of a difference, of logarithms. Cost: 64 beta quantiles.
 */
export function ratioOfProportions(groups: readonly Group[], alpha: number): Bounds {
  const [first, second] = groups.map((group) => tallyOf("ratio of proportions", group)) as [Tally, Tally];
  if (first.ones === 0 && second.ones === 0) {
    throw new RefusedSample("ratio of proportions requires ones in a group, got none in either");
  }
  return boundsOfTallies(first, second, alpha);
}

/** The same of tallies at hand. */
export function boundsOfTallies(first: Tally, second: Tally, alpha: number): Bounds {
  const { low, high } = jointProportions(first, second, alpha, Math.log);
  return {
    estimate: first.ones / first.count / (second.ones / second.count),
    low: Math.exp(low),
    high: Math.exp(high),
    spread: [first, second].map(({ ones, count }) => Math.sqrt(count / ones - 1)),
  };
}
