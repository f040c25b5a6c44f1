import { firstNaN, sortedOnce } from "./contrasts/group-column.ts";
import {
  type Bounds,
  type Finding,
  type Group,
  inWordsOf,
  type Judge,
  JudgeError,
  type Levels,
  type PlanningErrors,
  RefusedSample,
  type State,
  subjectOf,
} from "./judges/judge.ts";
import { contradiction } from "./moments/family-check.ts";
import { SHARE_OF_CHECK } from "./planning/budget.ts";
import type { Question, Region } from "./question.ts";

/**
 * The answer of a question's judge. Supported where the bounds at `levels.support` lie inside the closed region (and so
 * exclude all rivals, which lie outside it); refuted where those at `levels.refute` lie wholly beyond it; else inconclusive.
 *
 * If the truth is outside the region, the one bound on its side must err for support: P(supported) <= levels.support. If it
 * is inside, the low or the high bound must: P(refuted) <= 2 levels.refute.
 *
 * Inconclusive, with the reason in `refused`, where the samples contradict the declared families, vary in nothing, or are none.
 * Throws `JudgeError` for NaN, for a rival inside the region, and for questions that a judge guarantees nothing of.
 */
export function decide<Q extends Question>(
  judge: Judge<Q>,
  question: Q,
  groups: readonly Group[],
  levels: DecidingLevels,
): Finding {
  try {
    requireQuestion(question);
    return decided(judge, question, sortedOnce(groups), levels);
  } catch (error) {
    if (!(error instanceof JudgeError)) throw error;
    const named = inWordsOf(subjectOf(judge, question), error);
    if (named instanceof RefusedSample) return refusal(groups, named.message);
    throw named;
  }
}

/** Without `undecided` the declared families are not checked. */
export type DecidingLevels = Levels & Partial<Pick<PlanningErrors, "undecided">>;

function decided<Q extends Question>(
  judge: Judge<Q>,
  question: Q,
  groups: readonly Group[],
  levels: DecidingLevels,
): Finding {
  requireValues(question.statistic, groups);
  const support = judge.bounds(groups, question, levels.support);
  const { estimate, low, high, spread, parts } = support;
  // What is supported is not refuted: the same values, at a level that widens their bounds if anything.
  const refute = () => (levels.refute === levels.support ? support : judge.bounds(groups, question, levels.refute));
  const values = question.families && judge.familyValues?.(groups, question);
  const refused = values && contradiction(question.families, values, SHARE_OF_CHECK * (levels.undecided ?? 0));
  return {
    state: refused === undefined ? stateOf(question.region, support, refute) : "inconclusive",
    ...(refused === undefined ? {} : { refused }),
    estimate,
    low,
    high,
    replicates: groups.reduce((sum, { columns }) => sum + columns[0]!.length, 0),
    spread,
    ...(parts ? { parts } : {}),
  };
}

function refusal(groups: readonly Group[], refused: string): Finding {
  return {
    state: "inconclusive",
    refused,
    estimate: Number.NaN,
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
    replicates: groups.reduce((sum, { columns }) => sum + (columns[0]?.length ?? 0), 0),
    spread: groups.map(() => Number.NaN),
  };
}

function stateOf(region: Region, support: Bounds, refuting: () => Bounds): State {
  if (support.low >= region.low && support.high <= region.high) return "supported";
  const refute = refuting();
  if (refute.low > region.high || refute.high < region.low) return "refuted";
  return "inconclusive";
}

function requireQuestion({ statistic, region, rivals }: Question): void {
  if (!(region.low <= region.high)) {
    throw new JudgeError(`${statistic} requires a region from low to high, got [${region.low}, ${region.high}]`);
  }
  for (const rival of rivals) {
    if (!(rival < region.low || rival > region.high)) {
      throw new JudgeError(
        `${statistic} requires rivals outside the region [${region.low}, ${region.high}], got ${rival}`,
      );
    }
  }
}

function requireValues(statistic: string, groups: readonly Group[]): void {
  if (groups.length === 0) throw new JudgeError(`${statistic} requires at least one group, got none`);
  groups.forEach(({ columns }, g) => {
    const count = columns[0]?.length ?? 0;
    if (count === 0) throw new RefusedSample(`${statistic} requires values in every group, got none in group ${g}`);
    columns.forEach((values, c) => {
      if (values.length !== count) {
        throw new JudgeError(
          `${statistic} requires columns of one length, got ${count} and ${values.length} in group ${g}`,
        );
      }
      const at = firstNaN(values);
      if (at >= 0) {
        throw new JudgeError(`${statistic} requires numbers, got NaN at index ${at} of column ${c} in group ${g}`);
      }
    });
  });
}
