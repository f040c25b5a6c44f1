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
  // Of two normal variables tau = (2 / pi) arcsin(r) and rho = (6 / pi) arcsin(r / 2).
  draw: ({ of }, truth, { replicates, stream }) => {
    const turn = new Float64Array(2);
    cosSinTwoPi(Math.abs(truth) / (of === "kendall-tau" ? 4 : 12), turn, 0);
    const r = of === "kendall-tau" ? turn[1]! : 2 * turn[1]!;
    const [across, along] = [of === "kendall-tau" ? turn[0]! : Math.sqrt(1 - r * r), Math.sign(truth) * r];
    const first = new Float64Array(replicates[0]!);
    const second = new Float64Array(replicates[0]!);
    for (let i = 0; i < first.length; i++) {
      first[i] = nextGaussian(stream);
      second[i] = along * first[i]! + across * nextGaussian(stream);
    }
    return [{ columns: [first, second] }];
  },
  cases: [
    ...[0, 0.7].map((truth) => caseOf("kendall-tau", "Kendall's tau", "tau", truth)),
    ...[0, 0.7].map((truth) => caseOf("spearman-rho", "Spearman's rho", "rho", truth)),
  ],
};

function caseOf(
  of: RankCorrelationQuestion["of"],
  judge: string,
  short: string,
  truth: number,
): SyntheticCase<RankCorrelationQuestion> {
  return {
    judge,
    asks: { of },
    truth,
    law: gaussianLaw,
    label: `normal, ${short} ${truth}`,
    replicates: 60,
    known: [{ value: truth, spread: 1, counts: 1 }],
    part: 0.1,
  };
}
