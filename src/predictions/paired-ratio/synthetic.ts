import type { PairedRatioQuestion } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesAnywhere, knownOfFirst, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";
import { located, requiredSpread } from "../synthetic/values.ts";

/** Remainders and second measures are independent and of one law, so that every sum of them is of its family. */
export const syntheticPairedRatio: Synthetic<PairedRatioQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: lawOfFamily,
  draw: (question, truth, { replicates, stream, law }) => {
    const [n] = replicates;
    const remainder = located(law, 0, requiredSpread(question, 0), n!, stream).columns[0]!;
    const over = located(law, 1, question.overSpread ?? OVER_SPREAD, n!, stream).columns[0]!;
    return [{ columns: [over.map((value, pair) => truth * value + remainder[pair]!), over] }];
  },
  cases: [gaussianLaw, logUniform].map((law) => ({
    judge: "ratio of the means of pairs",
    asks: {},
    truth: 2,
    law,
    known: [{ value: 2, spread: 0.2, counts: 1 }],
    part: 0.02,
  })),
};

/** Deviation of the second measure over its mean, where a claim does not say. */
const OVER_SPREAD = 0.2;
