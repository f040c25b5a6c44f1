import { type Bounds, boundsAround, requireSpread } from "../judges/judge.ts";
import { meanOf, moments } from "../moments/moments.ts";
import type { Part } from "../planning/contrast-planning.ts";
import { contrastRows, contrastShape, familyOfContrast } from "../proved/independent-contrast.ts";
import { meanBounds, meanReach } from "../proved/mean-bounds.ts";
import type { Family } from "../question.ts";

/** Bounds for sum_i weights[i] mean_i of independent groups: those of the mean of their rows (`contrastRows`). */
export function meanContrastBounds(
  subject: string,
  groups: readonly Float64Array[],
  weights: readonly number[],
  families: readonly Family[],
  alpha: number,
): Bounds {
  const spread = groups.map((group) => {
    const { variance } = moments(group);
    requireSpread(subject, variance);
    return Math.sqrt(variance);
  });
  const estimate = groups.reduce((sum, group, i) => sum + weights[i]! * meanOf(group), 0);
  const { values, family } = contrastRows(groups, weights, families);
  return boundsAround(estimate, meanBounds(values, family, alpha), spread);
}

/** Distance from the truth within which a bound of such a contrast lies with probability 1 - undecided. */
export function contrastReach(
  parts: readonly Part[],
  weights: readonly number[],
  families: readonly Family[],
  alpha: number,
  undecided: number,
): number {
  const shape = contrastShape(parts.map(({ count }) => count));
  const variance = parts.reduce((sum, { spread }, i) => sum + (weights[i]! * spread) ** 2 / shape.blocks[i]!, 0);
  return meanReach(shape.rows, Math.sqrt(variance), familyOfContrast(families, weights, shape), alpha, undecided);
}
