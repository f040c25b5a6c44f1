import { rankCorrelationJudge } from "../../statistics/judges/wins/rank-correlation-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { RankCorrelationQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { CORRELATION_AT_LEAST, CORRELATION_AT_MOST, CORRELATION_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticRankCorrelation } from "./synthetic.ts";

type RankStatistic = RankCorrelationQuestion["of"];

/** Kendall's tau or Spearman's rho of a measure with another of the same replicate. */
export type RankCorrelationPrediction<G extends Grid, M extends string> = {
  readonly on: NoInfer<M>;
} & (Equals<G, M, RankStatistic> | Bounded<G, M, RankStatistic>);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const rankCorrelation: Kind<RankCorrelationPrediction<any, any>, RankCorrelationQuestion> = {
  statistic: "rank-correlation",
  says: { equals: CORRELATION_WITHIN, "at-most": CORRELATION_AT_MOST, "at-least": CORRELATION_AT_LEAST },
  averages: { "kendall-tau": false, "spearman-rho": false },
  answeredBy: { from: "cell" },
  columns: ({ on, of }) => [on, of],
  question: ({ of, on, statistic }, asked) => {
    if (of === on) throw new ClaimError(`${of} is ranked against itself, another measure in \`on\` is required`);
    return { statistic: "rank-correlation", of: statistic, ...asked };
  },
  detail: ({ of }) => ({ of }),
  judge: rankCorrelationJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "rank correlation",
  called: ({ of }) => (of === "kendall-tau" ? "rank correlation (Kendall's tau)" : "rank correlation (Spearman's rho)"),
  chart: "cloud",
  synthetic: syntheticRankCorrelation,
};
