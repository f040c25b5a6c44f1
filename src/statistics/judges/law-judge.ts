import { orderedColumn, requireGroups } from "../contrasts/group-column.ts";
import { below, cdf } from "../laws.ts";
import { isInside, type Planned, planningBy } from "../planning/planning.ts";
import type { LawQuestion } from "../question.ts";
import { rankSpread } from "../rank-spread.ts";
import { type Bounds, type Group, type Judge, RefusedSample } from "./judge.ts";
import { distanceWithAtoms } from "./law/distance-with-atoms.ts";
import { nearestOfFamily } from "./law/nearest-of-family.ts";

/**
 * Largest distance between the values' law and a fully specified one, or the nearest of a family, by the band of Dvoretzky, Kiefer and
 * Wolfowitz. Nothing is estimated of a family and then held against the values that estimated it: the distance to all of its laws is off
 * by no more than the sample's law is, as that to one of them.
 */
export const lawJudge: Judge<LawQuestion> = {
  guarantee: "independent values of any law, with atoms or without",
  bounds: lawBounds,
  ...planningBy(1, missesOf),
};

/**
 * Half-width of the band: P(sup |F_n - F| > width) <= level (P. Massart, Annals of Probability 18, 1990, 1269-1283). The
 * distance between two laws is off by no more than the sample's law is, in either direction.
 */
export function bandWidth(level: number, count: number): number {
  return Math.sqrt(Math.log(2 / level) / (2 * count));
}

function lawBounds(groups: readonly Group[], question: LawQuestion, alpha: number): Bounds {
  requireGroups("law", groups, 1);
  const sorted = orderedColumn("law", groups[0]!);
  if (sorted.length < 2) throw new RefusedSample(`law requires at least two values, got ${sorted.length}`);
  const width = bandWidth(alpha, sorted.length);
  const { estimate, atLeast } = distanceOf(question.law, sorted, width);
  return {
    estimate,
    low: Math.max(0, atLeast - width),
    high: Math.min(1, estimate + width),
    spread: [rankSpread(sorted)],
  };
}

/** Part of the band's width within which the nearest law of a family is sought. */
const SOUGHT = 1 / 16;

/** The distance found, and what it cannot be less than. */
function distanceOf(
  law: LawQuestion["law"],
  sorted: Float64Array,
  width: number,
): { readonly estimate: number; readonly atLeast: number } {
  if (law.name === "fitted") {
    const { upTo, atLeast } = nearestOfFamily(law, sorted, SOUGHT * width);
    const estimate = distanceWithAtoms({ upTo, below: upTo }, sorted);
    return { estimate, atLeast: Math.min(estimate, atLeast) };
  }
  const left = below(law);
  const upTo = cdf(law);
  const known = law.name === "normal" || law.name === "gamma";
  const estimate = known ? distanceTo(upTo, sorted) : distanceWithAtoms({ upTo, below: left ?? upTo }, sorted);
  return { estimate, atLeast: estimate };
}

/**
 * sup |F_n - F| over all x for a continuous law F, from values in ascending order.
 *
 * Between sorted values i and j both functions are bounded by their ends, so that a stretch which cannot beat the largest
 * distance found so far is left out: a few hundred evaluations of F for a million values.
 */
export function distanceTo(law: (x: number) => number, sorted: Float64Array): number {
  const count = sorted.length;
  const at = (i: number): number => law(sorted[i]!);
  const distance = (i: number, value: number): number => Math.max(value - i / count, (i + 1) / count - value);
  const lowest = at(0);
  const highest = at(count - 1);
  let largest = Math.max(distance(0, lowest), distance(count - 1, highest));
  const stretches: (readonly [first: number, last: number, lowValue: number, highValue: number])[] = [
    [0, count - 1, lowest, highest],
  ];
  for (let stretch = stretches.pop(); stretch !== undefined; stretch = stretches.pop()) {
    const [first, last, lowValue, highValue] = stretch;
    const possible = Math.max(highValue - (first + 1) / count, last / count - lowValue);
    if (last - first < 2 || possible <= largest) continue;
    const middle = (first + last) >> 1;
    const value = at(middle);
    largest = Math.max(largest, distance(middle, value));
    stretches.push([first, middle, lowValue, value], [middle, last, value, highValue]);
  }
  return largest;
}

/**
 * Inside, the estimate exceeds the known distance by no more than the sample's law is off (Massart). Outside, it is at
 * least the distance at the one point where the laws differ most (Hoeffding).
 */
function missesOf(_question: LawQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const n = counted[0]!;
  const { value } = known[0]!;
  if (n < 2) return 1;
  if (isInside(planned)) {
    const width = bandWidth(levels.support, n);
    const above = region.high >= 1 ? 0 : tail(2, region.high - value - width, n);
    return above + (region.low <= 0 ? 0 : tail(1, value - region.low - width, n));
  }
  const width = bandWidth(levels.refute, n);
  return value > region.high ? tail(1, value - region.high - width, n) : tail(2, region.low - value - width, n);
}

function tail(sides: 1 | 2, slack: number, n: number): number {
  return slack <= 0 ? 1 : sides * Math.exp(-2 * n * slack * slack);
}
