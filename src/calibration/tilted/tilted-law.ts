import { log } from "../../numerics/elementary.ts";
import { fillGaussian, nextUniform, type Stream } from "../../numerics/random.ts";
import { digamma, logGamma, trigamma } from "../../numerics/special-functions.ts";
import { logChiSquareLaw } from "../../predictions/synthetic/example-laws.ts";
import { nextGamma } from "../../predictions/synthetic/gamma.ts";

/**
 * A standard law (mean 0, variance 1) with its exponential family: the law of density proportional to exp(h T(z)) times
 * its own, where T is the sufficient statistic, standardised too. `cumulant` is K(h) = ln E exp(h T(Z)).
 */
export interface TiltedLaw {
  readonly name: string;
  readonly skewness: number;
  readonly excessKurtosis: number;
  readonly lowest: number;
  readonly highest: number;
  readonly cumulant: (h: number) => number;
  /** K'(h): the mean of T under the tilt. */
  readonly mean: (h: number) => number;
  /** T(z). */
  readonly sufficient: (z: number) => number;
  readonly fill: (stream: Stream, out: Float64Array, from: number, to: number, h: number) => void;
}

const identity = (z: number): number => z;

export const tiltedGaussian: TiltedLaw = {
  name: "Gaussian",
  skewness: 0,
  excessKurtosis: 0,
  lowest: Number.NEGATIVE_INFINITY,
  highest: Number.POSITIVE_INFINITY,
  cumulant: (h) => 0.5 * h * h,
  mean: identity,
  sufficient: identity,
  fill: (stream, out, from, to, h) => {
    fillGaussian(stream, out, from, to);
    for (let i = from; i < to; i++) out[i] = out[i]! + h;
  },
};

/** 1 + ln U: the logarithm of a uniform weight. The tilt is a power of U. */
export const tiltedLogUniform: TiltedLaw = {
  name: "ln |U|",
  skewness: -2,
  excessKurtosis: 6,
  lowest: -1,
  highest: Number.POSITIVE_INFINITY,
  cumulant: (h) => h - Math.log1p(h),
  mean: (h) => h / (1 + h),
  sufficient: identity,
  fill: (stream, out, from, to, h) => {
    for (let i = from; i < to; i++) out[i] = 1 + log(nextUniform(stream)) / (1 + h);
  },
};

/** ln chi-square of k degrees of freedom, standardised: the logarithm of a Gaussian weight for k = 1. The tilt changes k. */
export function tiltedLogChiSquare(k: number): TiltedLaw {
  const shape = k / 2;
  const centre = digamma(shape);
  const deviation = Math.sqrt(trigamma(shape));
  return {
    ...logChiSquareLaw(k),
    lowest: -shape * deviation,
    highest: Number.POSITIVE_INFINITY,
    cumulant: (h) => logGamma(shape + h / deviation) - logGamma(shape) - (h * centre) / deviation,
    mean: (h) => (digamma(shape + h / deviation) - centre) / deviation,
    sufficient: identity,
    fill: (stream, out, from, to, h) => {
      const tilted = shape + h / deviation;
      for (let i = from; i < to; i++) out[i] = (log(nextGamma(stream, tilted)) - centre) / deviation;
    },
  };
}

/** A Gaussian tilted in its square, for judges of variances: T = (z^2 - 1) / sqrt 2, the tilt is another variance. */
export const tiltedSquare: TiltedLaw = {
  name: "Gaussian",
  skewness: 0,
  excessKurtosis: 0,
  lowest: Number.NEGATIVE_INFINITY,
  highest: Math.SQRT1_2,
  cumulant: (h) => -0.5 * Math.log1p(-Math.SQRT2 * h) - h * Math.SQRT1_2,
  mean: (h) => h / (1 - Math.SQRT2 * h),
  sufficient: (z) => (z * z - 1) * Math.SQRT1_2,
  fill: (stream, out, from, to, h) => {
    fillGaussian(stream, out, from, to);
    const scale = 1 / Math.sqrt(1 - Math.SQRT2 * h);
    for (let i = from; i < to; i++) out[i] = scale * out[i]!;
  },
};

/** Zeros and ones, standardised: (x - p) / sqrt(p (1 - p)). For judges of proportions. */
export function tiltedBernoulli(p: number): TiltedLaw {
  const deviation = Math.sqrt(p * (1 - p));
  const tiltedProbability = (h: number) => 1 / (1 + ((1 - p) / p) * Math.exp(-h / deviation));
  return {
    name: `Bernoulli(${p})`,
    skewness: (1 - 2 * p) / deviation,
    excessKurtosis: (1 - 6 * p * (1 - p)) / (p * (1 - p)),
    lowest: Number.NEGATIVE_INFINITY,
    highest: Number.POSITIVE_INFINITY,
    cumulant: (h) => Math.log1p(p * Math.expm1(h / deviation)) - (h * p) / deviation,
    mean: (h) => (tiltedProbability(h) - p) / deviation,
    sufficient: identity,
    fill: (stream, out, from, to, h) => {
      const probability = tiltedProbability(h);
      const one = (1 - p) / deviation;
      const zero = -p / deviation;
      for (let i = from; i < to; i++) out[i] = nextUniform(stream) < probability ? one : zero;
    },
  };
}

/**
 * Uniform on (-1, 1), tilted in its sign, for judges of medians, to which all continuous laws are alike: the variance is
 * 1/3 and the sufficient statistic is the sign.
 */
export const tiltedSign: TiltedLaw = {
  name: "any continuous law",
  skewness: 0,
  excessKurtosis: -1.2,
  lowest: Number.NEGATIVE_INFINITY,
  highest: Number.POSITIVE_INFINITY,
  cumulant: (h) => Math.log(Math.cosh(h)),
  mean: (h) => Math.tanh(h),
  sufficient: Math.sign,
  fill: (stream, out, from, to, h) => {
    const above = 1 / (1 + Math.exp(-2 * h));
    for (let i = from; i < to; i++) {
      const side = nextUniform(stream) < above ? 1 : -1;
      out[i] = side * nextUniform(stream);
    }
  },
};
