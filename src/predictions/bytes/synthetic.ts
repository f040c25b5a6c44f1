import type { BytesQuestion } from "../../statistics/question.ts";
import { knownDiscrepancy, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";

export const syntheticBytes: Synthetic<BytesQuestion> = {
  knownTruth: knownDiscrepancy,
  edges: ({ region: { high } }, side) => [side === "inside" ? high : high + 1],
  needsSpread: () => false,
  law: lawOfFamily,
  // The last replicate has the truth, the others none.
  draw: (_question, truth, { replicates: [n] }) => [
    { columns: [Float64Array.from({ length: n! }, (_, i) => (i === n! - 1 ? truth : 0))] },
  ],
  // The judge gives no interval that could err.
  cases: [],
};
