import type { RateQuestion } from "../../statistics/judges/rate/rate-judge.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";
import { counts } from "../synthetic/values.ts";

export const syntheticRate: Synthetic<RateQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: ({ dispersion = 0 }, truth, { replicates, stream }) => [counts(truth, dispersion, replicates[0]!, stream)],
  cases: [
    ...[0.1, 3].map((truth) => caseOf(truth, {}, `Poisson(${truth})`)),
    ...[0.1, 3].map((truth) => caseOf(truth, { dispersion: 0.5 }, `negative binomial, mean ${truth}, dispersion 0.5`)),
  ],
};

function caseOf(truth: number, asks: Pick<RateQuestion, "dispersion">, label: string): SyntheticCase<RateQuestion> {
  const spread = Math.sqrt(truth + (asks.dispersion ?? 0) * truth * truth);
  const known = [{ value: truth, spread, counts: 1 }];
  return { judge: "rate", asks, truth, law: gaussianLaw, label, replicates: 50, known, part: 0.1 };
}
