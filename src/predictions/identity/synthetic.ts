import type { IdentityQuestion } from "../../statistics/question.ts";
import { knownDiscrepancy, lawOfFamily, type Synthetic, upperEdge } from "../synthetic/synthetic.ts";

export const syntheticIdentity: Synthetic<IdentityQuestion> = {
  knownTruth: knownDiscrepancy,
  edges: (question, side) => upperEdge(question, side, Number.POSITIVE_INFINITY),
  needsSpread: () => false,
  law: lawOfFamily,
  // The last replicate has the truth, the others less.
  draw: (_question, truth, { replicates: [n] }) => [
    { columns: [Float64Array.from({ length: n! }, (_, i) => (truth * (i + 1)) / n!)] },
  ],
  // The judge gives no interval that could err.
  cases: [],
};
