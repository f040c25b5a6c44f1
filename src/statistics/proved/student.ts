import type { Moments } from "../moments/moments.ts";
import { studentQuantile } from "../quantiles.ts";
import type { TwoBounds } from "./mean-at-variance.ts";

/** Student's bounds: each errs with probability `alpha` exactly where the law is normal, from two values on; else nothing is promised. */
export function studentBounds({ count, mean, variance }: Moments, alpha: number): TwoBounds {
  const halfWidth = studentQuantile(alpha, count - 1) * Math.sqrt(variance / count);
  return { low: mean - halfWidth, high: mean + halfWidth };
}
