import { type RateQuestion, rateJudge } from "../../statistics/judges/rate/rate-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { type Dispersed, dispersionAt } from "./dispersion.ts";
import { syntheticRate } from "./synthetic.ts";

/** Events a replicate, of counts: Poisson ones, or negative binomial ones of a declared dispersion. */
export type RatePrediction<G extends Grid, M extends string> = (Equals<G, M, "rate"> | Bounded<G, M, "rate">) &
  Dispersed<G>;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const rate: Kind<RatePrediction<any, any>, RateQuestion> = {
  statistic: "rate",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { rate: false },
  answeredBy: { from: "cell" },
  question: (prediction, asked, { cells }) => ({
    statistic: "rate",
    ...dispersionAt(prediction, cells[0]!),
    ...asked,
  }),
  detail: ({ dispersion }) => (dispersion === undefined ? {} : { dispersion }),
  judge: rateJudge,
  estimateShift: (_question, groups, shifts) => contrastShift([1], "rate", groups, shifts),
  standardError: (_question, groups, finding) => contrastError([1], "rate", groups, finding),
  answer: "value",
  words: "mean count",
  chart: "values",
  synthetic: syntheticRate,
};
