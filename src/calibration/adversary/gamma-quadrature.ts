import type { Part } from "../../predictions/synthetic/rare-law.ts";
import { rootBetween } from "./root-between.ts";

/**
 * Five points with the first nine moments of a standardised gamma law of skewness 2 theta (of the normal law where theta is 0):
 * Gauss's quadrature. So it has the cumulants up to the eighth that a family of standardised moments allows, and as a law of points
 * it can be tilted in any statistic.
 */
export function gammaQuadrature(theta: number): readonly Part[] {
  // Standardised Laguerre recurrence: diagonal 2 k theta, squared off-diagonal k (1 + (k - 1) theta^2); Hermite's for theta 0.
  const diagonal = [0, 1, 2, 3, 4].map((k) => 2 * k * theta);
  const square = [1, 2, 3, 4].map((k) => k * (1 + (k - 1) * theta * theta));
  let roots: readonly number[] = [];
  for (let degree = 1; degree <= 5; degree++) {
    const f = (x: number) => polynomials(x, diagonal, square)[degree]!;
    const far = 10 + 60 * theta + 60 * theta * theta;
    const ends = [-far, ...roots, far];
    roots = ends.slice(1).map((to, i) => rootBetween(f, ends[i]!, to));
  }
  return roots.map((root) => {
    const values = polynomials(root, diagonal, square);
    let [norm, sum] = [1, 0];
    for (let k = 0; k < 5; k++) {
      sum += values[k]! ** 2 / norm;
      norm *= square[k] ?? 1;
    }
    return { weight: 1 / sum, mean: root, deviation: 0 };
  });
}

/** Monic orthogonal polynomials of degrees 0 to 5 at x. */
function polynomials(x: number, diagonal: readonly number[], square: readonly number[]): readonly number[] {
  const values = [1];
  for (let k = 0; k < 5; k++) {
    values.push((x - diagonal[k]!) * values[k]! - (k === 0 ? 0 : square[k - 1]! * values[k - 1]!));
  }
  return values;
}
