import type { Law, LawQuestion } from "../../statistics/question.ts";
import { specifiedLaw } from "../synthetic/at-distance.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase, upperEdge } from "../synthetic/synthetic.ts";

export const syntheticLaw: Synthetic<LawQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => upperEdge(question, side, 1),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (question, truth, { replicates, stream }) => [
    { columns: [specifiedLaw(question.law, truth, replicates[0]!, stream)] },
  ],
  // The judge sees values only through the specified distribution function: any law may stand for another, and the
  // exponential is drawn fastest.
  standIn: (question) => ({ ...question, law: { name: "gamma", shape: 1, location: 0, sign: 1 } }),
  cases: [
    caseOf({ name: "gamma", shape: 20, location: 0, sign: -1 }, "gamma(20), distance .05", 0.02),
    caseOf({ name: "normal", mean: 1, standardDeviation: 2 }, "normal, distance .05", 0.1),
  ],
};

function caseOf(law: Law, label: string, part: number): SyntheticCase<LawQuestion> {
  return { judge: "law", asks: { law }, truth: 0.05, law: gaussianLaw, label, replicates: 200, part };
}
