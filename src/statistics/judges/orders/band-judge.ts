import { requireGroups } from "../../contrasts/group-column.ts";
import { smallestCountForMedian } from "../../order-statistic-ranks.ts";
import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { requireFinite } from "../../proved/mean-bounds.ts";
import type { BandQuestion } from "../../question.ts";
import { type FoundPart, type Judge, JudgeError, RefusedSample } from "../judge.ts";
import { columnsOfFamilies, type Strip, stripReach, stripsOf } from "./band-strips.ts";

/**
 * The largest distance of several statistics from what is predicted of each, in units of its own margin: of all measures of all cells, within
 * the band where it is at most 1. One of them is the farthest, on one side, so that the greatest of their own bounds at the
 * whole level bounds the distance, however the measures depend on one another; from below each side of each takes its part of the level.
 */
export const bandJudge: Judge<BandQuestion> = {
  guarantee:
    "proved at every n, for independent replicates of any joint law of the measures: medians, ties and infinite values included (order statistics); proportions (Clopper-Pearson); means within a declared range (betting), or of a law of the declared family (as a mean)",

  bounds: (groups, question, alpha) => {
    requireGroups("band", groups, question.values.length);
    requireFamilies(question);
    const strips = stripsOf(groups, question);
    const fewest = Math.min(...strips.filter(({ through }) => through === "median").map(({ count }) => count));
    const needed = smallestCountForMedian(alpha);
    if (fewest < needed)
      throw new RefusedSample(`band requires at least ${needed} values a cell at level ${alpha}, got ${fewest}`);
    const own = strips.map((strip) => distanceOf(strip, alpha));
    const together = strips.map((strip) => distanceOf(strip, alpha / (2 * strips.length)));
    const most = (values: readonly number[]) => Math.max(...values);
    return {
      estimate: most(own.map(({ estimate }) => estimate)),
      low: most(together.map(({ low }) => low)),
      high: most(own.map(({ high }) => high)),
      spread: groups.map((_, cell) => most(strips.filter((strip) => strip.cell === cell).map(({ spread }) => spread))),
      parts: together,
    };
  },

  familyValues: (groups, question) => {
    const columns = columnsOfFamilies(question);
    return columns.length === 0
      ? undefined
      : groups.flatMap((group) => columns.map((column) => group.columns[column]!));
  },

  needsFamilies: (question) => columnsOfFamilies(question).length > 0,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    // a distance has no edge below
    const region = { low: Number.NEGATIVE_INFINITY, high: question.region.high };
    return decidingReplicates(replicates, farthestOf(question), region, errors, reachOf(question));
  },
};

/** One a mean without a range, of every cell. */
function requireFamilies(question: BandQuestion): void {
  const needed = question.values.length * columnsOfFamilies(question).length;
  if (needed === 0) return;
  if (question.families?.length !== needed) {
    throw new JudgeError(
      `band requires a family of each mean without a range in each cell (${needed}), got ${question.families?.length ?? "none"}`,
    );
  }
  for (const family of question.families) requireFinite("band", family);
}

/** How far a statistic lies from what is predicted, in margins; 0 is a bound below where it may lie on either side. */
function distanceOf({ label, middle, boundsAt }: Strip, alpha: number): FoundPart {
  const { low, high } = boundsAt(alpha);
  return { label, estimate: Math.abs(middle), low: Math.max(0, low, -high), high: Math.max(-low, high) };
}

function farthestOf(question: BandQuestion): number {
  return Math.max(...knownGroups("band", question.known, question.values.length).map(({ value }) => value));
}

function reachOf(question: BandQuestion): Reach {
  const known = knownGroups("band", question.known, question.values.length);
  requireFamilies(question);
  const sides = 2 * known.length * question.measures.length;
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(
      replicates,
      known,
      known.map(() => 1),
      undecided,
    );
    return Math.max(
      ...parts.flatMap((part, cell) =>
        question.measures.map((_, column) =>
          stripReach(question, [cell, column], known[cell]!.value, part, alpha / sides, left / sides),
        ),
      ),
    );
  };
}
