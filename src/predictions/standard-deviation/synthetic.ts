import type { StandardDeviationQuestion } from "../../statistics/judges/deviation/standard-deviation-judge.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";
import { located } from "../synthetic/values.ts";

export const syntheticStandardDeviation: Synthetic<StandardDeviationQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream, law }) => [located(law, 0, truth, replicates[0]!, stream)],
  cases: [{ judge: "standard deviation", asks: {}, truth: 2, law: gaussianLaw, part: 0.1 }],
};
