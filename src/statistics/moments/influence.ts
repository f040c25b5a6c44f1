import type { Family } from "../question.ts";

/** Which statistic: 2 the variance (relative), 3 the skewness, 4 the excess kurtosis. */
export type Order = 2 | 3 | 4;

/**
 * Coefficients, from the constant up, of the polynomial in a standardised value that is its influence on the statistic: to
 * first order, the sample's statistic less the law's is the mean of the influences. (Variance: relative to the variance.)
 */
export function influence(order: Order, skewness: number, excessKurtosis: number): readonly number[] {
  const fourth = excessKurtosis + 3;
  switch (order) {
    case 2:
      return [-1, 0, 1];
    case 3:
      return [skewness / 2, -3, -1.5 * skewness, 1];
    case 4:
      return [fourth, -4 * skewness, -2 * fourth, 0, 1];
  }
}

/** Standard deviation and |skewness| of the influences under a law. */
export interface InfluenceShape {
  readonly deviation: number;
  readonly skewness: number;
}

/**
 * The larger of each at the two ends of a family: the normal law, and the gamma law of cumulants
 * k_r = (r - 1)! theta^(r - 2), the largest that Statulevicius's condition allows.
 */
export function influenceWithin(order: Order, family: Family): InfluenceShape {
  const ends = [0, heavinessOf(family)].map((theta) => influenceOfGammas(order, theta, 1));
  return {
    deviation: Math.max(...ends.map(({ deviation }) => deviation)),
    skewness: Math.max(...ends.map(({ skewness }) => skewness)),
  };
}

/** theta of the gamma law whose skewness 2 theta and excess kurtosis 6 theta^2 both reach the declared bounds. */
export function heavinessOf({ skewness, excessKurtosis }: Family): number {
  return Math.max(skewness / 2, Math.sqrt(Math.max(0, excessKurtosis) / 6));
}

/**
 * Under the law of two gammas' difference whose even cumulants are a gamma law's and whose odd ones `lean` times those: a gamma law
 * for 1, a symmetric one (Laplace's for theta^2 = 1/2) for 0.
 */
export function influenceOfGammas(order: Order, theta: number, lean: number): InfluenceShape {
  const moments = momentsOf(cumulantsOf(theta, lean, 3 * order));
  const polynomial = influence(order, 2 * theta * lean, 6 * theta * theta);
  const square = product(polynomial, polynomial);
  const variance = expectation(square, moments);
  return {
    deviation: Math.sqrt(variance),
    skewness: Math.abs(expectation(product(square, polynomial), moments)) / variance ** 1.5,
  };
}

/** Standardised, from the zeroth to the last. */
function cumulantsOf(theta: number, lean: number, last: number): readonly number[] {
  const cumulants = [0, 0, 1];
  for (let r = 3; r <= last; r++) cumulants.push(cumulants[r - 1]! * (r - 1) * theta);
  return cumulants.map((cumulant, r) => (r % 2 === 0 ? cumulant : lean * cumulant));
}

/** Moments of a standardised law, from its cumulants. */
function momentsOf(cumulants: readonly number[]): readonly number[] {
  const moments = [1];
  for (let r = 1; r < cumulants.length; r++) {
    // m_r = sum_j C(r - 1, j - 1) k_j m_(r - j)
    let choose = 1;
    let moment = 0;
    for (let j = 1; j <= r; j++) {
      moment += choose * cumulants[j]! * moments[r - j]!;
      choose = (choose * (r - j)) / j;
    }
    moments.push(moment);
  }
  return moments;
}

function product(a: readonly number[], b: readonly number[]): readonly number[] {
  const result = new Array<number>(a.length + b.length - 1).fill(0);
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      result[i + j]! += x * y;
    });
  });
  return result;
}

function expectation(polynomial: readonly number[], moments: readonly number[]): number {
  return polynomial.reduce((sum, coefficient, i) => sum + coefficient * moments[i]!, 0);
}
