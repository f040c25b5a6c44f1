import { proportionJudge } from "../../statistics/judges/proportion-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { ProportionQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticProportion } from "./synthetic.ts";

export type ProportionPrediction<G extends Grid, M extends string> =
  | Equals<G, M, "proportion">
  | Bounded<G, M, "proportion">;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const proportion: Kind<ProportionPrediction<any, any>, ProportionQuestion> = {
  statistic: "proportion",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { proportion: false },
  answeredBy: { from: "cell" },
  question: (_prediction, asked) => ({ statistic: "proportion", ...asked }),
  detail: () => ({}),
  judge: proportionJudge,
  estimateShift: (_question, groups, shifts) => contrastShift([1], "proportion", groups, shifts),
  standardError: (_question, groups, finding) => contrastError([1], "proportion", groups, finding),
  answer: "value",
  words: "share",
  chart: "zeros-and-ones",
  synthetic: syntheticProportion,
};
