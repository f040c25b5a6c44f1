import { ratioJudge } from "../../statistics/judges/ratio/ratio-judge.ts";
import type { RatioQuestion } from "../../statistics/judges/ratio/ratio-question.ts";
import { ratioShift } from "../../statistics/moments/estimate-shift.ts";
import { ratioError } from "../../statistics/moments/standard-error.ts";
import { cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import { type Dispersed, dispersionAt } from "../rate/dispersion.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticRatio } from "./synthetic.ts";

type RatioStatistic = "ratio-of-means" | "ratio-of-medians" | "ratio-of-proportions" | "ratio-of-rates";

/**
 * A statistic of the experiment over that of the claim's second one. `expected.spread` is that of one replicate's value over its mean (of
 * logarithms, for medians; of the second arm, for proportions and rates).
 */
export type RatioPrediction<G extends Grid, M extends string> =
  | (Says<G, M, Exclude<RatioStatistic, "ratio-of-rates">> & { readonly dispersion?: undefined })
  | (Says<G, M, "ratio-of-rates"> & Dispersed<G>);

type Says<G extends Grid, M extends string, S extends string> = Equals<G, M, S> | Bounded<G, M, S>;

const OF: { readonly [S in RatioStatistic]: RatioQuestion["of"] } = {
  "ratio-of-means": "mean",
  "ratio-of-medians": "median",
  "ratio-of-proportions": "proportion",
  "ratio-of-rates": "rate",
};

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const ratio: Kind<RatioPrediction<any, any>, RatioQuestion> = {
  statistic: "ratio",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: {
    "ratio-of-means": true,
    "ratio-of-medians": false,
    "ratio-of-proportions": false,
    "ratio-of-rates": false,
  },
  answeredBy: { from: "both-experiments" },
  // The known ratio stands in the first of the two groups and 1 in the second: the judge divides them.
  known: (_prediction, { stated, predicted, group }) => (group === 1 ? 1 : (stated ?? predicted ?? Number.NaN)),
  question: (prediction, asked, { cells, range }) => {
    const { statistic, of } = prediction;
    if (statistic !== "ratio-of-means" && asked.region.high <= 0) {
      throw new ClaimError(
        `the ${statistic} of ${of} at ${cellLabel(cells[0]!)} is never below 0, a region above it is required, got one up to ${asked.region.high}`,
      );
    }
    if (statistic !== "ratio-of-rates" && prediction.dispersion !== undefined) {
      throw new ClaimError(`a dispersion is declared of counts, whose statistic is ratio-of-rates, got ${statistic}`);
    }
    const dispersed = dispersionAt(prediction, cells[0]!);
    return { statistic: "ratio", of: OF[statistic], ...dispersed, ...asked, ...(range ? { range } : {}) };
  },
  detail: ({ of, dispersion }) => ({ of, ...(dispersion === undefined ? {} : { dispersion }) }),
  judge: ratioJudge,
  estimateShift: ({ of }, groups, shifts) => ratioShift(of, groups, shifts),
  standardError: ({ of }, groups, finding) => ratioError(of, groups, finding),
  answer: "value",
  words: "ratio",
  chart: "values-apart",
  contrast: "ratio",
  synthetic: syntheticRatio,
};
