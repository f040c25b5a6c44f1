import { type QuantileQuestion, quantileJudge } from "../../statistics/judges/quantile/quantile-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticQuantile } from "./synthetic.ts";

/** `part` of the law lies at or below it: 0.9 for the ninth decile. */
export type QuantilePrediction<G extends Grid, M extends string> = { readonly part: number } & (
  | Equals<G, M, "quantile">
  | Bounded<G, M, "quantile">
);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const quantile: Kind<QuantilePrediction<any, any>, QuantileQuestion> = {
  statistic: "quantile",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { quantile: false },
  answeredBy: { from: "cell" },
  question: ({ part, of }, asked) => {
    if (!(part > 0 && part < 1)) {
      throw new ClaimError(
        `the quantile of ${of} requires a \`part\` between 0 and 1, 0.9 for the ninth decile, got ${part}`,
      );
    }
    return { statistic: "quantile", part, ...asked };
  },
  detail: ({ part }) => ({ part }),
  judge: quantileJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "quantile",
  called: ({ part }) => `${Number((100 * Number(part)).toPrecision(4))} % quantile`,
  chart: "values",
  synthetic: syntheticQuantile,
};
