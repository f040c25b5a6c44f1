import type { ReportedQuestion } from "../../statistics/judges/reported/reported-judge.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesAnywhere, knownOfFirst, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";
import { located, requiredSpread } from "../synthetic/values.ts";

/** Of ours alone: what was reported is what it is, and its law's mean the reported one. */
export const syntheticReported: Synthetic<ReportedQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: lawOfFamily,
  draw: (question, truth, { replicates, stream, law }) => [
    located(law, question.reported.mean + truth, requiredSpread(question, 0), replicates[0]!, stream),
  ],
  cases: [gaussianLaw, logUniform].map((law) => ({
    judge: "mean less a reported one",
    asks: { reported: { mean: 2, deviation: 1, count: 1000, by: "normal" as const } },
    truth: 0.3,
    law,
    part: 0.1,
  })),
};
