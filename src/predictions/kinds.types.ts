import type { MeanQuestion, SlopeQuestion } from "../statistics/question.ts";
import { AT_MOST, VALUE_WITHIN, ZERO_WITHIN } from "./form.ts";
import type { Kind } from "./kind.ts";
import type { Prediction } from "./kinds.ts";
import { type MeanPrediction, mean } from "./mean/kind.ts";
import { type SlopePrediction, slope } from "./slope/kind.ts";

/** What TypeScript refuses of a kind that is not whole: adding one fails to compile wherever something is missing. */

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type OfMeans = Kind<MeanPrediction<any, any>, MeanQuestion>;
// biome-ignore lint/suspicious/noExplicitAny: as above
type OfSlopes = Kind<SlopePrediction<any, any>, SlopeQuestion>;

// @ts-expect-error a way of saying it that has no region
export const unsaid: OfMeans = { ...mean, says: { equals: VALUE_WITHIN, "at-most": AT_MOST } };

// @ts-expect-error a way of saying it that no author may write
export const unwritten: OfMeans = { ...mean, says: { ...mean.says, "has-law": ZERO_WITHIN } };

// @ts-expect-error a region of a margin that the prediction does not state
export const marginless: OfMeans = { ...mean, says: { ...mean.says, "at-least": ZERO_WITHIN } };

// @ts-expect-error a statistic of which nobody says whether heavy tails ruin it
export const untold: OfSlopes = { ...slope, averages: { mean: true } };

// @ts-expect-error the judge of another question
export const misjudged: OfSlopes = { ...slope, judge: mean.judge };

const { synthetic: _, ...untried } = mean;
// @ts-expect-error a judge that nobody tries on synthetic truth
export const trusted: OfMeans = untried;

// biome-ignore lint/suspicious/noExplicitAny: as above
type Written = Prediction<any, "x">;

// @ts-expect-error what no kind of prediction says
export const unlisted: Written["says"] = "resembles";
