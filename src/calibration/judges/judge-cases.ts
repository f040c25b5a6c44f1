import type { Stream } from "../../numerics/random.ts";
import type { Group, Judge } from "../../statistics/judges/judge.ts";
import { judgeOf } from "../../statistics/judges/judges.ts";
import type { Family, Known, Question } from "../../statistics/question.ts";
import { synthesise } from "../synthetic/synthetic.ts";
import {
  bilateralGammaLaw,
  gaussianLaw,
  lightLaw,
  quadraticLaw,
  type StandardLaw,
} from "../synthetic/synthetic-law.ts";
import { tiltedLogChiSquare, tiltedLogUniform } from "../tilted/tilted-law.ts";
import type { JudgeCase } from "./judge-case.ts";

/** ln|U|, the logarithm of a uniform weight: as skewed as the claims' values become. */
const logUniform: StandardLaw = {
  ...bilateralGammaLaw({ skewness: -2, excessKurtosis: 6 }),
  name: tiltedLogUniform.name,
};
/** ln of a squared Gaussian weight. */
const logChiSquare = standard(1);
/** ln of the squared norm of a layer's output at width 16. */
const logNorm = standard(16);
const laplace: StandardLaw = { ...bilateralGammaLaw({ skewness: 0, excessKurtosis: 3 }), name: "Laplace" };
const leaningRight: StandardLaw = bilateralGammaLaw({ skewness: 1, excessKurtosis: 4 });
const uniform: StandardLaw = { ...lightLaw(-1.2), name: "uniform" };

/** A part of the statistic of a question, before its region, family and known values are filled in. */
type Kernel = Question extends infer Q
  ? Q extends Question
    ? Omit<Q, "region" | "rivals" | "known" | "family">
    : never
  : never;

interface Sketch {
  readonly judge: string;
  readonly kernel: Kernel;
  readonly truth: number;
  /** Of the values; its cumulants are the declared family, exactly: no room is given. */
  readonly law: StandardLaw;
  /** One a group; a single group of spread 1 where absent. */
  readonly known?: readonly Known[];
  readonly replicates?: number;
  readonly part?: number;
  readonly tableOnly?: boolean;
  readonly label?: string;
}

/**
 * Every judge on light and heavy laws inside what it guarantees, at the fewest replicates that it accepts (where its
 * approximations are worst) unless `replicates` says otherwise, each group of the size.
 */
export const JUDGE_CASES: readonly JudgeCase[] = [
  ...[gaussianLaw, logChiSquare, logUniform].map((law) =>
    caseOf({ judge: "mean", kernel: { statistic: "mean" }, truth: 0.3, law }),
  ),
  ...[quadraticLaw(1), leaningRight, laplace, uniform].map((law) =>
    caseOf({
      judge: "mean",
      kernel: { statistic: "mean" },
      truth: 0.3,
      law,
      part: 0.3,
      tableOnly: law === leaningRight,
    }),
  ),
  caseOf({
    judge: "mean",
    kernel: { statistic: "mean" },
    truth: 0.3,
    law: logUniform,
    replicates: 2000,
    part: 0.1,
    tableOnly: true,
  }),
  ...[gaussianLaw, logUniform].map((law) =>
    caseOf({ judge: "median", kernel: { statistic: "median" }, truth: 0.3, law }),
  ),
  caseOf({
    judge: "median",
    kernel: { statistic: "median" },
    truth: 0.3,
    law: logUniform,
    replicates: 401,
    part: 0.3,
    tableOnly: true,
  }),
  ...[gaussianLaw, logNorm, logUniform, uniform].map((law) =>
    caseOf({ judge: "variance", kernel: { statistic: "variance" }, truth: 1, law, part: 0.3 }),
  ),
  caseOf({ judge: "variance", kernel: { statistic: "variance" }, truth: 1, law: laplace, part: 0.05, tableOnly: true }),
  ...[gaussianLaw, quadraticLaw(-0.5), quadraticLaw(-1)].map((law) =>
    caseOf({
      judge: "skewness",
      kernel: { statistic: "standardised-moment", order: 3 },
      truth: law.skewness,
      law,
      part: 0.05,
      tableOnly: law.skewness !== 0,
    }),
  ),
  ...[gaussianLaw, quadraticLaw(0.7)].map((law) =>
    caseOf({
      judge: "excess kurtosis",
      kernel: { statistic: "standardised-moment", order: 4 },
      truth: law.excessKurtosis,
      law,
      part: 0.02,
      tableOnly: law.skewness !== 0,
    }),
  ),
  ...[0.5, 1 / 32, 0.97].map((p) =>
    caseOf({
      judge: "proportion",
      kernel: { statistic: "proportion" },
      truth: p,
      law: gaussianLaw,
      label: `probability ${p}`,
      replicates: 200,
      known: [{ value: p, spread: Math.sqrt(p * (1 - p)), counts: 1 }],
      part: 0.3,
    }),
  ),
  ...[gaussianLaw, logUniform].map((law) =>
    caseOf({
      judge: "slope of means",
      kernel: { statistic: "slope", through: "mean", at: [1, 2, 4, 8] },
      truth: -0.2,
      law,
      known: [0.5, 1, 1.5, 2].map((spread) => ({ value: 0, spread, counts: 1 })),
      part: 0.3,
    }),
  ),
  caseOf({
    judge: "slope of medians",
    kernel: { statistic: "slope", through: "median", at: [3, 5, 8, 12] },
    truth: -0.8,
    law: logUniform,
    known: [0.5, 1, 1.5, 2].map((spread) => ({ value: 0, spread, counts: 1 })),
    replicates: 200,
    part: 0.02,
  }),
  ...[gaussianLaw, logUniform, laplace].map((law) =>
    caseOf({ judge: "regression", kernel: { statistic: "regression" }, truth: -1, law, part: 0.3 }),
  ),
  ...[gaussianLaw, logUniform].map((law) =>
    caseOf({
      judge: "difference of means",
      kernel: { statistic: "difference", of: "mean" },
      truth: 0.5,
      law,
      known: [1, 2].map((spread, i) => ({ value: i === 0 ? 0.5 : 0, spread, counts: 1 })),
      part: 0.5,
    }),
  ),
  caseOf({
    judge: "difference of medians",
    kernel: { statistic: "difference", of: "median" },
    truth: 0.5,
    law: logUniform,
    known: [1, 2].map((spread, i) => ({ value: i === 0 ? 0.5 : 0, spread, counts: 1 })),
    replicates: 200,
    part: 0.02,
  }),
  ...[gaussianLaw, logUniform].map((law) =>
    caseOf({
      judge: "difference of log-variances",
      kernel: { statistic: "difference", of: "log-variance" },
      truth: 0.5,
      law,
      known: [1, 1].map((spread, i) => ({ value: i === 0 ? 0.5 : 0, spread, counts: 1 })),
      part: 0.3,
    }),
  ),
  caseOf({
    judge: "difference of proportions",
    kernel: { statistic: "difference", of: "proportion" },
    truth: 0.1,
    law: gaussianLaw,
    label: "probabilities .35 and .25",
    known: [0.35, 0.25].map((value) => ({ value, spread: Math.sqrt(0.21), counts: 1 })),
    replicates: 300,
    part: 0.02,
  }),
  caseOf({
    judge: "law",
    kernel: { statistic: "law", law: { name: "gamma", shape: 20, location: 0, sign: -1 } },
    truth: 0.05,
    law: gaussianLaw,
    label: "gamma(20), distance .05",
    replicates: 200,
    part: 0.02,
  }),
  caseOf({
    judge: "law",
    kernel: { statistic: "law", law: { name: "normal", mean: 1, standardDeviation: 2 } },
    truth: 0.05,
    law: gaussianLaw,
    label: "normal, distance .05",
    replicates: 200,
    part: 0.1,
  }),
  caseOf({
    judge: "same law",
    kernel: { statistic: "same-law" },
    truth: 0.05,
    law: logUniform,
    label: "ln |U|, distance .05",
    known: [1, 1].map((spread) => ({ value: 0.05, spread, counts: 1 })),
    replicates: 200,
    part: 0.1,
  }),
];

/** One case: the judge that the registry has for the question, on draws that have the statistic. */
export function caseOf({
  judge,
  kernel,
  truth,
  law,
  known,
  replicates,
  part,
  label,
  tableOnly = false,
}: Sketch): JudgeCase {
  const groups = known ?? [{ value: truth, spread: 1, counts: 1 }];
  const family: Family = { skewness: Math.abs(law.skewness), excessKurtosis: law.excessKurtosis };
  const question = (region: Question["region"]) =>
    ({ ...kernel, region, rivals: [], known: groups, family }) as Question;
  const whole = question({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY });
  return {
    judge,
    law: label ?? law.name,
    instrument: judgeOf(whole) as Judge<Question>,
    question,
    truth,
    groups: groups.length,
    tableOnly,
    draw: (sizes: readonly number[], stream: Stream): readonly Group[] => synthesise(whole, truth, sizes, stream, law),
    ...(replicates === undefined ? {} : { replicates }),
    ...(part === undefined ? {} : { part }),
  };
}

/** ln chi-square of k degrees of freedom, standardised, as a law to draw from. */
function standard(k: number): StandardLaw {
  const { name, skewness, excessKurtosis, fill } = tiltedLogChiSquare(k);
  return { name, skewness, excessKurtosis, fill: (stream, out, from, to) => fill(stream, out, from, to, 0) };
}
