import { type Bounds, boundsAround, requireSpread } from "../judges/judge.ts";
import { moments } from "../moments/moments.ts";
import { expectedLogWidth, varianceRatioBounds } from "../proved/variance-ratio.ts";
import { normalQuantile } from "../quantiles.ts";
import type { Family } from "../question.ts";

/** Bounds for ln variance of the first group less that of the second: logarithms of those of the ratio. */
export function logVarianceDifferenceBounds(
  groups: readonly [Float64Array, Float64Array],
  families: readonly [Family, Family],
  alpha: number,
): Bounds {
  const variances = groups.map((group) => moments(group).variance);
  for (const variance of variances) requireSpread("difference of log-variances", variance);
  const [first, second] = variances as [number, number];
  const { low, high } = varianceRatioBounds(groups, families, alpha);
  return boundsAround(
    Math.log(first) - Math.log(second),
    { low: Math.log(low), high: Math.log(high) },
    variances.map(Math.sqrt),
  );
}

/** Distance from the truth within which such a bound lies with probability 1 - undecided. */
export function logVarianceReach(
  counts: readonly number[],
  families: readonly [Family, Family],
  alpha: number,
  undecided: number,
): number {
  const { halfWidth, deviation } = expectedLogWidth(counts, families, alpha);
  // The width follows the first variance, which the difference holds as well: so it is noisier by about its own size.
  return halfWidth + normalQuantile(undecided) * deviation * (1 + halfWidth);
}
