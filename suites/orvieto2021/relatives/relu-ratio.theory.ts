import type { Family } from "../../../src/statistics/question.ts";

/**
 * E r^k of one ReLU layer's factor r = ||h_l||^2 / ||h_{l-1}||^2 at gain 2: r = (2 / d) chi^2_N with N ~ Bin(d, 1/2) active units, 0
 * for none; E (chi^2_n)^k = n (n + 2) ... (n + 2k - 2). E r = 1 and E r^2 = 1 + 5 / d (Hanin 2018, arXiv 1801.03744). Cost: d k.
 */
export function momentOfRatio(width: number, order: number): number {
  let probability = 2 ** -width;
  let moment = 0;
  for (let active = 1; active <= width; active++) {
    probability *= (width - active + 1) / active;
    let product = 1;
    for (let i = 0; i < order; i++) product *= (2 / width) * (active + 2 * i);
    moment += probability * product;
  }
  return moment;
}

/** The same of a linear layer at gain 1: r = chi^2_d / d. */
export function momentOfLinearRatio(width: number, order: number): number {
  let product = 1;
  for (let i = 0; i < order; i++) product *= 1 + (2 * i) / width;
  return product;
}

/** Standard deviation, skewness and excess kurtosis of the mean of `layers` independent squares r^2, from moments up to E r^8. */
export function meanSquareOfRatio(
  width: number,
  layers: number,
  moment: (width: number, order: number) => number = momentOfRatio,
): { readonly spread: number; readonly family: Family } {
  const [m1, m2, m3, m4] = [2, 4, 6, 8].map((order) => moment(width, order)) as [number, number, number, number];
  const variance = m2 - m1 ** 2;
  const third = m3 - 3 * m1 * m2 + 2 * m1 ** 3;
  const fourth = m4 - 4 * m1 * m3 + 6 * m1 ** 2 * m2 - 3 * m1 ** 4;
  return {
    spread: Math.sqrt(variance / layers),
    family: {
      skewness: third / (variance ** 1.5 * Math.sqrt(layers)),
      excessKurtosis: (fourth / variance ** 2 - 3) / layers,
    },
  };
}
