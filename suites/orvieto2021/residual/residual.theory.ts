import { digamma, logGamma, trigamma } from "../../../src/numerics/special-functions.ts";

/** Mean and variance of a logarithm. */
export interface LogFactor {
  readonly mean: number;
  readonly variance: number;
}

/**
 * Exact law of ln(||h + a W h||^2 / ||h||^2) for W with independent entries N(0, 1 / width): the ratio is
 * (a^2 / d) chi'^2_d(d / a^2), noncentral, which is chi^2_{d + 2J} with J ~ Poisson(d / (2 a^2)). Given J its logarithm has mean
 * psi(d/2 + J) + ln(2 a^2 / d) and variance psi'(d/2 + J). The factor of `blocks` blocks is a product of independent ones. Cost:
 * some 24 deviations of the Poisson law.
 */
export function linearResidualFactor(width: number, scale: number, blocks: number): LogFactor {
  const intensity = width / (2 * scale * scale);
  const reach = 12 * Math.sqrt(intensity) + 12;
  const shift = Math.log((2 * scale * scale) / width);
  let mass = 0;
  let first = 0;
  let second = 0;
  let within = 0;
  for (let j = Math.max(0, Math.floor(intensity - reach)); j <= intensity + reach; j++) {
    const weight = Math.exp(j * Math.log(intensity) - intensity - logGamma(j + 1));
    const mean = digamma(width / 2 + j) + shift;
    mass += weight;
    first += weight * mean;
    second += weight * mean * mean;
    within += weight * trigamma(width / 2 + j);
  }
  const mean = first / mass;
  return { mean: blocks * mean, variance: blocks * (within / mass + second / mass - mean * mean) };
}
