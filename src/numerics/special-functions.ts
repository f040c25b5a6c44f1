import stdlibDigamma from "@stdlib/math-base-special-digamma";
import stdlibPolygamma from "@stdlib/math-base-special-polygamma";
import stdlibTrigamma from "@stdlib/math-base-special-trigamma";
import { exp, log } from "./elementary.ts";

/** Euler's constant. */
export const EULER_GAMMA = 0.5772156649015329;

/**
 * psi(x), the derivative of ln Gamma, for x > 0. @stdlib's value, which agrees with 40-digit ones to 3e-16 (the test has
 * the table, half integers included); only its values at the poles differ from the limits there, so they are refused.
 */
export function digamma(x: number): number {
  requirePositive("digamma", x);
  return stdlibDigamma(x);
}

/** psi'(x) for x > 0: the variance of ln X for X ~ Gamma(x, 1). */
export function trigamma(x: number): number {
  requirePositive("trigamma", x);
  return stdlibTrigamma(x);
}

/** The derivative of order `order` of psi at x > 0; order 2 is the third cumulant of ln X for X ~ Gamma(x, 1). */
export function polygamma(order: number, x: number): number {
  requirePositive("polygamma", x);
  if (!(Number.isInteger(order) && order >= 0)) {
    throw new RangeError(`polygamma requires an order of 0 or more, got ${order}`);
  }
  return stdlibPolygamma(order, x);
}

/**
 * ln Gamma(x) for x > 0, to 2e-14 relative to max(1, |value|): Stirling's series (DLMF 5.11.1) from x >= 12 on, below by
 * the recurrence.
 */
export function logGamma(x: number): number {
  requirePositive("logGamma", x);
  let product = 1;
  let shifted = x;
  for (; shifted < 12; shifted++) product *= shifted;
  return (shifted - 0.5) * log(shifted) - shifted + HALF_LOG_TWO_PI + stirlingTail(1 / shifted) - log(product);
}

/**
 * Dawson's integral D(x) = exp(-x^2) * (integral of exp(t^2) over 0 <= t <= x), odd, to 2e-14 relative.
 *
 * Below 7 its series of positive terms, exp(-x^2) sum of x^(2k+1) / (k! (2k+1)); above, the asymptotic series (DLMF
 * 7.12.1 continued to the imaginary axis), whose smallest term there is about exp(-49).
 */
export function dawson(x: number): number {
  if (x < 0) return -dawson(-x);
  if (x === 0 || Number.isNaN(x)) return x;
  return x < 7 ? dawsonSeries(x) : dawsonAsymptotic(x);
}

/**
 * G(kappa) = 2 * (integral of D(u) over 0 <= u <= sqrt(kappa)) for kappa >= 0, to 1e-12 relative: `a` times the mean time
 * in which dx = a x dt + s dW, started at 0, leaves (-R, R), with kappa = a R^2 / s^2. G is kappa for small kappa and
 * (ln(4 kappa) + EULER_GAMMA) / 2 for large.
 */
export function dawsonIntegral(kappa: number): number {
  if (!(kappa >= 0)) throw new RangeError(`dawsonIntegral requires kappa of 0 or more, got ${kappa}`);
  if (kappa < 64) return 2 * integrate(dawson, 0, Math.sqrt(kappa), 1e-13 * Math.min(kappa, 1));
  let sum = 0;
  // (2k - 1)!! / (2 kappa)^k, whose terms fall below 2^-53 long before they grow again (at k = kappa).
  let term = 1;
  for (let k = 1; term > 2 ** -60; k++) {
    term *= (2 * k - 1) / (2 * kappa);
    sum += term / (2 * k);
  }
  return (log(4 * kappa) + EULER_GAMMA) / 2 - sum;
}

/**
 * Integral of a smooth function by Gauss-Legendre rules of 20 points: a panel is halved until the two halves agree with
 * it within `tolerance` (absolute), so that the error is far below it. Cost 60 evaluations where no panel is halved.
 * Throws when 40 halvings do not suffice: a singularity, or a tolerance below rounding.
 */
export function integrate(integrand: (x: number) => number, from: number, to: number, tolerance: number): number {
  return refine(integrand, from, to, tolerance, panel(integrand, from, to), 40);
}

const HALF_LOG_TWO_PI = 0.9189385332046728;

/** Bernoulli numbers over 2k (2k - 1): the series stops below 1e-17 at 1/12. */
function stirlingTail(reciprocal: number): number {
  const z = reciprocal * reciprocal;
  return (
    reciprocal *
    (1 / 12 - z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z * (1 / 156)))))))
  );
}

function dawsonSeries(x: number): number {
  const square = x * x;
  let power = x;
  let sum = x;
  for (let k = 1; ; k++) {
    power *= square / k;
    const term = power / (2 * k + 1);
    sum += term;
    if (term < 2 ** -56 * sum) return exp(-square) * sum;
  }
}

function dawsonAsymptotic(x: number): number {
  const reciprocal = 1 / (2 * x * x);
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 2 ** -56; k++) {
    term *= (2 * k - 1) * reciprocal;
    sum += term;
  }
  return sum / (2 * x);
}

function refine(
  integrand: (x: number) => number,
  from: number,
  to: number,
  tolerance: number,
  whole: number,
  halvings: number,
): number {
  const middle = from + (to - from) / 2;
  const left = panel(integrand, from, middle);
  const right = panel(integrand, middle, to);
  if (Math.abs(left + right - whole) <= tolerance) return left + right;
  if (!(halvings > 0)) {
    throw new RangeError(`integrate requires a smooth integrand, got none to ${tolerance} between ${from} and ${to}`);
  }
  return (
    refine(integrand, from, middle, tolerance, left, halvings - 1) +
    refine(integrand, middle, to, tolerance, right, halvings - 1)
  );
}

/** Positive nodes of the 20-point rule and their weights: zeros of the Legendre polynomial, by mpmath to 20 digits. */
const RULE: readonly (readonly [node: number, weight: number])[] = [
  [0.07652652113349734, 0.15275338713072584],
  [0.22778585114164507, 0.14917298647260374],
  [0.37370608871541955, 0.14209610931838204],
  [0.5108670019508271, 0.13168863844917664],
  [0.636053680726515, 0.11819453196151841],
  [0.7463319064601508, 0.10193011981724044],
  [0.8391169718222188, 0.08327674157670475],
  [0.912234428251326, 0.06267204833410907],
  [0.9639719272779138, 0.04060142980038694],
  [0.9931285991850949, 0.017614007139152118],
];

function panel(integrand: (x: number) => number, from: number, to: number): number {
  const centre = from + (to - from) / 2;
  const half = (to - from) / 2;
  let sum = 0;
  for (const [node, weight] of RULE) {
    sum += weight * (integrand(centre - half * node) + integrand(centre + half * node));
  }
  return half * sum;
}

function requirePositive(name: string, x: number): void {
  if (!(x > 0)) throw new RangeError(`${name} requires an argument above 0, got ${x}`);
}
