import { largestViolation } from "../../statistics/judges/orders/monotone-judge.ts";
import type { Known, MonotoneQuestion } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import { lawOfFamily, lawWithMedian, type Synthetic, type SyntheticCase, upperEdge } from "../synthetic/synthetic.ts";
import { armsAt } from "../synthetic/values.ts";

const KNOWN = [0, 0, -0.5].map((value): Known => ({ value, spread: 1, counts: 1 }));

export const syntheticMonotone: Synthetic<MonotoneQuestion> = {
  knownTruth: largestViolation,
  edges: (question, side) => upperEdge(question, side, Number.POSITIVE_INFINITY),
  needsSpread: () => true,
  law: (question, truth, lean) => (question.through === "median" ? lawWithMedian : lawOfFamily)(question, truth, lean),
  // all alike but the last, which lies on the wrong side of the others
  draw: (question, truth, drawn) => {
    const last = question.order === "ascending" ? -truth : truth;
    return armsAt(
      question,
      question.names.map((_, arm) => (arm === question.names.length - 1 ? last : 0)),
      drawn,
    );
  },
  cases: [caseOf("mean", gaussianLaw), { ...caseOf("median", logUniform), replicates: 200, part: 0.02 }],
};

function caseOf(through: "mean" | "median", law: StandardLaw): SyntheticCase<MonotoneQuestion> {
  const asks = { through, order: "ascending", names: ["1", "2", "3"] } as const;
  return { judge: `violation of a trend of ${through}s`, asks, truth: 0.5, law, known: KNOWN, part: 0.05 };
}
