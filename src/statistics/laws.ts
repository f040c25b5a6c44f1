import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { logGamma } from "../numerics/special-functions.ts";
import type { DiscreteLaw, GivenLaw, Law } from "./question.ts";

/** Distribution function P(X <= x) of a fully specified law; x may be infinite. Throws for parameters that are no law's. */
export function cdf(law: Law): (x: number) => number {
  switch (law.name) {
    case "normal": {
      const { mean, standardDeviation } = law;
      requirePositive("a normal law", "standard deviation", standardDeviation);
      return (x) => normalCdf(x, mean, standardDeviation);
    }
    case "gamma": {
      const { shape, location, sign } = law;
      requirePositive("a gamma law", "shape", shape);
      return sign === 1 ? (x) => gammaLower(x - location, shape) : (x) => 1 - gammaLower(location - x, shape);
    }
    case "discrete":
      return stepsOf(law, (at, x) => at <= x);
    case "given":
      return checked(law, "upTo", law.upTo);
    default:
      throw new RangeError(
        `a law requires the name normal, gamma, discrete or given, got ${(law satisfies never as Law).name}`,
      );
  }
}

/** P(X < x) of a law that may have atoms; undefined for one that has none. */
export function below(law: Law): ((x: number) => number) | undefined {
  if (law.name === "discrete") return stepsOf(law, (at, x) => at < x);
  return law.name === "given" && law.below ? checked(law, "below", law.below) : undefined;
}

/** More than what adding chances rounds. */
const ROUNDED = 1e-9;

function stepsOf({ at, chances }: DiscreteLaw, counts: (at: number, x: number) => boolean): (x: number) => number {
  if (at.length === 0 || at.length !== chances.length) {
    throw new RangeError(`a discrete law requires one chance a value, got ${chances.length} for ${at.length}`);
  }
  const unordered = at.findIndex((value, i) => !(value > (at[i - 1] ?? Number.NEGATIVE_INFINITY)));
  if (unordered >= 0)
    throw new RangeError(`a discrete law requires values that rise, got ${at[unordered]} at ${unordered}`);
  const wrong = chances.findIndex((chance) => !(chance >= 0 && chance <= 1));
  if (wrong >= 0)
    throw new RangeError(`a discrete law requires chances from 0 to 1, got ${chances[wrong]} at ${wrong}`);
  const sums = [0];
  for (const chance of chances) sums.push(sums.at(-1)! + chance);
  if (Math.abs(sums.at(-1)! - 1) > ROUNDED) {
    throw new RangeError(`a discrete law requires chances that add to 1, got ${sums.at(-1)}`);
  }
  return (x) => {
    let [low, high] = [0, at.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (counts(at[middle]!, x)) low = middle + 1;
      else high = middle;
    }
    return low === at.length ? 1 : Math.min(1, sums[low]!);
  };
}

function checked({ words }: GivenLaw, name: string, of: (x: number) => number): (x: number) => number {
  return (x) => {
    const probability = of(x);
    if (probability >= 0 && probability <= 1) return probability;
    throw new RangeError(`the law ${words} requires probabilities from \`${name}\`, got ${probability} at ${x}`);
  };
}

/**
 * From this shape on @stdlib/stats-base-dists-gamma-cdf 0.3.1 is wrong near its centre: at shape 1000, x = 1000.316 it gives
 * .49574 where R's pgamma and SciPy's gamma.cdf give .50819; at shape 512 and below it was right to 1e-8 on 221 points.
 */
const LARGEST_TRUSTED_SHAPE = 512;

function gammaLower(x: number, shape: number): number {
  if (x <= 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (shape <= LARGEST_TRUSTED_SHAPE) return gammaCdf(x, shape, 1);
  // x^a e^-x / Gamma(a + 1); its terms cancel to 1e-16 shape ln(shape), 1e-11 at a shape of 10^4.
  const density = Math.exp(shape * Math.log(x) - x - logGamma(shape + 1));
  if (density === 0) return x < shape ? 0 : 1;
  return x < shape + 1 ? density * lowerSeries(x, shape) : 1 - (density * shape * upperFraction(x, shape)) / x;
}

/** 1 + x / (a + 1) + x^2 / ((a + 1)(a + 2)) + ... (DLMF 8.7.1). About 6 sqrt(a) terms at most, as x <= a + 1. */
function lowerSeries(x: number, shape: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum;
}

/** x times the continued fraction of Gamma(a, x) / (x^a e^-x) (DLMF 8.9.2), by the modified Lentz algorithm. */
function upperFraction(x: number, shape: number): number {
  let b = x + 1 - shape;
  let c = Number.POSITIVE_INFINITY;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; ; k++) {
    const a = k * (shape - k);
    b += 2;
    d = 1 / (b + a * d);
    c = b + a / c;
    const factor = c * d;
    fraction *= factor;
    if (Math.abs(factor - 1) < 2 * Number.EPSILON) return x * fraction;
  }
}

function requirePositive(subject: string, what: string, found: number): void {
  if (!(found > 0 && Number.isFinite(found))) {
    throw new RangeError(`${subject} requires a positive ${what}, got ${found}`);
  }
}
