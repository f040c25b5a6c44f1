import { bytesJudge } from "../../statistics/judges/bytes-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { BytesQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { ZERO } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Of } from "../stated.ts";
import { syntheticBytes } from "./synthetic.ts";

/** The measure is a number of differing bytes, of which no replicate may have one. */
export interface BytesPrediction<G extends Grid, M extends string> extends Of<G, M> {
  readonly says: "is-byte-equal";
  readonly because: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const bytes: Kind<BytesPrediction<any, any>, BytesQuestion> = {
  statistic: "bytes",
  says: { "is-byte-equal": ZERO },
  averages: { "is-byte-equal": false },
  answeredBy: { from: "cell" },
  question: (_prediction, asked) => ({ statistic: "bytes", ...asked }),
  detail: () => ({}),
  judge: bytesJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "discrepancy",
  words: "differing bytes",
  chart: "values",
  synthetic: syntheticBytes,
};
