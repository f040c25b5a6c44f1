import { requireGroups, severalValues } from "../contrasts/group-column.ts";
import { moments } from "../moments/moments.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import { bettingBounds, bettingReach } from "../proved/betting.ts";
import { meanBounds, meanReach } from "../proved/mean-bounds.ts";
import type { MeanQuestion } from "../question.ts";
import { boundsAround, firstColumns, type Judge, JudgeError, requireSpread } from "./judge.ts";

/**
 * Mean of independent values of one law. The strongest thing declared decides how: a normal law, a deviation, a kurtosis
 * (`meanBounds`), and where no family is declared a range (`bettingBounds`, valid at every look).
 */
export const meanJudge: Judge<MeanQuestion> = {
  guarantee:
    "proved at every n, for independent values: of a law declared normal (Student); or of a standard deviation within the declared one (Catoni); or of an excess kurtosis within the declared one (Catoni, with a bound on the variance from the samples); or within a declared range (betting, at all looks together)",

  bounds: (groups, question, alpha) => {
    requireGroups("mean", groups, 1);
    const values = severalValues("mean", groups[0]!);
    if (question.range) requireRange(values, question.range);
    const { mean, variance } = moments(values);
    const spread = [Math.sqrt(variance)];
    const [family] = familiesOf("mean", question, 1, question.range !== undefined);
    if (family) {
      requireSpread("mean", variance);
      return boundsAround(mean, meanBounds(values, family, alpha), spread);
    }
    const bounded = { values, range: question.range!, horizon: question.horizon ?? values.length };
    return boundsAround(mean, bettingBounds(bounded, alpha), spread);
  },

  familyValues: firstColumns,

  needsFamilies: ({ range }) => range === undefined,

  anytime: ({ families, range }) => families === undefined && range !== undefined,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("mean", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

function requireRange(values: Float64Array, [low, high]: readonly [number, number]): void {
  const at = values.findIndex((value) => !(value >= low && value <= high));
  if (at >= 0) {
    throw new JudgeError(
      `mean requires values in the declared range [${low}, ${high}], got ${values[at]} at replicate ${at}`,
    );
  }
}

function reachOf(question: MeanQuestion): Reach {
  const known = knownGroups("mean", question.known, 1);
  const [family] = familiesOf("mean", question, 1, question.range !== undefined);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count, spread } = parts[0]!;
    return family
      ? meanReach(count, spread, family, alpha, left)
      : bettingReach(count, spread, question.range!, alpha, left);
  };
}
