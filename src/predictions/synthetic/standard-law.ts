import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { fillGaussian, nextUniform, type Stream } from "../../numerics/random.ts";
import type { Family } from "../../statistics/question.ts";
import { nextGamma } from "./gamma.ts";
import { rareLaw } from "./rare-law.ts";

/** A law of mean 0 and variance 1 with known cumulants, from which synthetic values are drawn. */
export interface StandardLaw {
  readonly name: string;
  readonly skewness: number;
  readonly excessKurtosis: number;
  /** Median and density there; absent where they have no closed form and nothing needs them. */
  readonly middle?: { readonly median: number; readonly density: number };
  readonly fill: (stream: Stream, out: Float64Array, from: number, to: number) => void;
}

export const gaussianLaw: StandardLaw = {
  name: "Gaussian",
  skewness: 0,
  excessKurtosis: 0,
  middle: { median: 0, density: 1 / Math.sqrt(2 * Math.PI) },
  fill: fillGaussian,
};

/** Skewness of a squared Gaussian: what a quadratic of a Gaussian can reach but not exceed. */
const LARGEST_QUADRATIC_SKEWNESS = Math.sqrt(8);

/**
 * (Z + a (Z^2 - 1)) / sqrt(1 + 2 a^2) of a standard normal Z: any skewness up to that of a squared Gaussian, excess
 * kurtosis 4/3 to 3/2 of the skewness squared, an exponential tail. One Gaussian a draw.
 */
export function quadraticLaw(skewness: number): StandardLaw {
  if (!(Math.abs(skewness) < LARGEST_QUADRATIC_SKEWNESS)) {
    throw new RangeError(`quadraticLaw requires a skewness below sqrt(8), got ${skewness}`);
  }
  if (skewness === 0) return gaussianLaw;
  const sign = Math.sign(skewness);
  const a = bisect((t) => quadraticCumulants(t).skewness, Math.abs(skewness), 0, 1e4);
  const scale = Math.sqrt(1 + 2 * a * a);
  const median = bisect((x) => quadraticCdf(a, scale, x), 0.5, -a / scale - 1 / (4 * a * scale), 2);
  return {
    name: `quadratic of a Gaussian, skewness ${round(skewness)}`,
    skewness,
    excessKurtosis: quadraticCumulants(a).excessKurtosis,
    middle: { median: sign * median, density: quadraticDensity(a, scale, median) },
    fill: (stream, out, from, to) => {
      fillGaussian(stream, out, from, to);
      for (let i = from; i < to; i++) {
        const z = out[i]!;
        out[i] = (sign * (z + a * (z * z - 1))) / scale;
      }
    },
  };
}

function quadraticCumulants(a: number): Family {
  const variance = 1 + 2 * a * a;
  return {
    skewness: (6 * a + 8 * a ** 3) / variance ** 1.5,
    excessKurtosis: (48 * a * a + 48 * a ** 4) / (variance * variance),
  };
}

/** Roots of a z^2 + z - a = scale x: between them the quadratic is below x. */
function quadraticRoots(a: number, scale: number, x: number): { low: number; high: number; root: number } {
  const root = Math.sqrt(Math.max(0, 1 + 4 * a * (a + scale * x)));
  // The upper root without cancellation for small a.
  return { low: (-1 - root) / (2 * a), high: (2 * (a + scale * x)) / (1 + root), root };
}

function quadraticCdf(a: number, scale: number, x: number): number {
  const { low, high } = quadraticRoots(a, scale, x);
  return normalCdf(high, 0, 1) - normalCdf(low, 0, 1);
}

function quadraticDensity(a: number, scale: number, x: number): number {
  const { low, high, root } = quadraticRoots(a, scale, x);
  return (scale * (Math.exp(-0.5 * low * low) + Math.exp(-0.5 * high * high))) / (Math.sqrt(2 * Math.PI) * root);
}

/**
 * theta (G1 - G2 - mean) of independent gammas: exactly the skewness and excess kurtosis asked, for any kurtosis of at
 * least 3/2 of the skewness squared; exponential tails on both sides. Exponential for (2, 6), Laplace for (0, 3).
 * Cumulants of a gamma of shape k and scale theta are k theta^j (j - 1)!. Two gammas a draw.
 */
export function bilateralGammaLaw({ skewness, excessKurtosis }: Family): StandardLaw {
  if (excessKurtosis === 0 && skewness === 0) return gaussianLaw;
  const theta = Math.sqrt(excessKurtosis / 6);
  const sum = 1 / (theta * theta);
  const difference = skewness / (2 * theta ** 3);
  // A gamma of one side has difference = +-sum up to rounding.
  if (!(Math.abs(difference) <= sum * (1 + 1e-9))) {
    throw new RangeError(
      `bilateralGammaLaw requires an excess kurtosis of at least ${1.5 * skewness * skewness}, got ${excessKurtosis}`,
    );
  }
  const one = Math.abs(difference) > sum * (1 - 1e-9);
  const upper = one ? (difference > 0 ? sum : 0) : (sum + difference) / 2;
  const lower = one ? sum - upper : (sum - difference) / 2;
  const mean = upper - lower;
  const exponential = one && Math.abs(sum - 1) < 1e-9;
  return {
    name: `bilateral gamma, skewness ${round(skewness)}, excess kurtosis ${round(excessKurtosis)}`,
    skewness,
    excessKurtosis,
    ...(exponential ? { middle: { median: Math.sign(skewness) * (Math.LN2 - 1), density: 0.5 } } : {}),
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = theta * (nextGamma(stream, upper) - nextGamma(stream, lower) - mean);
    },
  };
}

/** Sum of a uniform and a Gaussian: symmetric, excess kurtosis from -1.2 (uniform) to 0. */
export function lightLaw(excessKurtosis: number): StandardLaw {
  if (!(excessKurtosis >= -1.2 && excessKurtosis <= 0)) {
    throw new RangeError(`lightLaw requires an excess kurtosis from -1.2 to 0, got ${excessKurtosis}`);
  }
  const uniformVariance = Math.sqrt(-excessKurtosis / 1.2);
  const uniformScale = Math.sqrt(12 * uniformVariance);
  const gaussianScale = Math.sqrt(1 - uniformVariance);
  return {
    name: `uniform plus Gaussian, excess kurtosis ${round(excessKurtosis)}`,
    skewness: 0,
    excessKurtosis,
    fill: (stream, out, from, to) => {
      fillGaussian(stream, out, from, to);
      for (let i = from; i < to; i++) {
        out[i] = gaussianScale * out[i]! + uniformScale * (nextUniform(stream) - 0.5);
      }
    },
  };
}

/** Which end of a family a synthetic law stands for. */
export interface Lean {
  /** Sign of the skewness. Logarithms lean to the left. */
  readonly skew: -1 | 0 | 1;
  /** "light": as little kurtosis as the skewness needs. "heavy": all that the family allows. "rare": the same in few values, see `rareLaw`. */
  readonly tails: "light" | "heavy" | "rare";
}

/**
 * A law inside a family: its whole skewness (or as much as its kurtosis allows) on the side asked. Light laws know their
 * median; heavy ones do so where they are exponential or symmetric.
 */
export function lawWithin(family: Family, lean: Lean): StandardLaw {
  const name = `${family.skewness} ${family.excessKurtosis} ${lean.skew} ${lean.tails}`;
  const known = lawsWithin.get(name);
  if (known) return known;
  const law = lawOf(family, lean);
  lawsWithin.set(name, law);
  return law;
}

/** Finding a law's parameters costs as much as a thousand of its values; the same ones are asked for in each run. */
const lawsWithin = new Map<string, StandardLaw>();

function lawOf(family: Family, lean: Lean): StandardLaw {
  const kurtosis = Math.max(0, family.excessKurtosis);
  const skewness = lean.skew * Math.min(Math.abs(family.skewness), Math.sqrt(kurtosis / 1.5));
  if (lean.tails === "rare") return rareLaw({ skewness, excessKurtosis: kurtosis });
  const quadratic = Math.abs(skewness) < LARGEST_QUADRATIC_SKEWNESS;
  if (lean.tails === "light" && quadratic) return quadraticLaw(skewness);
  const tail = lean.tails === "light" ? 1.5 * skewness * skewness : kurtosis;
  return bilateralGammaLaw({ skewness, excessKurtosis: tail });
}

/** The x in [low, high] at which an increasing function has the value, to the last bits. */
function bisect(f: (x: number) => number, value: number, low: number, high: number): number {
  let [below, above] = [low, high];
  // 200 halvings reach neighbouring float64 numbers from any of the ranges used here.
  for (let step = 0; step < 200 && below < above; step++) {
    const middle = below + (above - below) / 2;
    if (middle === below || middle === above) break;
    if (f(middle) < value) below = middle;
    else above = middle;
  }
  return above;
}

function round(x: number): number {
  return Number(x.toPrecision(4));
}
