import { exp } from "../../numerics/elementary.ts";
import { nextUniform, type Stream } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type {
  DifferenceQuestion,
  Question,
  SlopeQuestion,
  StandardisedMomentQuestion,
} from "../../statistics/question.ts";
import { sameLaws, specifiedLaw } from "./synthetic-distance.ts";
import { bilateralGammaLaw, gaussianLaw, type Lean, lawWithin, lightLaw, type StandardLaw } from "./synthetic-law.ts";

/** Logarithms of weights and norms are skewed to the left, and only as heavy as that needs. */
export const LOGARITHM: Lean = { skew: -1, tails: "light" };

/**
 * Groups of synthetic values for which the question's statistic is exactly `truth`, with the question's known spreads and
 * a law inside its declared family; what counts against the instrument is the instrument's fault.
 *
 * `replicates`: values a group, after exclusions. `lean`: which law of the family, or the law itself (whose
 * standardised moment is then the truth). Draws follow one another
 * on the stream. By statistic:
 * mean, median, variance: a law of the family moved or scaled. Proportion: Bernoulli. Standardised moment: the law has it.
 * Slope: each group at its known value, moved along the contrast (positions less their mean) so that the slope is true.
 * Regression: residuals skewed and heteroscedastic, the score (regressor times residual) of the family's law.
 * Difference: split evenly over both groups. Law and same law: see `specifiedLaw`. Identity, bytes: the last replicate has
 * `truth`, the others less.
 *
 * Throws `RangeError` where the question's known spread is needed and absent, or no such law exists.
 */
export function synthesise(
  question: Question,
  truth: number,
  replicates: readonly number[],
  stream: Stream,
  lean: Lean | StandardLaw = LOGARITHM,
): readonly Group[] {
  const law = "fill" in lean ? lean : lawOf(question, lean);
  const [first] = replicates;
  const n = first ?? 0;
  switch (question.statistic) {
    case "mean":
      return [located(law, truth, spreadOf(question, 0), n, stream)];
    case "median":
      return [located(law, ...centred(law, truth, spreadOf(question, 0)), n, stream)];
    case "variance":
      return [located(law, 0, Math.sqrt(truth), n, stream)];
    case "standardised-moment":
      return [
        located("fill" in lean ? lean : lawOfMoment(question, truth), 0, knownSpread(question, 0) ?? 1, n, stream),
      ];
    case "proportion":
      return [bernoulli(truth, n, stream)];
    case "slope":
      return slopeGroups(question, law, truth, replicates, stream);
    case "regression":
      return [regressionPairs(law, truth, spreadOf(question, 0), n, stream)];
    case "difference":
      return differenceGroups(question, law, truth, replicates, stream);
    case "law":
      return [{ columns: [specifiedLaw(question.law, truth, n, stream)] }];
    case "same-law":
      return sameLaws(law, truth, replicates, stream).map((column) => ({ columns: [column] }));
    case "identity":
      return [{ columns: [Float64Array.from({ length: n }, (_, i) => (truth * (i + 1)) / n)] }];
    case "bytes":
      return [{ columns: [Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? truth : 0))] }];
  }
}

/** The law that a question's values are drawn from, where its family decides that: a Gaussian where it declares none. */
export function lawOf(question: Question, lean: Lean): StandardLaw {
  if (question.family === undefined) return gaussianLaw;
  const needsMedian =
    question.statistic === "median" ||
    (question.statistic === "slope" && question.through === "median") ||
    (question.statistic === "difference" && question.of === "median") ||
    question.statistic === "same-law";
  const law = lawWithin(question.family, lean);
  return needsMedian && law.middle === undefined ? lawWithin(question.family, { ...lean, tails: "light" }) : law;
}

function located(law: StandardLaw, mean: number, scale: number, n: number, stream: Stream): Group {
  const column = new Float64Array(n);
  law.fill(stream, column, 0, n);
  for (let i = 0; i < n; i++) column[i] = mean + scale * column[i]!;
  return { columns: [column] };
}

/** Mean and scale that give a median and the density there that its known spread stands for: 1 / (sqrt(2 pi) spread). */
function centred(law: StandardLaw, median: number, spread: number): readonly [mean: number, scale: number] {
  if (law.middle === undefined) throw new RangeError(`synthesise requires a law with a known median, got ${law.name}`);
  const scale = law.middle.density * Math.sqrt(2 * Math.PI) * spread;
  return [median - scale * law.middle.median, scale];
}

/** Skewness from the quadratic of a Gaussian up to its reach, then a gamma; kurtosis from a symmetric law. */
function lawOfMoment({ order }: StandardisedMomentQuestion, truth: number): StandardLaw {
  if (order === 3) {
    const family = { skewness: Math.abs(truth), excessKurtosis: 1.5 * truth * truth };
    return lawWithin(family, { skew: truth < 0 ? -1 : 1, tails: "light" });
  }
  return truth < 0 ? lightLaw(truth) : bilateralGammaLaw({ skewness: 0, excessKurtosis: truth });
}

function bernoulli(probability: number, n: number, stream: Stream): Group {
  const column = new Float64Array(n);
  for (let i = 0; i < n; i++) column[i] = nextUniform(stream) < probability ? 1 : 0;
  return { columns: [column] };
}

function slopeGroups(
  question: SlopeQuestion,
  law: StandardLaw,
  truth: number,
  replicates: readonly number[],
  stream: Stream,
): readonly Group[] {
  const { at } = question;
  const centre = at.reduce((sum, t) => sum + t, 0) / at.length;
  const square = at.reduce((sum, t) => sum + (t - centre) ** 2, 0);
  const values = at.map((_, i) => question.known?.[i]?.value ?? 0).map((v) => (Number.isFinite(v) ? v : 0));
  const slope = at.reduce((sum, t, i) => sum + ((t - centre) / square) * values[i]!, 0);
  return at.map((t, i) => {
    const value = values[i]! + (truth - slope) * (t - centre);
    const spread = spreadOf(question, i);
    const [mean, scale] = question.through === "mean" ? [value, spread] : centred(law, value, spread);
    return located(law, mean, scale, replicates[i]!, stream);
  });
}

/** The regressor's size is uniform between these, which gives it variance 1: a^2 + a b + b^2 = 3. */
const LEAST_REGRESSOR = 0.5;
const LARGEST_REGRESSOR = (Math.sqrt(3 * (4 - LEAST_REGRESSOR ** 2)) - LEAST_REGRESSOR) / 2;

/**
 * The judge's family is that of the score, regressor times residual: so the score is drawn from it, and divided by the
 * regressor, of random sign and size, it is a residual that is skewed and heteroscedastic and has mean 0 given the regressor.
 */
function regressionPairs(law: StandardLaw, slope: number, spread: number, n: number, stream: Stream): Group {
  const regressor = new Float64Array(n);
  const response = new Float64Array(n);
  law.fill(stream, response, 0, n);
  for (let i = 0; i < n; i++) {
    const size = LEAST_REGRESSOR + (LARGEST_REGRESSOR - LEAST_REGRESSOR) * nextUniform(stream);
    const x = nextUniform(stream) < 0.5 ? -size : size;
    regressor[i] = x;
    response[i] = slope * x + (spread * response[i]!) / x;
  }
  return { columns: [regressor, response] };
}

function differenceGroups(
  question: DifferenceQuestion,
  law: StandardLaw,
  truth: number,
  replicates: readonly number[],
  stream: Stream,
): readonly Group[] {
  return [0.5, -0.5].map((part, i) => {
    const n = replicates[i]!;
    if (question.of === "proportion") {
      return bernoulli(middleProportion(knownSpread(question, i), truth) + part * truth, n, stream);
    }
    const spread = spreadOf(question, i);
    if (question.of === "mean") return located(law, part * truth, spread, n, stream);
    if (question.of === "median") return located(law, ...centred(law, part * truth, spread), n, stream);
    return located(law, 0, spread * exp((part * truth) / 2), n, stream);
  });
}

/** The smaller proportion of the known standard deviation (one half where none is known), kept from leaving [0, 1]. */
function middleProportion(spread: number | undefined, difference: number): number {
  const root = spread === undefined ? 0 : Math.sqrt(Math.max(0, 1 - 4 * spread * spread));
  const half = Math.abs(difference) / 2;
  return Math.min(1 - half, Math.max(half, (1 - root) / 2));
}

function knownSpread(question: Question, group: number): number | undefined {
  const spread = question.known?.[group]?.spread;
  return spread !== undefined && Number.isFinite(spread) ? spread : undefined;
}

function spreadOf(question: Question, group: number): number {
  const spread = knownSpread(question, group);
  if (spread === undefined) {
    throw new RangeError(
      `synthesise of a ${question.statistic} requires the known spread of group ${group}, got ${question.known?.[group]?.spread}`,
    );
  }
  return spread;
}
