import type { DiffusionProcess } from "../../../src/lab/contract/diffusion.ts";
import {
  dawsonIntegral,
  digamma,
  EULER_GAMMA,
  integrate,
  polygamma,
  trigamma,
} from "../../../src/numerics/special-functions.ts";
import type { Family } from "../../../src/statistics/question.ts";

/** Noisy ascent x += growth x + step xi from 0 to |x| = radius: the two numbers, and their ratio, that its time depends on. */
export interface Plateau {
  /** rate * curvature: relative growth a step. */
  readonly growth: number;
  /** rate * noise: standard deviation of a step. */
  readonly step: number;
  readonly radius: number;
}

/**
 * Overshoot of a discrete walk: a barrier for steps of deviation s acts as a continuous one moved out by
 * -zeta(1/2) / sqrt(2 pi) * s = 0.5826 s (Broadie, Glasserman and Kou 1997, Mathematical Finance 7).
 */
const OVERSHOOT = 0.5825971579390106;

/** kappa = a R^2 / s^2 with the discrete corrections: growth ln(1 + a) in place of a, the barrier moved out. */
export function kappaOf({ growth, step, radius }: Plateau): number {
  return (Math.log1p(growth) * (radius + OVERSHOOT * step) ** 2) / step ** 2;
}

/**
 * Mean of the exit time times ln(1 + a), one direction: G(kappa) = 2 times the integral of Dawson's function to
 * sqrt(kappa), the Ornstein-Uhlenbeck exit time from the middle of an unstable quadratic.
 */
export function meanScaledExit(plateau: Plateau): number {
  return dawsonIntegral(kappaOf(plateau));
}

/** The same for k equal directions and kappa >> 1: (ln kappa - psi(k / 2)) / 2. */
export function meanScaledExitInDirections(plateau: Plateau, directions: number): number {
  return (Math.log(kappaOf(plateau)) - digamma(directions / 2)) / 2;
}

/**
 * Mean of ln(exit time times ln(1 + a)), one direction, kappa >> 1: the time is ln(2 kappa) / 2 - ln|Z| with Z standard
 * normal (the noise of the first few steps is one kick, then growth is deterministic), cut where it would be negative,
 * which has probability P(|Z| > sqrt(2 kappa)) < 1e-40 for kappa >= 100. Correct to O(1 / kappa).
 */
export function meanLogScaledExit(plateau: Plateau): number {
  const base = Math.log(2 * kappaOf(plateau)) / 2;
  // In v = ln|z|: the density of |Z| is sqrt(2/pi) exp(-z^2 / 2), dz = e^v dv; the integrand is below 1e-16 outside.
  return integrate((v) => Math.log(base - v) * logNormalDensity(v), -38, Math.min(base - 1e-9, 2.2), 1e-10);
}

/** Standard deviation of the same. */
export function deviationOfLogScaledExit(plateau: Plateau): number {
  const base = Math.log(2 * kappaOf(plateau)) / 2;
  const mean = meanLogScaledExit(plateau);
  const upper = Math.min(base - 1e-9, 2.2);
  return Math.sqrt(integrate((v) => (Math.log(base - v) - mean) ** 2 * logNormalDensity(v), -38, upper, 1e-10));
}

/** Standard deviation of -ln|Z|, which is that of every scaled exit time with kappa >> 1: pi / (2 sqrt 2). */
export const EXIT_DEVIATION = Math.PI / (2 * Math.SQRT2);

/** Mean of -ln|Z|: (gamma + ln 2) / 2. */
export const MEAN_MINUS_LOG_NORMAL = (EULER_GAMMA + Math.LN2) / 2;

/** Skewness and excess kurtosis of -ln|Z|: -psi''(1/2) / 8 and psi'''(1/2) / 16 over powers of pi^2 / 8. */
export const EXIT_FAMILY = { skewness: 1.54, excessKurtosis: 4.01 } as const;

/** The same of a noisy ascent, whose kappa is finite: 60,000 exits at kappa 100 have 1.53 to 1.56 and 3.9 to 4.2 (standard error 0.15). */
export const NOISY_EXIT_FAMILY = { skewness: 1.7, excessKurtosis: 5 } as const;

/** Skewness and excess kurtosis of a constant less ln chi_k, the scaled exit time in k equal directions: cumulants of (ln chi^2_k) / 2. */
export function familyInDirections(directions: number): Family {
  return {
    skewness: Math.abs(polygamma(2, directions / 2)) / trigamma(directions / 2) ** 1.5,
    excessKurtosis: polygamma(3, directions / 2) / trigamma(directions / 2) ** 2,
  };
}

/** A process that starts at the origin and is all but never censored: the time's tail halves every ln 2 / a steps. */
export function noisyAscent({ growth, step, radius }: Plateau, directions = 1): DiffusionProcess {
  return {
    curvature: growth,
    noise: step,
    rate: 1,
    radius,
    directions,
    start: "origin",
    maxSteps: Math.ceil(80 / growth),
  };
}

function logNormalDensity(v: number): number {
  const z = Math.exp(v);
  return Math.sqrt(2 / Math.PI) * z * Math.exp((-z * z) / 2);
}
