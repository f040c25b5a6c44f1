import {
  type CoefficientOfVariationQuestion,
  coefficientOfVariationJudge,
} from "../../statistics/judges/deviation/variation-judge.ts";
import { variationShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import { cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticCoefficientOfVariation } from "./synthetic.ts";

/** Standard deviation over mean, of a measure whose zero means none. */
export type CoefficientOfVariationPrediction<G extends Grid, M extends string> =
  | Equals<G, M, "coefficient-of-variation">
  | Bounded<G, M, "coefficient-of-variation">;

export const coefficientOfVariation: Kind<
  // biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
  CoefficientOfVariationPrediction<any, any>,
  CoefficientOfVariationQuestion
> = {
  statistic: "coefficient-of-variation",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "coefficient-of-variation": true },
  answeredBy: { from: "cell" },
  question: ({ of }, asked, { cells, range }) => {
    const place = `the coefficient-of-variation of ${of} at ${cellLabel(cells[0]!)}`;
    if (range !== undefined && range[0] < 0) {
      throw new ClaimError(`${place} requires a measure of 0 or more, got one whose range is [${range.join(", ")}]`);
    }
    if (asked.region.high <= 0) {
      throw new ClaimError(`${place} is above 0, a region above it is required, got one up to ${asked.region.high}`);
    }
    return { statistic: "coefficient-of-variation", ...asked };
  },
  detail: () => ({}),
  judge: coefficientOfVariationJudge,
  estimateShift: (_question, [group], [shift]) => variationShift(group!, shift!),
  standardError: noStandardError,
  answer: "value",
  words: "coefficient of variation",
  chart: "values-apart",
  synthetic: syntheticCoefficientOfVariation,
};
