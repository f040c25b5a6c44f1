import { nextUniform, type Stream } from "../../numerics/random.ts";
import { shapeOf } from "../../predictions/synthetic/rare-law.ts";
import { heavinessOf, influence } from "../../statistics/moments/influence.ts";
import type { RegressionQuestion, StandardisedMomentQuestion } from "../../statistics/question.ts";
import { gammaQuadrature } from "./gamma-quadrature.ts";
import { lawsWithin } from "./laws-within.ts";
import { type Attack, linearAttack } from "./linear-attack.ts";
import { tiltedPoints } from "./tilted-parts.ts";

/**
 * Skewness and kurtosis: points that have the cumulants of gamma laws up to the eighth, as the judge's promise asks, of the whole
 * heaviness of the family and of parts of it, to either side; tilted in the values' influence on the statistic.
 */
export function attacksOnMoments(question: StandardisedMomentQuestion, sizes: readonly number[]): readonly Attack[] {
  const theta = heavinessOf(question.families![0]!);
  const heavinesses = theta === 0 ? [0] : [-theta, -theta / 2, 0, theta / 2, theta];
  return heavinesses.map((each) => {
    const points = gammaQuadrature(Math.abs(each)).map((part) => ({
      ...part,
      mean: each < 0 ? -part.mean : part.mean,
    }));
    const { skewness, excessKurtosis } = shapeOf(points);
    const polynomial = influence(question.order, skewness, excessKurtosis);
    const law = tiltedPoints(`five points as gamma's, skewness ${Number(skewness.toPrecision(3))}`, points, (z) =>
      polynomial.reduceRight((sum, coefficient) => sum * z + coefficient, 0),
    );
    return {
      ...linearAttack(law, [{ size: sizes[0]!, weight: 1 }], (values) => values),
      truth: question.order === 3 ? skewness : excessKurtosis,
    };
  });
}

/** Least and largest size of a regressor of variance 1: a^2 + a b + b^2 = 3. */
const SIZES = [0.5, (Math.sqrt(11.25) - 0.5) / 2] as const;

/**
 * Regressions of slope 0, whose scores x e have a law of the family: residuals e = z / x. A block's score has a kurtosis of at most
 * its values' own where that is 1 or more (by simulation), and 0.5 where it is 0: so laws of kurtosis above 1 alone count.
 */
export function attacksOnRegression(question: RegressionQuestion, sizes: readonly number[]): readonly Attack[] {
  const { skewness, excessKurtosis } = question.families![0]!;
  if (excessKurtosis < 1) return [];
  return lawsWithin({ skewness, excessKurtosis }, "value").map((law) => {
    const linear = linearAttack(law, [{ size: sizes[0]!, weight: 1 }], (values) => values, regressors(sizes[0]!));
    return {
      ...linear,
      groupsOf: (values: Float64Array, x: Float64Array) => [{ columns: [x, values.map((z, i) => z / x[i]!)] }],
    };
  });
}

function regressors(count: number): (stream: Stream) => Float64Array {
  const [least, largest] = SIZES;
  return (stream) =>
    Float64Array.from({ length: count }, () => {
      const size = least + (largest - least) * nextUniform(stream);
      return nextUniform(stream) < 0.5 ? -size : size;
    });
}
