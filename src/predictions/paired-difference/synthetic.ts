import { nextUniform, type Stream } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { PairedDifferenceQuestion } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesAnywhere, knownOfFirst, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";
import { located, requiredSpread } from "../synthetic/values.ts";

export const syntheticPairedDifference: Synthetic<PairedDifferenceQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: lawOfFamily,
  draw: (question, truth, { replicates, stream, law }) => {
    const spread = requiredSpread(question, 0);
    return [beside(located(law, truth, spread, replicates[0]!, stream), COMMON * spread, stream)];
  },
  cases: [gaussianLaw, logUniform].map((law) => ({
    judge: "mean difference of pairs",
    asks: {},
    truth: 0.3,
    law,
    part: 0.2,
  })),
};

/** What both measures of a replicate have in common, in deviations of their difference: it has to cancel. */
const COMMON = 30;

/** Pairs of these differences, whose second measure is uniform over `width`. */
function beside({ columns: [differences] }: Group, width: number, stream: Stream): Group {
  const over = differences!.map(() => width * nextUniform(stream));
  return { columns: [differences!.map((difference, pair) => over[pair]! + difference), over] };
}
