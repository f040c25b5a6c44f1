import { nextUniform, type Stream } from "../../numerics/random.ts";
import { knownShare } from "../../statistics/judges/wins/superiority-judge.ts";
import type { Known, SuperiorityQuestion } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";

export const syntheticSuperiority: Synthetic<SuperiorityQuestion> = {
  knownTruth: knownShare,
  edges: (question, side) => edgesFrom(question, side, [0, 1]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream }) =>
    replicates.map((n, group) => {
      const isFirst = group < replicates.length / 2;
      return {
        columns: [Float64Array.from({ length: n }, () => (isFirst ? leaning(truth, stream) : nextUniform(stream)))],
      };
    }),
  cases: [
    caseOf("probability .7", 0.7, 1),
    caseOf("probability .97", 0.97, 1),
    caseOf("probability .4, mean of two strata", 0.4, 2),
  ],
};

/** Exceeds a uniform value with exactly this chance: uniform too, but for a part that lies beyond all of those. */
export function leaning(chance: number, stream: Stream): number {
  const value = nextUniform(stream);
  const beyond = Math.abs(2 * chance - 1);
  if (nextUniform(stream) >= beyond) return value;
  return chance > 0.5 ? 1 + value : value - 1;
}

function caseOf(label: string, truth: number, strata: number): SyntheticCase<SuperiorityQuestion> {
  const known = Array.from({ length: 2 * strata }, (): Known => ({ value: truth, spread: 1, counts: 1 }));
  return { judge: "superiority", asks: {}, truth, law: gaussianLaw, label, replicates: 60, known, part: 0.1 };
}
