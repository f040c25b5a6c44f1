import { normalUpperTail } from "../quantiles.ts";
import { gammaTails } from "./gamma-tails.ts";
import { keptEdge } from "./kept-edge.ts";
import type { TwoBounds } from "./mean-at-variance.ts";

/**
 * Bounds for the coefficient of variation of a normal law whose mean is above zero, from that of `count` values: each errs with probability
 * `alpha` exactly. sqrt(n) over the sample's coefficient has Student's law of n - 1 degrees, noncentral by sqrt(n) over the true one
 * (N. L. Johnson and B. L. Welch, Biometrika 31, 1940, 362-389). `high` is infinite where the mean is not told from zero.
 */
export function normalVariationBounds(coefficient: number, count: number, alpha: number): TwoBounds {
  const root = Math.sqrt(count);
  const [t, degrees] = [root / coefficient, count - 1];
  const beyond = (tail: (noncentrality: number) => number) => (noncentrality: number) =>
    Math.log(alpha) - Math.log(Math.max(tail(noncentrality), Number.MIN_VALUE));
  // further from zero than the mean itself, t: few values seem more alike than they are
  const most = keptEdge(
    beyond((noncentrality) => lowerTail(t, degrees, noncentrality)),
    t,
    Math.max(1, t / Math.sqrt(2 * degrees)),
  );
  const isFromZero = upperTail(t, degrees, 0) < alpha;
  const least = isFromZero
    ? keptEdge(
        beyond((noncentrality) => upperTail(t, degrees, noncentrality)),
        t,
        -Math.max(1, t / Math.sqrt(2 * degrees)),
      )
    : 0;
  return { low: root / most, high: least > 0 ? root / least : Number.POSITIVE_INFINITY };
}

/** P(T >= t) for t > 0: sqrt(chi-square / degrees) falls short of (Z + noncentrality) / t. */
export function upperTail(t: number, degrees: number, noncentrality: number): number {
  return overNormals(t, degrees, noncentrality, "below");
}

/** P(T <= t) for t > 0: it exceeds that, or that is negative. */
export function lowerTail(t: number, degrees: number, noncentrality: number): number {
  return normalUpperTail(noncentrality) + overNormals(t, degrees, noncentrality, "above");
}

/** A normal value beyond this adds nothing: 1e-43. */
const FAR = 14;
/** So far below exp(x) adds nothing: 1e-12. */
const DEEP = 28;
/** Steps within the narrower of two widths: of a normal density the trapezoidal rule errs by exp(-2 pi^2 STEPS^2) there. */
const STEPS = 2;

/**
 * Mean of the chance that w = sqrt(chi-square / degrees) lies on a side of (Z + noncentrality) / t, over normal Z above -noncentrality: products
 * of no signs, which keep the digits of small tails. By the trapezoidal rule in x = ln w, which converges faster than any power of the step for a
 * function that is analytic and dies at both ends. Cost: from 60 chances on, some 1,000 where the mean is hardly told from zero.
 */
function overNormals(t: number, degrees: number, noncentrality: number, side: "below" | "above"): number {
  const centre = Math.max(0, noncentrality);
  const step = 1 / (STEPS * Math.max(centre + FAR, Math.sqrt(2 * degrees)));
  // the chance of falling short falls too, with the power of the degrees
  const depth = side === "below" ? DEEP / (1 + degrees) : DEEP;
  const from = centre > FAR ? Math.log((centre - FAR) / t) : Math.min(0, -Math.log(t)) - depth;
  const to = Math.log((centre + FAR) / t);
  const half = degrees / 2;
  let sum = 0;
  for (let k = Math.floor(from / step); k <= Math.ceil(to / step); k++) {
    const w = Math.exp(k * step);
    const z = t * w - noncentrality;
    sum += Math.exp(-0.5 * z * z) * gammaTails(half, half * w * w)[side] * t * w;
  }
  return (step * sum) / Math.sqrt(2 * Math.PI);
}
