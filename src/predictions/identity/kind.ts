import { identityJudge } from "../../statistics/judges/identity-judge.ts";
import { largestShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { IdentityQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { ZERO_UP_TO } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bound, Of } from "../stated.ts";
import { syntheticIdentity } from "./synthetic.ts";

/** The measure is a discrepancy in units of its derived rounding bound, of which no replicate may exceed the bound. */
export interface IdentityPrediction<G extends Grid, M extends string> extends Of<G, M>, Bound<G> {
  readonly says: "is-identity";
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const identity: Kind<IdentityPrediction<any, any>, IdentityQuestion> = {
  statistic: "identity",
  says: { "is-identity": ZERO_UP_TO },
  averages: { "is-identity": false },
  answeredBy: { from: "cell" },
  question: (_prediction, asked) => ({ statistic: "identity", ...asked }),
  detail: () => ({}),
  judge: identityJudge,
  estimateShift: largestShift,
  standardError: noStandardError,
  answer: "discrepancy",
  words: "discrepancy in units of its rounding bound",
  chart: "values",
  synthetic: syntheticIdentity,
};
