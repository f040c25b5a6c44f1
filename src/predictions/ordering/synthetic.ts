import { smallestStep } from "../../statistics/judges/orders/ordering-judge.ts";
import type { Known, OrderingQuestion } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import {
  edgesAnywhere,
  lawOfFamily,
  lawWithMedian,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { armsAt } from "../synthetic/values.ts";

const KNOWN = [0, 0.5, 1].map((value): Known => ({ value, spread: 1 + value, counts: 1 }));

export const syntheticOrdering: Synthetic<OrderingQuestion> = {
  knownTruth: smallestStep,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: (question, truth, lean) => (question.through === "median" ? lawWithMedian : lawOfFamily)(question, truth, lean),
  draw: (question, truth, drawn) => armsAt(question, placesOf(question, truth), drawn),
  cases: [caseOf("mean", gaussianLaw), { ...caseOf("median", logUniform), replicates: 200, part: 0.02 }],
};

function caseOf(through: "mean" | "median", law: StandardLaw): SyntheticCase<OrderingQuestion> {
  const asks: SyntheticCase<OrderingQuestion>["asks"] = {
    through,
    names: ["a", "b", "c"],
    pairs: [
      [1, 0],
      [2, 1],
    ],
  };
  return { judge: `smallest step of ${through}s`, asks, truth: 0.5, law, known: KNOWN, part: 0.05 };
}

/** Where each arm stands if every step is the truth. */
function placesOf({ pairs, names }: OrderingQuestion, truth: number): readonly number[] {
  const places = new Map<number, number>();
  for (const [ahead, behind] of pairs) {
    const from = places.get(behind) ?? (places.get(ahead) ?? truth) - truth;
    places.set(behind, from);
    places.set(ahead, from + truth);
  }
  return names.map((_, arm) => places.get(arm) ?? 0);
}
