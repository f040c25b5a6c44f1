import { bandJudge } from "../../statistics/judges/orders/band-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { BandQuestion } from "../../statistics/question.ts";
import { type AnyCell, cellLabel, type Grid, namesAlong } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import type { Form } from "../form.ts";
import type { Kind } from "../kind.ts";
import { type Along, evaluate, type Of, type Value } from "../stated.ts";
import { syntheticBand } from "./synthetic.ts";

/** What is predicted of one more measure's median. */
interface Strip<G extends Grid> {
  readonly value: Value<G>;
  readonly within: Value<G>;
}

/** The medians of several measures all lie in their bands: in each cell, or in all cells along an axis at once. */
export interface BandPrediction<G extends Grid, M extends string> extends Of<G, M>, Strip<G> {
  readonly says: "lies-in-band";
  readonly and?: readonly (Strip<G> & { readonly of: NoInfer<M> })[];
  readonly along?: Along<G>;
  readonly because: string;
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyBand = BandPrediction<any, any>;

/** A distance in margins. The margins are each measure's own, and evaluated with the question. */
const ONE_MARGIN: Form<unknown> = { region: () => ({ low: 0, high: 1 }), centre: () => null, stricter: "lower" };

export const band: Kind<AnyBand, BandQuestion> = {
  statistic: "band",
  says: { "lies-in-band": ONE_MARGIN },
  averages: { "lies-in-band": false },
  answeredBy: { from: "cell", over: ({ along }) => along, asks: "band" },
  columns: (prediction) => stripsOf(prediction).map(({ of }) => of),
  question: (prediction, asked, { cells }) => {
    const strips = stripsOf(prediction);
    const measures = strips.map(({ of }) => of);
    const twice = measures.find((measure, at) => measures.indexOf(measure) !== at);
    if (twice !== undefined) throw new ClaimError(`the band has ${twice} twice, each measure once is required`);
    return {
      statistic: "band",
      measures,
      names: prediction.along ? namesAlong(prediction.along.axis, cells) : [""],
      values: cells.map((cell) => strips.map(({ value }) => evaluate(value, cell, "predicted value"))),
      within: cells.map((cell) => strips.map(({ within }) => marginAt(within, cell))),
      ...asked,
    };
  },
  detail: ({ measures, values, within }) => ({
    through: "median",
    measures: measures.join(", "),
    values: values.flat(),
    within: within.flat(),
  }),
  judge: bandJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "distance",
  words: "largest distance from the band's middle, in margins",
  chart: "values-apart",
  synthetic: syntheticBand,
};

function stripsOf({ of, value, within, and = [] }: AnyBand): readonly (Strip<Grid> & { readonly of: string })[] {
  return [{ of, value, within }, ...and];
}

function marginAt(within: Value<Grid>, cell: AnyCell): number {
  const margin = evaluate(within, cell, "margin");
  if (margin > 0) return margin;
  throw new ClaimError(`margin at ${cellLabel(cell)} is ${margin}, a positive number is required`);
}
