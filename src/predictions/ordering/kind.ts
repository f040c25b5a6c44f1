import { orderingJudge } from "../../statistics/judges/orders/ordering-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { OrderingQuestion } from "../../statistics/question.ts";
import { type AnyCell, type AxisValue, type Grid, namesAlong } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Along, Bound, Of } from "../stated.ts";
import { syntheticOrdering } from "./synthetic.ts";

/** `bound`: the least step from one arm to the next, 0 where only the order is claimed. */
interface Ordered<G extends Grid, M extends string> extends Of<G, M>, Bound<G> {
  readonly through: "mean" | "median";
  readonly along: Along<G>;
}

/** The arms along an axis are ranked as the grid lists them; or one of them is ahead of each other. */
export type OrderingPrediction<G extends Grid, M extends string> =
  | (Ordered<G, M> & { readonly says: "is-ordered"; readonly order: "ascending" | "descending" })
  | (Ordered<G, M> & { readonly says: "is-best"; readonly best: AxisValue; readonly better: "higher" | "lower" });

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyOrdering = OrderingPrediction<any, any>;

export const ordering: Kind<AnyOrdering, OrderingQuestion> = {
  statistic: "ordering",
  says: { "is-ordered": AT_LEAST, "is-best": AT_LEAST },
  averages: { mean: true, median: false },
  answeredBy: { from: "axis", along: ({ along }) => along, asks: "ranking" },
  question: (prediction, asked, { cells, range }) => ({
    statistic: "ordering",
    through: prediction.through,
    names: namesAlong(prediction.along.axis, cells),
    pairs: pairsOf(prediction, cells),
    ...asked,
    ...(range && prediction.through === "mean" ? { range } : {}),
  }),
  detail: ({ through, names, pairs }) => ({
    through,
    pairs: pairs.map(([ahead, behind]) => `${names[ahead]} over ${names[behind]}`).join(", "),
  }),
  judge: orderingJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "smallest step of the ranking",
  chart: "values-apart",
  synthetic: syntheticOrdering,
};

/** Which arm is to lie above which. */
function pairsOf(prediction: AnyOrdering, cells: readonly AnyCell[]): OrderingQuestion["pairs"] {
  const flipped = prediction.says === "is-ordered" ? prediction.order === "descending" : prediction.better === "lower";
  const flip = ([ahead, behind]: readonly [number, number]) =>
    flipped ? ([behind, ahead] as const) : ([ahead, behind] as const);
  if (prediction.says === "is-ordered") return cells.slice(1).map((_, i) => flip([i + 1, i]));
  const { best, along } = prediction;
  const at = cells.findIndex((cell) => cell[along.axis] === best);
  if (at < 0) {
    throw new ClaimError(
      `the best is ${best}, one of ${namesAlong(along.axis, cells).join(", ")} along ${along.axis} is required`,
    );
  }
  return cells.flatMap((_, other) => (other === at ? [] : [flip([at, other])]));
}
