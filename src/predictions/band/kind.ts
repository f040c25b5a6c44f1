import { bandJudge } from "../../statistics/judges/orders/band-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { BandQuestion } from "../../statistics/question.ts";
import { type AnyCell, cellLabel, type Grid, namesAlong } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import type { Form } from "../form.ts";
import type { AskedOf, Kind } from "../kind.ts";
import { type Along, evaluate, type Of, type Value } from "../stated.ts";
import { syntheticBand } from "./synthetic.ts";

/** What is predicted of one more measure. */
interface Strip<G extends Grid> {
  readonly value: Value<G>;
  readonly within: Value<G>;
}

/** Medians where nothing is said. */
type Through = { readonly through?: undefined } | { readonly through: "median" | "mean" | "proportion" };

/** Several measures' statistics all lie in their bands: in each cell, or in all cells along an axis at once. */
export type BandPrediction<G extends Grid, M extends string> = Of<G, M> &
  Strip<G> &
  Through & {
    readonly says: "lies-in-band";
    readonly and?: readonly (Strip<G> & Through & { readonly of: NoInfer<M> })[];
    readonly along?: Along<G>;
    readonly because: string;
  };

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyBand = BandPrediction<any, any>;

/** A distance in margins. The margins are each measure's own, and evaluated with the question. */
const ONE_MARGIN: Form<unknown> = { region: () => ({ low: 0, high: 1 }), centre: () => null, stricter: "lower" };

export const band: Kind<AnyBand, BandQuestion> = {
  statistic: "band",
  says: { "lies-in-band": ONE_MARGIN },
  averages: { "lies-in-band": true, median: true, mean: true, proportion: true },
  answeredBy: { from: "cell", over: ({ along }) => along, asks: "band" },
  columns: (prediction) => stripsOf(prediction).map(({ of }) => of),
  averaged: (prediction) => stripsOf(prediction).flatMap(({ of, through }) => (through === "mean" ? [of] : [])),
  question: (prediction, { families, ...asked }, { cells, ranges }) => {
    const strips = stripsOf(prediction);
    const measures = strips.map(({ of }) => of);
    const twice = measures.find((measure, at) => measures.indexOf(measure) !== at);
    if (twice !== undefined) throw new ClaimError(`the band has ${twice} twice, each measure once is required`);
    const statistics = throughOf(strips, cells[0]!, ranges);
    const means = strips.filter(({ through }, at) => through === "mean" && ranges[at] === undefined).length;
    if (means > 0 && families?.some(({ deviation }) => deviation !== undefined)) {
      throw new ClaimError(
        `a band requires \`expected\` without \`deviation\`, which has the unit of one measure alone`,
      );
    }
    return {
      statistic: "band",
      measures,
      ...statistics,
      names: prediction.along ? namesAlong(prediction.along.axis, cells) : [""],
      values: cells.map((cell) => strips.map(({ value }) => evaluate(value, cell, "predicted value"))),
      within: cells.map((cell) => strips.map(({ within }) => marginAt(within, cell))),
      ...asked,
      ...(families ? { families: means === 0 ? families : families.flatMap((each) => Array(means).fill(each)) } : {}),
    };
  },
  detail: ({ measures, through, values, within }) => ({
    through: through?.join(", ") ?? "median",
    measures: measures.join(", "),
    values: values.flat(),
    within: within.flat(),
  }),
  judge: bandJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "distance",
  words: "largest distance from the band's middle, in margins",
  chart: "band",
  synthetic: syntheticBand,
};

type AnyStrip = Strip<Grid> & Through & { readonly of: string };

function stripsOf({ of, value, within, through, and = [] }: AnyBand): readonly AnyStrip[] {
  return [{ of, value, within, ...(through === undefined ? {} : { through }) }, ...and];
}

/** Nothing where all are medians. */
function throughOf(
  strips: readonly AnyStrip[],
  cell: AnyCell,
  ranges: AskedOf["ranges"],
): Pick<BandQuestion, "through" | "ranges"> {
  const through = strips.map((strip) => strip.through ?? "median");
  for (const [at, each] of through.entries()) {
    if (!THROUGH.includes(each))
      throw new ClaimError(`a band goes through ${each}, one of ${THROUGH.join(", ")} is required`);
    if (each === "proportion") refuseNoChance(strips[at]!, cell);
  }
  return through.every((each) => each === "median") ? {} : { through, ranges };
}

const THROUGH: readonly string[] = ["median", "mean", "proportion"];

function refuseNoChance({ of, value }: AnyStrip, cell: AnyCell): void {
  const chance = evaluate(value, cell, "predicted value");
  if (chance >= 0 && chance <= 1) return;
  throw new ClaimError(`the proportion of ${of} at ${cellLabel(cell)} is ${chance}, one from 0 to 1 is required`);
}

function marginAt(within: Value<Grid>, cell: AnyCell): number {
  const margin = evaluate(within, cell, "margin");
  if (margin > 0) return margin;
  throw new ClaimError(`margin at ${cellLabel(cell)} is ${margin}, a positive number is required`);
}
