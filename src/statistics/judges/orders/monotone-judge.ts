import { requireGroups } from "../../contrasts/group-column.ts";
import { decidingReplicates, knownGroups, type Reach, smallestHalfWidth } from "../../planning/contrast-planning.ts";
import type { MonotoneQuestion } from "../../question.ts";
import { type Bounds, firstColumns, type Judge } from "../judge.ts";
import { type Pair, pairBounds, pairReach } from "./pair-bounds.ts";

/**
 * The largest violation of a trend: how far a later arm, along the axis, lies on the wrong side of an earlier one, over all pairs; 0
 * where there is none. One pair has the largest, so that the greatest of the pairs' upper bounds at the whole level bounds it; the lower
 * bound takes a part of the level for each pair. The parts are the pairs that violate the trend beyond chance, all together, and
 * the one whose violation is excluded least: none larger than its upper bound has gone unseen.
 */
export const monotoneJudge: Judge<MonotoneQuestion> = {
  guarantee:
    "proved at every n, for independent arms along the axis; medians of any law (joint order statistics); means: as for a mean, each arm of its own family or within the declared range",

  bounds: (groups, question, alpha) => {
    requireGroups("monotone", groups, question.names.length);
    const pairs = pairsOf(question);
    const boundsOf = pairBounds("monotone", groups, question);
    const drops = pairs.map((pair) => boundsOf(pair, alpha));
    const together = pairs.length === 1 ? drops : pairs.map((pair) => boundsOf(pair, alpha / pairs.length));
    const most = (values: readonly number[]) => Math.max(0, ...values);
    return {
      estimate: most(drops.map(({ estimate }) => estimate)),
      low: most(together.map(({ low }) => low)),
      high: most(drops.map(({ high }) => high)),
      spread: question.names.map((_, arm) => {
        const p = pairs.findIndex((pair) => pair.includes(arm));
        return drops[p]!.spread[pairs[p]!.indexOf(arm)]!;
      }),
      parts: partsOf(question, pairs, together),
    };
  },

  familyValues: (groups, { through }) => (through === "mean" ? firstColumns(groups) : undefined),

  needsFamilies: ({ through, range }) => through === "mean" && range === undefined,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    // a distance has no edge below
    const region = { low: Number.NEGATIVE_INFINITY, high: question.region.high };
    return decidingReplicates(replicates, largestViolation(question), region, errors, reachOf(question));
  },
};

/** A pair that violates the trend less than the worst, or keeps it, has that much to spare. */
function reachOf(question: MonotoneQuestion): Reach {
  const largest = largestViolation(question);
  return pairReach("monotone", question, pairsOf(question), (violation) => largest - violation);
}

/** At the known values. */
export function largestViolation(question: MonotoneQuestion): number {
  const values = knownGroups("monotone", question.known, question.names.length).map(({ value }) => value);
  return Math.max(0, ...pairsOf(question).map(([i, j]) => values[i]! - values[j]!));
}

/** Each pair of arms in the order in which a positive difference violates the trend. */
function pairsOf({ names, order }: MonotoneQuestion): readonly Pair[] {
  return names.flatMap((_, later) =>
    Array.from({ length: later }, (_, earlier): Pair => (order === "ascending" ? [earlier, later] : [later, earlier])),
  );
}

function partsOf(
  { names }: MonotoneQuestion,
  pairs: readonly Pair[],
  together: readonly Bounds[],
): NonNullable<Bounds["parts"]> {
  const highest = together.reduce((best, { high }, p) => (high > together[best]!.high ? p : best), 0);
  return together.flatMap(({ estimate, low, high }, p) => {
    const [first, second] = pairs[p]!;
    return low > 0 || p === highest ? [{ label: `${names[first]} less ${names[second]}`, estimate, low, high }] : [];
  });
}
