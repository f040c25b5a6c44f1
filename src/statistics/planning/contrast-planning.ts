import { JudgeError, type PlanningErrors } from "../judges/judge.ts";
import { requireFinite } from "../proved/mean-bounds.ts";
import { normalQuantile } from "../quantiles.ts";
import type { Family, Known, Question, Region } from "../question.ts";
import { SHARE_OF_CHECK } from "./budget.ts";

/**
 * Distance from the truth within which one bound, of level `alpha`, lies with probability 1 - `undecided`, for so many
 * replicates a group (not yet counting exclusions). Falls as replicates grow; `Infinity` where a judge refuses so few.
 */
export type Reach = (replicates: readonly number[], alpha: number, undecided: number) => number;

/** Half-width of the region around the known value that both bounds (one, of a half-line) keep inside with probability 1 - undecided. */
export function smallestHalfWidth(
  replicates: readonly number[],
  region: Region,
  errors: PlanningErrors,
  reach: Reach,
): number {
  return reach(replicates, errors.support, leftOf(errors) / edgesOf(region));
}

/**
 * Replicates a group, in the proportions given, that decide whether `value` lies in the region with probability
 * 1 - undecided. `Infinity` each where it lies on the edge.
 */
export function decidingReplicates(
  proportions: readonly number[],
  value: number,
  region: Region,
  errors: PlanningErrors,
  reach: Reach,
): readonly number[] {
  const outside = Math.max(region.low - value, value - region.high);
  const [room, alpha, undecided] =
    outside > 0
      ? [outside, errors.refute, leftOf(errors)]
      : [-outside, errors.support, leftOf(errors) / edgesOf(region)];
  const decides = (replicates: readonly number[]): boolean => reach(replicates, alpha, undecided) <= room;
  return room > 0 ? smallestScale(proportions, decides) : proportions.map(() => Number.POSITIVE_INFINITY);
}

/** A family of streams has no more replicates. */
const MOST_REPLICATES = 2 ** 32;

function smallestScale(
  proportions: readonly number[],
  decides: (replicates: readonly number[]) => boolean,
): readonly number[] {
  const largest = Math.max(...proportions);
  const scaled = (count: number): readonly number[] => proportions.map((p) => Math.ceil((p / largest) * count));
  let high = 2;
  while (!decides(scaled(high))) {
    high *= 2;
    if (high > MOST_REPLICATES) return proportions.map(() => Number.POSITIVE_INFINITY);
  }
  let low = high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decides(scaled(middle))) high = middle;
    else low = middle;
  }
  return scaled(high);
}

/** What may stay undecided for lack of values: checking the families has its own part. */
function leftOf({ undecided }: PlanningErrors): number {
  return (1 - SHARE_OF_CHECK) * undecided;
}

function edgesOf({ low, high }: Region): number {
  return Number.isFinite(low) && Number.isFinite(high) ? 2 : 1;
}

/** The part that one group has in the variance of a contrast, and the number of its values. */
export interface Part {
  readonly count: number;
  /** Standard deviation of one value. */
  readonly spread: number;
  readonly variance: number;
}

/** Share of `undecided` that may go to fewer values counting than planned; what is left costs under a fiftieth of a deviate. */
const SHARE_OF_COUNTING = 0.1;

/** Parts to be expected of sum_i weights[i] statistic_i, from the known spreads, and the probability left for its bounds. */
export function plannedParts(
  replicates: readonly number[],
  known: readonly Known[],
  weights: readonly number[],
  undecided: number,
): { readonly parts: readonly Part[]; readonly left: number } {
  const counting = known.some(({ counts }) => counts < 1) ? SHARE_OF_COUNTING * undecided : 0;
  const parts = known.map(({ spread, counts }, i) => {
    const count = countedValues(replicates[i]!, counts, counting / known.length);
    return { count, spread, variance: (weights[i]! * spread) ** 2 / Math.max(1, count) };
  });
  return { parts, left: undecided - counting };
}

/** Values that count among `replicates`, but for a probability `risk`: the normal quantile of a binomial. */
function countedValues(replicates: number, counts: number, risk: number): number {
  if (counts === 1) return replicates;
  const sure = replicates * counts - normalQuantile(risk) * Math.sqrt(replicates * counts * (1 - counts));
  return Math.max(0, Math.floor(sure));
}

/** What is known of each group. Throws `JudgeError` where a plan is asked for without it. */
export function knownGroups(subject: string, known: readonly Known[] | undefined, groups: number): readonly Known[] {
  if (known?.length !== groups) {
    throw new JudgeError(`planning of a ${subject} requires ${groups} known groups, got ${known?.length ?? 0}`);
  }
  return known;
}

/**
 * The families that a question declares, one a group. Throws `JudgeError` where it declares none (unless `optional`), not one a
 * group, or one that bounds nothing.
 */
export function familiesOf(
  subject: string,
  { families }: Pick<Question, "families">,
  groups: number,
  optional = false,
): readonly Family[] {
  if (families === undefined && optional) return [];
  if (families?.length !== groups) {
    throw new JudgeError(
      `${subject} requires declared bounds on skewness and kurtosis, one family a group (${groups}), got ${families?.length ?? "none"}`,
    );
  }
  for (const family of families) requireFinite(subject, family);
  return families;
}

/** The largest |skewness| that a question's families allow; 0 where it declares none. For plans of medians. */
export function largestSkewness({ families = [] }: Pick<Question, "families">): number {
  return Math.max(0, ...families.map(({ skewness }) => skewness));
}
