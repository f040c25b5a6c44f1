import { fillGaussian, nextUniform } from "../../numerics/random.ts";
import type { Family } from "../../statistics/question.ts";
import type { StandardLaw } from "./standard-law.ts";

/** A normal part of a standard law: its weight, mean and deviation. Of deviation 0 it is a point. */
export interface Part {
  readonly weight: number;
  readonly mean: number;
  readonly deviation: number;
}

/**
 * The law of a family whose kurtosis is carried by values too rare to be in most samples: a Gaussian with, now and then, a far
 * value added. What a judge that trusts its sample is broken by. Exactly the skewness and excess kurtosis asked.
 */
export function rareLaw({ skewness, excessKurtosis }: Family): StandardLaw {
  return mixtureLaw(rareParts({ skewness, excessKurtosis }));
}

/** Its parts: one far value where it is skewed, one on each side where not. A Gaussian alone for a kurtosis of 0 or less. */
export function rareParts({ skewness, excessKurtosis }: Family): readonly Part[] {
  if (!(excessKurtosis > 0)) return [{ weight: 1, mean: 0, deviation: 1 }];
  return skewness === 0 ? symmetricParts(excessKurtosis) : lopsidedParts(skewness, excessKurtosis);
}

/** Half of the variance is the far values': the other half's deviation. */
const HALF = Math.SQRT1_2;

/** 0 but for +-b of weight p each: kurtosis 1 / 2p - 3, of which a quarter is left beside a Gaussian of the same variance. */
function symmetricParts(excessKurtosis: number): readonly Part[] {
  const p = 1 / (2 * (4 * excessKurtosis + 3));
  const far = HALF / Math.sqrt(2 * p);
  return [
    { weight: p, mean: -far, deviation: HALF },
    { weight: 1 - 2 * p, mean: 0, deviation: HALF },
    { weight: p, mean: far, deviation: HALF },
  ];
}

/**
 * A Bernoulli variable of skewness s and kurtosis s^2 - 2 with a share w of the variance leaves g = w^(3/2) s and
 * K = w^2 (s^2 - 2) = g^(4/3) (s^(2/3) - 2 s^(-4/3)), which grows with s.
 */
function lopsidedParts(skewness: number, excessKurtosis: number): readonly Part[] {
  const g = Math.abs(skewness);
  if (!(excessKurtosis >= g * g - 2)) {
    throw new RangeError(`rareLaw requires an excess kurtosis of at least ${g * g - 2}, got ${excessKurtosis}`);
  }
  const kurtosis = (s: number) => g ** (4 / 3) * (s ** (2 / 3) - 2 * s ** (-4 / 3));
  let [low, high] = [g, 1e9];
  for (let step = 0; step < 200 && high - low > 1e-14 * high; step++) {
    const middle = Math.sqrt(low * high);
    if (kurtosis(middle) < excessKurtosis) low = middle;
    else high = middle;
  }
  const weight = (1 - high / Math.hypot(2, high)) / 2;
  const share = Math.min(1, (g / high) ** (2 / 3));
  const deviation = Math.sqrt(1 - share);
  const far = Math.sign(skewness) * Math.sqrt((share * (1 - weight)) / weight);
  return [
    { weight: 1 - weight, mean: (-far * weight) / (1 - weight), deviation },
    { weight, mean: far, deviation },
  ];
}

/** The law of parts whose weights add to 1, whose mean is 0 and whose variance is 1. */
function mixtureLaw(parts: readonly Part[]): StandardLaw {
  const { skewness, excessKurtosis } = shapeOf(parts);
  return {
    name: `rare values, skewness ${round(skewness)}, excess kurtosis ${round(excessKurtosis)}`,
    skewness,
    excessKurtosis,
    fill: (stream, out, from, to) => {
      fillGaussian(stream, out, from, to);
      for (let i = from; i < to; i++) {
        const { mean, deviation } = pick(parts, nextUniform(stream));
        out[i] = mean + deviation * out[i]!;
      }
    },
  };
}

/** The part that a uniform number falls to. */
export function pick(parts: readonly Part[], uniform: number): Part {
  let left = uniform;
  for (const part of parts) {
    left -= part.weight;
    if (left < 0) return part;
  }
  return parts.at(-1)!;
}

/** Third and fourth cumulants of parts of mean 0 and variance 1. */
export function shapeOf(parts: readonly Part[]): Pick<StandardLaw, "skewness" | "excessKurtosis"> {
  let [third, fourth] = [0, 0];
  for (const { weight, mean: m, deviation: s } of parts) {
    third += weight * (m ** 3 + 3 * m * s * s);
    fourth += weight * (m ** 4 + 6 * m * m * s * s + 3 * s ** 4);
  }
  return { skewness: third, excessKurtosis: fourth - 3 };
}

function round(x: number): number {
  return Number(x.toPrecision(4));
}
