import { log } from "../../numerics/elementary.ts";
import type { SurvivalQuestion } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { exponentialTimes } from "../synthetic/survival-times.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";

const SHAPES = {
  "fraction-left": { truth: 0.4, limit: 2, spread: Math.sqrt(0.24) },
  // Of an exponential of median 1, ln 2 the density there: 1 / (sqrt(2 pi) spread).
  "median-time": { truth: 1, spread: Math.SQRT2 / (Math.LN2 * Math.sqrt(Math.PI)) },
  // The standard deviation of an exponential of hazard about 1 until 2.
  "restricted-mean-time": { truth: 0.9, limit: 2, spread: 0.7 },
} as const;

export const syntheticSurvival: Synthetic<SurvivalQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, mostOf(question)]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (question, truth, { replicates, stream }) => [
    exponentialTimes(hazardOf(question, truth), question.censored, replicates[0]!, stream),
  ],
  cases: [true, false].flatMap((censored) =>
    (["fraction-left", "median-time", "restricted-mean-time"] as const).map((of) => caseOf(of, censored)),
  ),
};

/** What the statistic is of a law that never comes. */
function mostOf({ of, limit = Number.NaN }: SurvivalQuestion): number {
  if (of === "fraction-left") return 1;
  return of === "median-time" ? Number.POSITIVE_INFINITY : limit;
}

/** Of exponential times with the statistic. */
function hazardOf({ of, limit = Number.NaN }: SurvivalQuestion, truth: number): number {
  switch (of) {
    case "fraction-left":
      return truth === 0 ? AT_ONCE / limit : -log(truth) / limit;
    case "median-time":
      return truth === 0 ? AT_ONCE : Math.LN2 / truth;
    case "restricted-mean-time":
      return restrictedHazard(truth / limit) / limit;
  }
}

/** A hazard at which nothing is left: e^-40. */
const AT_ONCE = 40;

/** The h with (1 - e^-h) / h = `part`, the mean of an exponential time until 1. */
function restrictedHazard(part: number): number {
  if (part >= 1) return 0;
  let [low, high] = [0, 1 / part];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (-Math.expm1(-middle) / middle > part) low = middle;
    else high = middle;
  }
  return high;
}

function caseOf(of: SurvivalQuestion["of"], censored: boolean): SyntheticCase<SurvivalQuestion> {
  const { truth, spread, ...limit } = SHAPES[of];
  // Of those lost before: their part in the variance.
  const widened = spread * (censored ? 1.3 : 1);
  return {
    judge: of.replaceAll("-", " "),
    asks: { of, censored, ...limit },
    truth,
    law: gaussianLaw,
    label: `exponential times, ${censored ? "a third censored" : "all known"}`,
    known: [{ value: truth, spread: widened, counts: 1 }],
    replicates: 200,
    part: censored ? 0.02 : 0.05,
  };
}
