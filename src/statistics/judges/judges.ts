import type { Question } from "../question.ts";
import { bytesJudge } from "./bytes-judge.ts";
import { differenceJudge } from "./difference-judge.ts";
import { identityJudge } from "./identity-judge.ts";
import type { Judge } from "./judge.ts";
import { lawJudge } from "./law-judge.ts";
import { meanJudge } from "./mean-judge.ts";
import { medianJudge } from "./median-judge.ts";
import { proportionJudge } from "./proportion-judge.ts";
import { regressionJudge } from "./regression-judge.ts";
import { sameLawJudge } from "./same-law-judge.ts";
import { slopeJudge } from "./slope-judge.ts";
import { standardisedMomentJudge } from "./standardised-moment-judge.ts";
import { varianceJudge } from "./variance-judge.ts";

/** One judge for each kind of question: a kind without one does not type-check. */
const JUDGES: { readonly [S in Question["statistic"]]: Judge<Extract<Question, { readonly statistic: S }>> } = {
  mean: meanJudge,
  median: medianJudge,
  variance: varianceJudge,
  "standardised-moment": standardisedMomentJudge,
  proportion: proportionJudge,
  slope: slopeJudge,
  regression: regressionJudge,
  difference: differenceJudge,
  law: lawJudge,
  "same-law": sameLawJudge,
  identity: identityJudge,
  bytes: bytesJudge,
};

/** The judge of a question. */
export function judgeOf<Q extends Question>(question: Q): Judge<Q> {
  // The table's type ties each statistic to its own kind of question, which indexing by a union forgets.
  return JUDGES[question.statistic] as unknown as Judge<Q>;
}
