import beta from "@stdlib/stats-base-dists-beta-quantile";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import normal from "@stdlib/stats-base-dists-normal-quantile";
import student from "@stdlib/stats-base-dists-t-quantile";

/**
 * Quantiles by their upper tail, because 1 - 1e-12 has lost most of the digits of 1e-12.
 *
 * Checked against SciPy 1.x on 400 (Student), 2,000 (beta) points from tail .5 to 1e-9 and degrees or counts to 1e6: equal
 * to a relative 1e-8. @stdlib's normal quantile is right to 2e-9 at 1e-10 and gives NaN below about 1e-290, hence `requireTail`.
 */
export function normalQuantile(upperTail: number): number {
  requireTail("normalQuantile", upperTail);
  return -normal(upperTail, 0, 1);
}

/** P(Z > x) of a standard normal, without cancellation. */
export function normalUpperTail(x: number): number {
  return normalCdf(-x, 0, 1);
}

/** t with P(T > t) = upperTail for Student's law; degrees of freedom at least 1. */
export function studentQuantile(upperTail: number, degreesOfFreedom: number): number {
  requireTail("studentQuantile", upperTail);
  if (!(degreesOfFreedom >= 1)) {
    throw new RangeError(`studentQuantile requires at least one degree of freedom, got ${degreesOfFreedom}`);
  }
  return -student(upperTail, degreesOfFreedom);
}

/** x with P(X < x) = lowerTail for the beta law; both shapes positive. */
export function betaQuantile(lowerTail: number, first: number, second: number): number {
  requireTail("betaQuantile", lowerTail);
  if (!(first > 0 && second > 0)) {
    throw new RangeError(`betaQuantile requires positive shapes, got ${first} and ${second}`);
  }
  return beta(lowerTail, first, second);
}

function requireTail(name: string, tail: number): void {
  if (!(tail >= SMALLEST_TAIL && tail < 1)) {
    throw new RangeError(`${name} requires a tail from ${SMALLEST_TAIL} to below 1, got ${tail}`);
  }
}

/** No budget comes near it; smaller tails are a mistake, and the libraries were not checked there. */
const SMALLEST_TAIL = 1e-30;
