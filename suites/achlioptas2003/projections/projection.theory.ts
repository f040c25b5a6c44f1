/**
 * Moments of the share of a squared length that a projection to k dimensions keeps, where a row's product with the unit vector has
 * the fourth moment 3 of a normal one: an average of k independent squares, of mean 1 and variance 2 / k. Normal entries have it by
 * the law chi-squared; entries sqrt(3) times (1/6, 2/3, 1/6) because theirs is 3 too, E (r.x)^4 = 3 + (E a^4 - 3) sum x^4.
 */
export const keptVariance = (k: number): number => 2 / k;

/** Skewness and excess kurtosis of chi-squared with k degrees over k: sqrt(8 / k) and 12 / k. */
export const chiSquaredFamily = (k: number) => ({ skewness: Math.sqrt(8 / k), excessKurtosis: 12 / k });

/**
 * Chance that the share is further than `within` from 1, by the Chernoff bound that the Johnson-Lindenstrauss lemma rests on: for
 * each side exp(-(k / 2)(within^2 / 2 - within^3 / 3)); Achlioptas shows it for the sparse signs too.
 */
export function mostOutside(k: number, within: number): number {
  return 2 * Math.exp(-(k / 2) * (within ** 2 / 2 - within ** 3 / 3));
}

/** Sup-distance of the normal law of the same mean and variance from a gamma law of that shape: the first Edgeworth term, skewness / (6 sqrt(2 pi)). */
export function normalDistance(shape: number): number {
  return 2 / Math.sqrt(shape) / (6 * Math.sqrt(2 * Math.PI));
}
