import type { Part } from "../../predictions/synthetic/rare-law.ts";
import { rootBetween } from "./root-between.ts";

/**
 * The law of three points with mean 0, variance 1, a skewness and an excess kurtosis: all of them, as `third` runs over the
 * reals. (Its Jacobi matrix has the diagonal 0, skewness, third: G. H. Golub and J. H. Welsch, Mathematics of Computation 23,
 * 1969.) Of two points where the kurtosis is the least that the skewness allows, skewness^2 - 2.
 */
export function threePointLaw(skewness: number, excessKurtosis: number, third: number): readonly Part[] {
  const square = excessKurtosis + 2 - skewness * skewness;
  if (!(square >= -1e-12)) {
    throw new RangeError(`threePointLaw requires an excess kurtosis of at least skewness^2 - 2, got ${excessKurtosis}`);
  }
  const pointsOf = square < 1e-12 ? quadraticRoots(skewness, -1) : cubicRoots(skewness, third, square);
  return pointsOf.map((point, i) => {
    const [a, b = Number.NaN] = pointsOf.filter((_, j) => j !== i);
    // E (X - a)(X - b) = 1 + a b, and E (X - a) = -a of two points, are all at this point.
    const weight = pointsOf.length === 2 ? -a! / (point - a!) : (1 + a! * b) / ((point - a!) * (point - b));
    return { weight, mean: point, deviation: 0 };
  });
}

/** Roots of x^2 - p x + q. */
function quadraticRoots(p: number, q: number): readonly number[] {
  const root = Math.sqrt(p * p - 4 * q);
  return [(p - root) / 2, (p + root) / 2];
}

/** Roots of (x - third)(x (x - skewness) - 1) - square x: one below, one between and one above those of the second factor. */
function cubicRoots(skewness: number, third: number, square: number): readonly number[] {
  const f = (x: number) => (x - third) * (x * (x - skewness) - 1) - square * x;
  const [low, high] = quadraticRoots(skewness, -1) as [number, number];
  const far = 1 + Math.abs(third) + Math.abs(skewness) + Math.sqrt(square) + 1;
  return [rootBetween(f, -far, low), rootBetween(f, low, high), rootBetween(f, high, far)];
}
