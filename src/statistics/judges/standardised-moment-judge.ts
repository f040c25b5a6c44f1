import { requireGroups, severalValues } from "../contrasts/group-column.ts";
import { type Moments, moments } from "../moments/moments.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import { expectedCumulantWidth, standardisedCumulantBounds } from "../proved/block-cumulants.ts";
import { normalQuantile } from "../quantiles.ts";
import type { StandardisedMomentQuestion } from "../question.ts";
import { boundsAround, firstColumns, type Judge, RefusedSample, requireSpread } from "./judge.ts";

/** Skewness or excess kurtosis of independent values: the mean of blocks' k-statistics over a power of the variance. */
export const standardisedMomentJudge: Judge<StandardisedMomentQuestion> = {
  subject: ({ order }) => (order === 3 ? "skewness" : "excess kurtosis"),

  guarantee:
    "proved at every n, for independent values whose |skewness| and excess kurtosis are within the declared bounds and whose higher cumulants (to the sixth for a skewness, to the eighth for a kurtosis) are no larger than a gamma law's of those bounds",

  bounds: (groups, question, alpha) => {
    requireGroups("standardised moment", groups, 1);
    const values = severalValues("standardised moment", groups[0]!);
    if (values.length < 4) {
      throw new RefusedSample(`standardised moment requires at least 4 values, got ${values.length}`);
    }
    const [family] = familiesOf("standardised moment", question, 1);
    const sample = moments(values);
    requireSpread("standardised moment", sample.variance);
    const found = standardisedCumulantBounds(question.order, values, family!, alpha);
    return boundsAround(unbiasedUnderNormal(sample, question.order), found, [Math.sqrt(sample.variance)]);
  },

  familyValues: firstColumns,

  needsFamilies: () => true,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("standardised moment", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

/** Fisher's G1 and G2 (D. N. Joanes and C. A. Gill, The Statistician 47, 1998, 183-189). */
function unbiasedUnderNormal({ count: n, skewness, excessKurtosis }: Moments, order: 3 | 4): number {
  if (order === 3) return (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * excessKurtosis + 6);
}

function reachOf(question: StandardisedMomentQuestion): Reach {
  const known = knownGroups("standardised moment", question.known, 1);
  const [family] = familiesOf("standardised moment", question, 1);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { halfWidth, deviation, skewness } = expectedCumulantWidth(
      question.order,
      parts[0]!.count,
      known[0]!.value,
      family!,
      alpha,
    );
    const z = normalQuantile(left);
    return halfWidth + deviation * (z + (skewness * Math.max(0, z * z - 1)) / 6);
  };
}
