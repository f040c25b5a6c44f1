import { cosSinTwoPi } from "../../numerics/elementary.ts";
import { nextGaussian } from "../../numerics/random.ts";
import type { RankCorrelationQuestion } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";

export const syntheticRankCorrelation: Synthetic<RankCorrelationQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [-1, 1]),
  needsSpread: () => false,
  law: lawOfFamily,
  // Of two normal variables tau = (2 / pi) arcsin(rho).
  draw: (_question, truth, { replicates, stream }) => {
    const turn = new Float64Array(2);
    cosSinTwoPi(Math.abs(truth) / 4, turn, 0);
    const [across, along] = [turn[0]!, Math.sign(truth) * turn[1]!];
    const first = new Float64Array(replicates[0]!);
    const second = new Float64Array(replicates[0]!);
    for (let i = 0; i < first.length; i++) {
      first[i] = nextGaussian(stream);
      second[i] = along * first[i]! + across * nextGaussian(stream);
    }
    return [{ columns: [first, second] }];
  },
  cases: [0, 0.7].map(
    (truth): SyntheticCase<RankCorrelationQuestion> => ({
      judge: "Kendall's tau",
      asks: {},
      truth,
      law: gaussianLaw,
      label: `normal, tau ${truth}`,
      replicates: 60,
      known: [{ value: truth, spread: 1, counts: 1 }],
      part: 0.1,
    }),
  ),
};
