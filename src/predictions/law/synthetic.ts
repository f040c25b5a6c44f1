import { exp } from "../../numerics/elementary.ts";
import { nextUniform, type Stream } from "../../numerics/random.ts";
import { FAMILIES } from "../../statistics/judges/law/families.ts";
import type { FittedLaw, LawQuestion } from "../../statistics/question.ts";
import { specifiedLaw } from "../synthetic/at-distance.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase, upperEdge } from "../synthetic/synthetic.ts";

export const syntheticLaw: Synthetic<LawQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => upperEdge(question, side, 1),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: ({ law }, truth, { replicates, stream }) => [
    {
      columns: [
        law.name === "fitted"
          ? memberOf(law, truth, replicates[0]!, stream)
          : specifiedLaw(law, truth, replicates[0]!, stream),
      ],
    },
  ],
  // A family's laws are nearer than any one of them: its bounds err less often.
  // The judge sees values only through the specified distribution function: any law may stand for another, and the
  // exponential is drawn fastest.
  standIn: (question) => ({ ...question, law: { name: "gamma", shape: 1, location: 0, sign: 1 } }),
  cases: [
    caseOf({ name: "gamma", shape: 20, location: 0, sign: -1 }, "gamma(20), distance .05", 0.02),
    caseOf({ name: "normal", mean: 1, standardDeviation: 2 }, "normal, distance .05", 0.1),
    caseOf({ name: "discrete", at: [0, 1, 2, 5], chances: [0.1, 0.5, 0.3, 0.1] }, "four values, distance .05", 0.1),
    caseOf(
      {
        name: "given",
        words: "exponential or at once 0",
        upTo: (x) => (x < 0 ? 0 : 1 - 0.3 * exp(-x)),
        below: (x) => (x <= 0 ? 0 : 1 - 0.3 * exp(-x)),
        over: [0, 40],
      },
      "an atom of .7 or exponential, distance .05",
      0.02,
    ),
    { ...caseOf({ name: "fitted", family: "normal" }, "any normal", 0.002), truth: 0 },
  ],
};

/** Values of a law of the family, and at a distance from all of them a part of the values at -Infinity, where no law of a family is. */
function memberOf({ family }: FittedLaw, distance: number, count: number, stream: Stream): Float64Array {
  const { quantile } = FAMILIES[family];
  return Float64Array.from({ length: count }, () =>
    nextUniform(stream) < distance ? Number.NEGATIVE_INFINITY : quantile(nextUniform(stream)),
  );
}

function caseOf(law: LawQuestion["law"], label: string, part: number): SyntheticCase<LawQuestion> {
  return { judge: "law", asks: { law }, truth: 0.05, law: gaussianLaw, label, replicates: 200, part };
}
