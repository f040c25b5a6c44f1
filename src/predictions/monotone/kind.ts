import { monotoneJudge } from "../../statistics/judges/orders/monotone-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { MonotoneQuestion } from "../../statistics/question.ts";
import { type Grid, namesAlong } from "../cells.ts";
import { ZERO_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Along, Margin, Of } from "../stated.ts";
import { syntheticMonotone } from "./synthetic.ts";

/** The statistic never falls (or never rises) along the axis, but for violations within the margin. */
export interface MonotonePrediction<G extends Grid, M extends string> extends Of<G, M>, Margin<G> {
  readonly says: "is-monotone";
  readonly through: "mean" | "median";
  readonly along: Along<G>;
  readonly order: "ascending" | "descending";
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const monotone: Kind<MonotonePrediction<any, any>, MonotoneQuestion> = {
  statistic: "monotone",
  says: { "is-monotone": ZERO_WITHIN },
  averages: { mean: true, median: false },
  answeredBy: { from: "axis", along: ({ along }) => along, asks: "trend" },
  question: ({ through, order, along }, asked, { cells, range }) => ({
    statistic: "monotone",
    through,
    order,
    names: namesAlong(along.axis, cells),
    ...asked,
    ...(range && through === "mean" ? { range } : {}),
  }),
  detail: ({ through, order }) => ({ through, order }),
  judge: monotoneJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "distance",
  words: "largest violation of the trend",
  chart: "trend",
  synthetic: syntheticMonotone,
};
