import { nextUniform } from "../../numerics/random.ts";
import { knownShare } from "../../statistics/judges/wins/superiority-judge.ts";
import type { Known, PairedSuperiorityQuestion } from "../../statistics/question.ts";
import { leaning } from "../superiority/synthetic.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";

export const syntheticPairedSuperiority: Synthetic<PairedSuperiorityQuestion> = {
  knownTruth: knownShare,
  edges: (question, side) => edgesFrom(question, side, [0, 1]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream }) => {
    // near 0 and 1 there is no room for as many ties
    const ties = Math.min(TIES, 2 * truth, 2 * (1 - truth));
    const chance = (truth - ties / 2) / (1 - ties);
    return replicates.map((n) => {
      const first = new Float64Array(n);
      const second = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        second[i] = nextUniform(stream);
        first[i] = nextUniform(stream) < ties ? second[i]! : leaning(chance, stream);
      }
      return { columns: [first, second] };
    });
  },
  cases: [
    caseOf("probability .7, one pair in ten a tie", 0.7, 1),
    caseOf("probability .4, mean of two strata", 0.4, 2),
  ],
};

/** Part of the pairs that are equal. */
const TIES = 0.1;

function caseOf(label: string, truth: number, strata: number): SyntheticCase<PairedSuperiorityQuestion> {
  const known = Array.from({ length: strata }, (): Known => ({ value: truth, spread: 1, counts: 1 }));
  return { judge: "paired superiority", asks: {}, truth, law: gaussianLaw, label, replicates: 80, known, part: 0.2 };
}
