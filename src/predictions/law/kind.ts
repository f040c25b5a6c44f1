import { lawJudge } from "../../statistics/judges/law-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { FittedLaw, Law, LawQuestion } from "../../statistics/question.ts";
import { keptLaw } from "../../statistics/shown-law.ts";
import { type AnyCell, type Cell, cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { ZERO_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Margin, Of } from "../stated.ts";
import { syntheticLaw } from "./synthetic.ts";

export interface LawPrediction<G extends Grid, M extends string> extends Of<G, M>, Margin<G> {
  readonly says: "has-law";
  readonly law: (cell: Cell<G>) => Law | FittedLaw;
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const law: Kind<LawPrediction<any, any>, LawQuestion> = {
  statistic: "law",
  says: { "has-law": ZERO_WITHIN },
  averages: { "has-law": false },
  answeredBy: { from: "cell" },
  question: (prediction, asked, { cells }) => ({
    statistic: "law",
    law: lawAt(prediction.law(cells[0] as never), cells[0]!),
    ...asked,
  }),
  detail: ({ law }) => keptLaw(law),
  judge: lawJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "distance",
  words: "largest distance between the laws",
  chart: "law",
  synthetic: syntheticLaw,
};

/** Throws `ClaimError` for what is no law, before any sample is computed. */
function lawAt(stated: LawQuestion["law"], cell: AnyCell): LawQuestion["law"] {
  try {
    keptLaw(stated);
  } catch (error) {
    if (error instanceof RangeError) throw new ClaimError(`at ${cellLabel(cell)}, ${error.message}`, { cause: error });
    throw error;
  }
  return stated;
}
