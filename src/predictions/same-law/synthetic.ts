import type { SameLawQuestion } from "../../statistics/question.ts";
import { sameLaws } from "../synthetic/at-distance.ts";
import { fourValues, logUniform } from "../synthetic/example-laws.ts";
import { knownOfFirst, lawWithMedian, type Synthetic, upperEdge } from "../synthetic/synthetic.ts";

export const syntheticSameLaw: Synthetic<SameLawQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => upperEdge(question, side, 1),
  needsSpread: () => false,
  law: lawWithMedian,
  draw: (_question, truth, { replicates, stream, law }) =>
    sameLaws(law, truth, replicates, stream).map((column) => ({ columns: [column] })),
  cases: [logUniform, fourValues].map((law) => ({
    judge: "same law",
    asks: {},
    truth: 0.05,
    law,
    label: `${law.name}, distance .05`,
    known: [1, 1].map((spread) => ({ value: 0.05, spread, counts: 1 })),
    replicates: 200,
    part: 0.1,
  })),
};
