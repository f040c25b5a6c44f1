import type { BandQuestion, Known } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import { lawWithMedian, type Synthetic, type SyntheticCase, upperEdge } from "../synthetic/synthetic.ts";
import { bernoulli, centred, located, requiredSpread } from "../synthetic/values.ts";

export const syntheticBand: Synthetic<BandQuestion> = {
  knownTruth: ({ known = [] }) => Math.max(0, ...known.map(({ value }) => value)),
  edges: (question, side) => upperEdge(question, side, Number.POSITIVE_INFINITY),
  needsSpread: () => true,
  law: lawWithMedian,
  // the first measure of the first cell is off by the truth, all others by nothing
  draw: ({ values, within, through, ...question }, truth, { replicates, stream, law }) =>
    values.map((row, cell) => ({
      columns: row.map((value, column) => {
        const margin = within[cell]![column]!;
        const place = value + (cell === 0 && column === 0 ? truth * margin : 0);
        if (through?.[column] === "proportion") return bernoulli(place, replicates[cell]!, stream).columns[0]!;
        const spread = requiredSpread(question, cell) * margin;
        const scaled = through?.[column] === "mean" ? ([place, spread] as const) : centred(law, place, spread);
        return located(law, ...scaled, replicates[cell]!, stream).columns[0]!;
      }),
    })),
  cases: [...[gaussianLaw, logUniform].map(caseOf), ...[gaussianLaw, logUniform].map(meanCaseOf)],
};

/** A mean that is off, and a proportion beside it. */
function meanCaseOf(law: StandardLaw): SyntheticCase<BandQuestion> {
  const asks: SyntheticCase<BandQuestion>["asks"] = {
    ...{ measures: ["a", "b"], names: [""], values: [[0, 0.3]], within: [[1, 0.2]] },
    through: ["mean", "proportion"],
  };
  const known = [{ value: 0.5, spread: 1, counts: 1 }];
  return { judge: "band of a mean and a proportion", asks, truth: 0.5, law, replicates: 300, known, part: 0.02 };
}

function caseOf(law: StandardLaw): SyntheticCase<BandQuestion> {
  const asks = {
    measures: ["a", "b"],
    names: ["1", "2"],
    values: [
      [0, 5],
      [1, 4],
    ],
    within: [
      [1, 2],
      [1, 3],
    ],
  };
  const known = [0.5, 0.5].map((value): Known => ({ value, spread: 1, counts: 1 }));
  return { judge: "band of medians", asks, truth: 0.5, law, replicates: 200, known, part: 0.05 };
}
