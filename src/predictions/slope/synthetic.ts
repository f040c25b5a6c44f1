import type { SlopeQuestion } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import {
  type Drawn,
  edgesAnywhere,
  lawOfFamily,
  lawWithMedian,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { centred, located, requiredSpread } from "../synthetic/values.ts";

const SPREADS = [0.5, 1, 1.5, 2].map((spread) => ({ value: 0, spread, counts: 1 }));

export const syntheticSlope: Synthetic<SlopeQuestion> = {
  knownTruth: ({ at, known }) =>
    slopeOf(
      at,
      at.map((_, i) => known?.[i]?.value ?? Number.NaN),
    ),
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: (question, truth, lean) => (question.through === "median" ? lawWithMedian : lawOfFamily)(question, truth, lean),
  draw,
  cases: [
    ...[gaussianLaw, logUniform].map(
      (law): SyntheticCase<SlopeQuestion> => ({
        judge: "slope of means",
        asks: { through: "mean", at: [1, 2, 4, 8] },
        truth: -0.2,
        law,
        known: SPREADS,
        part: 0.3,
      }),
    ),
    {
      judge: "slope of medians",
      asks: { through: "median", at: [3, 5, 8, 12] },
      truth: -0.8,
      law: logUniform,
      known: SPREADS,
      replicates: 200,
      part: 0.02,
    },
  ],
};

/** Each group at its known value, moved along the contrast (positions less their mean) so that the slope is true. */
function draw(question: SlopeQuestion, truth: number, { replicates, stream, law }: Drawn) {
  const { at, through, known } = question;
  const centre = meanOf(at);
  const values = at.map((_, i) => known?.[i]?.value ?? 0).map((v) => (Number.isFinite(v) ? v : 0));
  const slope = slopeOf(at, values);
  return at.map((t, i) => {
    const value = values[i]! + (truth - slope) * (t - centre);
    const spread = requiredSpread(question, i);
    const [mean, scale] = through === "mean" ? [value, spread] : centred(law, value, spread);
    return located(law, mean, scale, replicates[i]!, stream);
  });
}

/** Least squares, written apart from the judge's own. */
function slopeOf(at: readonly number[], values: readonly number[]): number {
  const centre = meanOf(at);
  const square = at.reduce((sum, t) => sum + (t - centre) ** 2, 0);
  return at.reduce((sum, t, i) => sum + ((t - centre) / square) * values[i]!, 0);
}

function meanOf(at: readonly number[]): number {
  return at.reduce((sum, t) => sum + t, 0) / at.length;
}
