import { normalQuantile } from "./quantiles.ts";

/**
 * Standard deviation of the normal law with the sample's density at the median: the distance of two order statistics about
 * n^(4/5) / 2 ranks to either side (the rate at which a density is best estimated: relative error n^(-2/5)), over what that
 * law has between them.
 */
export function rankSpread(sorted: Float64Array): number {
  const count = sorted.length;
  const rank = Math.max(1, Math.round((count + 1 - count ** 0.8) / 2));
  const distance = sorted[count - rank]! - sorted[rank - 1]!;
  const deviates = 2 * normalQuantile(rank / (count + 1));
  return distance > 0 ? distance / deviates : 0;
}
