import { requireGroups } from "../../contrasts/group-column.ts";
import { decidingReplicates, knownGroups, type Reach, smallestHalfWidth } from "../../planning/contrast-planning.ts";
import type { OrderingQuestion } from "../../question.ts";
import { firstColumns, type Judge } from "../judge.ts";
import { pairBounds, pairReach } from "./pair-bounds.ts";

/**
 * The smallest step of several pairs, each of an arm said to be ahead less the one behind it: all neighbours of a ranking, or
 * the best against each other arm. It exceeds a number where all steps do, so that its lower bound is the least of the steps' own
 * at the whole level (one of them is the smallest: intersection-union); its upper bound takes a part of the level for each pair. The parts
 * are the steps with bounds that hold all together.
 */
export const orderingJudge: Judge<OrderingQuestion> = {
  guarantee:
    "proved at every n, for independent arms; medians of any law (joint order statistics); means: as for a mean, each arm of its own family or within the declared range",

  bounds: (groups, question, alpha) => {
    const { pairs, names } = question;
    requireGroups("ordering", groups, names.length);
    const boundsOf = pairBounds("ordering", groups, question);
    const steps = pairs.map((pair) => boundsOf(pair, alpha));
    const together = pairs.length === 1 ? steps : pairs.map((pair) => boundsOf(pair, alpha / pairs.length));
    const least = (values: readonly number[]) => Math.min(...values);
    return {
      estimate: least(steps.map(({ estimate }) => estimate)),
      low: least(steps.map(({ low }) => low)),
      high: least(together.map(({ high }) => high)),
      spread: spreadsOf(question, steps),
      parts: together.map(({ estimate, low, high }, p) => ({ label: labelOf(question, p), estimate, low, high })),
    };
  },

  familyValues: (groups, { through }) => (through === "mean" ? firstColumns(groups) : undefined),

  needsFamilies: ({ through, range }) => through === "mean" && range === undefined,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) =>
    decidingReplicates(replicates, smallestStep(question), question.region, errors, reachOf(question)),
};

/** A step that is larger than the smallest has that much to spare. */
function reachOf(question: OrderingQuestion): Reach {
  const smallest = smallestStep(question);
  return pairReach("ordering", question, question.pairs, (step) => step - smallest);
}

/** At the known values. */
export function smallestStep({ known, pairs, names }: OrderingQuestion): number {
  const values = knownGroups("ordering", known, names.length).map(({ value }) => value);
  return Math.min(...pairs.map(([ahead, behind]) => values[ahead]! - values[behind]!));
}

function labelOf({ names, pairs }: OrderingQuestion, p: number): string {
  const [ahead, behind] = pairs[p]!;
  return `${names[ahead]} less ${names[behind]}`;
}

/** Of each arm, from the first pair that it is in. */
function spreadsOf(
  { names, pairs }: OrderingQuestion,
  steps: readonly { readonly spread: readonly number[] }[],
): readonly number[] {
  return names.map((_, arm) => {
    const p = pairs.findIndex((pair) => pair.includes(arm));
    return p < 0 ? Number.NaN : steps[p]!.spread[pairs[p]!.indexOf(arm)]!;
  });
}
