import type { RateQuestion } from "../../statistics/judges/rate/rate-judge.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";
import { poisson } from "../synthetic/values.ts";

export const syntheticRate: Synthetic<RateQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream }) => [poisson(truth, replicates[0]!, stream)],
  cases: [0.1, 3].map((truth) => ({
    judge: "rate",
    asks: {},
    truth,
    law: gaussianLaw,
    label: `Poisson(${truth})`,
    replicates: 50,
    known: [{ value: truth, spread: Math.sqrt(truth), counts: 1 }],
    part: 0.1,
  })),
};
