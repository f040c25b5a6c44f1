import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { logGamma } from "../numerics/special-functions.ts";
import type { Law } from "./question.ts";

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
    default:
      throw new RangeError(`a law requires the name normal or gamma, got ${(law satisfies never as Law).name}`);
  }
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
