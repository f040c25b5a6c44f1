import { orderedColumn, requireGroups } from "../../contrasts/group-column.ts";
import { medianContrastReach } from "../../contrasts/median-contrast.ts";
import { lowerRank, smallestCountForMedian } from "../../order-statistic-ranks.ts";
import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import type { BandQuestion } from "../../question.ts";
import { rankSpread } from "../../rank-spread.ts";
import { type FoundPart, type Group, type Judge, RefusedSample } from "../judge.ts";

/**
 * The largest distance of several medians from what is predicted of each, in units of its own margin: of all measures of all cells, within
 * the band where it is at most 1. One median is the farthest, on one side, so that the greatest of the medians' own bounds at the
 * whole level bounds the distance, however the measures depend on one another; from below each side of each takes its part of the level.
 */
export const bandJudge: Judge<BandQuestion> = {
  guarantee:
    "proved at every n, for independent replicates of any joint law of the measures, ties and infinite values included (order statistics)",

  bounds: (groups, question, alpha) => {
    requireGroups("band", groups, question.values.length);
    const medians = mediansOf(groups, question);
    const fewest = Math.min(...medians.map(({ sorted }) => sorted.length));
    const needed = smallestCountForMedian(alpha);
    if (fewest < needed)
      throw new RefusedSample(`band requires at least ${needed} values a cell at level ${alpha}, got ${fewest}`);
    const own = medians.map((median) => distanceOf(median, alpha));
    const together = medians.map((median) => distanceOf(median, alpha / (2 * medians.length)));
    const most = (values: readonly number[]) => Math.max(...values);
    return {
      estimate: most(own.map(({ estimate }) => estimate)),
      low: most(together.map(({ low }) => low)),
      high: most(own.map(({ high }) => high)),
      spread: groups.map((_, cell) =>
        most(medians.filter((median) => median.cell === cell).map(({ sorted, within }) => rankSpread(sorted) / within)),
      ),
      parts: together,
    };
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const known = knownGroups("band", question.known, question.values.length);
    const farthest = Math.max(...known.map(({ value }) => value));
    // a distance has no edge below
    const region = { low: Number.NEGATIVE_INFINITY, high: question.region.high };
    return decidingReplicates(replicates, farthest, region, errors, reachOf(question));
  },
};

interface Median {
  readonly label: string;
  readonly cell: number;
  readonly sorted: Float64Array;
  readonly value: number;
  readonly within: number;
}

function mediansOf(groups: readonly Group[], { measures, names, values, within }: BandQuestion): readonly Median[] {
  return groups.flatMap((group, cell) =>
    measures.map((measure, column) => ({
      label: names.length === 1 ? measure : `${measure} at ${names[cell]}`,
      cell,
      sorted: orderedColumn("band", { columns: group.columns.slice(column, column + 1) }),
      value: values[cell]![column]!,
      within: within[cell]![column]!,
    })),
  );
}

/** How far a median lies from what is predicted, in margins; 0 is a bound below where it may lie on either side. */
function distanceOf({ label, sorted, value, within }: Median, alpha: number): FoundPart {
  const count = sorted.length;
  const rank = lowerRank(count, alpha);
  const at = (index: number) => (sorted[index]! - value) / within;
  const [low, high] =
    rank === 0 ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : [at(rank - 1), at(count - rank)];
  const [below, above] = [at((count - 1) >> 1), at(count >> 1)];
  const middle = below === above ? below : (below + above) / 2;
  return { label, estimate: Math.abs(middle), low: Math.max(0, low, -high), high: Math.max(-low, high) };
}

function reachOf(question: BandQuestion): Reach {
  const known = knownGroups("band", question.known, question.values.length);
  const sides = 2 * known.length * question.measures.length;
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(
      replicates,
      known,
      known.map(() => 1),
      undecided,
    );
    return Math.max(...parts.map((part) => medianContrastReach([part], 0, alpha / sides, left / sides)));
  };
}
