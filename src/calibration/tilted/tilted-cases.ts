import { nextUniform, type Stream } from "../../numerics/random.ts";
import { type AnyQuestion, kindOf } from "../../predictions/kinds.ts";
import type { Group, Judge } from "../../statistics/judges/judge.ts";
import type { Family } from "../../statistics/question.ts";
import { EVERYWHERE, type Instrument } from "../judges/judge-case.ts";
import {
  type TiltedLaw,
  tiltedBernoulli,
  tiltedGaussian,
  tiltedLogChiSquare,
  tiltedLogUniform,
  tiltedSign,
  tiltedSquare,
} from "./tilted-law.ts";
import type { Block, TiltedDesign } from "./tilted-rate.ts";

/** A judge on laws that can be tilted, at the levels of real suites. */
export interface TiltedCase {
  readonly judge: string;
  readonly law: string;
  readonly instrument: Instrument;
  readonly question: AnyQuestion;
  readonly truth: number;
  readonly groups: number;
  /** For so many replicates a group. */
  readonly design: (replicates: number) => TiltedDesign<Float64Array>;
  /** The groups that standardised values (and what was drawn before them) make. */
  readonly toGroups: (values: Float64Array, context: Float64Array) => readonly Group[];
  /** Replicates a group, where not the fewest that the judge accepts at the level. */
  readonly replicates?: number;
  readonly part?: number;
}

const NONE = new Float64Array(0);
const asked = { region: EVERYWHERE, rivals: [] };

/** Judges whose statistic is linear in tiltable values: of means, medians, proportions, variances, slopes, regressions. */
export const TILTED_CASES: readonly TiltedCase[] = [
  ...[tiltedGaussian, tiltedLogChiSquare(16), tiltedLogChiSquare(1), tiltedLogUniform].map((law) =>
    linearCase("mean", { statistic: "mean", ...asked, families: [familyOf(law)] }, law, [{ scale: 1, weight: 1 }]),
  ),
  {
    ...linearCase("median", { statistic: "median", ...asked }, tiltedSign, [{ scale: 1, weight: 1 }]),
    replicates: 401,
  },
  ...[0.5, 1 / 32].map(proportionCase),
  linearCase(
    "variance",
    { statistic: "variance", ...asked, families: [{ skewness: 0, excessKurtosis: 0 }] },
    tiltedSquare,
    [{ scale: 1, weight: 1 }],
    1,
  ),
  ...[tiltedGaussian, tiltedLogUniform].map((law) =>
    linearCase(
      "slope of means",
      { statistic: "slope", through: "mean", at: [1, 2, 4, 8], ...asked, families: Array(4).fill(familyOf(law)) },
      law,
      // Positions less their mean 3.75, over their sum of squares 28.75.
      [-2.75, -1.75, 0.25, 4.25].map((position, i) => ({ scale: (i + 1) / 2, weight: position / 28.75 })),
    ),
  ),
  ...[tiltedGaussian, tiltedLogUniform].map((law) =>
    linearCase(
      "difference of means",
      { statistic: "difference", of: "mean", ...asked, families: Array(2).fill(familyOf(law)) },
      law,
      [
        { scale: 1, weight: 1 },
        { scale: 2, weight: -1 },
      ],
    ),
  ),
  ...[tiltedGaussian, tiltedLogUniform].map(regressionCase),
];

/** One group of a linear statistic: sum over groups of weight times the mean of scale times standard values. */
interface Arm {
  readonly scale: number;
  readonly weight: number;
}

/** Groups of scaled standard values; `truth` is the statistic's value, 0 for what is linear in the values. */
export function linearCase(
  judge: string,
  question: AnyQuestion,
  law: TiltedLaw,
  arms: readonly Arm[],
  truth = 0,
): TiltedCase {
  return {
    judge,
    law: law.name,
    instrument: kindOf(question).judge as Judge<AnyQuestion>,
    question,
    truth,
    groups: arms.length,
    design: (replicates) => {
      const blocks = arms.map(({ scale, weight }) => ({ size: replicates, influence: (scale * weight) / replicates }));
      return { law, prepare: () => ({ blocks, context: NONE }) };
    },
    toGroups: (values) => {
      const size = values.length / arms.length;
      return arms.map(({ scale }, g) => ({
        columns: [values.slice(g * size, (g + 1) * size).map((value) => scale * value)],
      }));
    },
  };
}

function proportionCase(p: number): TiltedCase {
  const linear = linearCase("proportion", { statistic: "proportion", ...asked }, tiltedBernoulli(p), [
    { scale: 1, weight: 1 },
  ]);
  return {
    ...linear,
    truth: p,
    replicates: 1000,
    toGroups: (values) => [{ columns: [values.map((value) => (value > 0 ? 1 : 0))] }],
  };
}

/** Least and largest size of a regressor of variance 1: see `synthesise`. */
const SIZES = [0.5, (Math.sqrt(11.25) - 0.5) / 2] as const;

/** Scores x e of the law, so residuals e = z / x: each pair's tilt moves the slope alike. The slope is 0. */
function regressionCase(law: TiltedLaw): TiltedCase {
  const question: AnyQuestion = { statistic: "regression", ...asked, families: [blockFamilyOf(law)] };
  return {
    ...linearCase("regression", question, law, [{ scale: 1, weight: 1 }]),
    design: (replicates) => {
      const blocks: readonly Block[] = [{ size: replicates, influence: 1 / replicates }];
      return { law, prepare: (stream) => ({ blocks, context: regressors(stream, replicates) }) };
    },
    toGroups: (values, context) => [{ columns: [context, values.map((value, i) => value / context[i]!)] }],
  };
}

/** Of a block's score: no more than a heavy score's own, and 0.5 (by simulation) where a score's is 0. */
function blockFamilyOf(law: TiltedLaw): Family {
  return { skewness: Math.abs(law.skewness), excessKurtosis: Math.max(1, law.excessKurtosis) };
}

function regressors(stream: Stream, count: number): Float64Array {
  const [least, largest] = SIZES;
  return Float64Array.from({ length: count }, () => {
    const size = least + (largest - least) * nextUniform(stream);
    return nextUniform(stream) < 0.5 ? -size : size;
  });
}

function familyOf({ skewness, excessKurtosis }: TiltedLaw): Family {
  return { skewness: Math.abs(skewness), excessKurtosis };
}
