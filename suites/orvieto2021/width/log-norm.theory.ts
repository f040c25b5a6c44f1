import { digamma, polygamma, trigamma } from "../../../src/numerics/special-functions.ts";
import type { Family } from "../../../src/statistics/question.ts";

/** Which layers: Gaussian and linear, Gaussian and ReLU (gain 2), Haar-orthogonal and ReLU (gain 2). */
export type LayerKind = "linear" | "relu" | "orthogonal-relu";

/** Cumulants of ln(||h_l||^2 / ||h_{l-1}||^2) at the gain that keeps the mean square, given that the layer does not die. */
export interface LogRatio {
  readonly mean: number;
  readonly variance: number;
  readonly third: number;
  readonly fourth: number;
}

/**
 * Exact cumulants of one layer's log ratio. Linear: the ratio is chi^2_d / d. ReLU: (2 / d) chi^2_N with N ~ Bin(d, 1/2)
 * active units, given N >= 1; orthogonal: 2 Beta(N/2, (d - N)/2). A mixture over N of laws whose log-cumulants are
 * polygamma values. Leading orders -5/(2d) and 5/d (ReLU) and -1/d and 2/d (linear) are those of Hanin and Nica 2020,
 * arXiv 1812.05994. Cost: d polygamma values, the first time.
 */
export function logRatio(width: number, kind: LayerKind): LogRatio {
  const name = `${kind} ${width}`;
  const ratio = known.get(name) ?? mixture(components(width, kind));
  known.set(name, ratio);
  return ratio;
}

/** A plan asks for the same widths in each cell, arm and tier. */
const known = new Map<string, LogRatio>();

/** Bounds on the skewness and excess kurtosis of a sum, or mean, of `layers` independent log ratios. */
export function familyOfSum(ratio: LogRatio, layers: number): Family {
  return {
    skewness: Math.abs(ratio.third) / (ratio.variance ** 1.5 * Math.sqrt(layers)),
    excessKurtosis: Math.abs(ratio.fourth) / (ratio.variance ** 2 * layers),
  };
}

/** P(some layer of a ReLU network of constant width has all units off). */
export function probabilityDead(width: number, layers: number): number {
  return -Math.expm1(layers * Math.log1p(-(2 ** -width)));
}

/** Median of a sum of `layers` log ratios by the first Cornish-Fisher term: mean - third / (6 variance). */
export function medianOfSum(ratio: LogRatio, layers: number): number {
  return layers * ratio.mean - ratio.third / (6 * ratio.variance);
}

interface Component {
  readonly weight: number;
  readonly cumulants: readonly [number, number, number, number];
}

function components(width: number, kind: LayerKind): readonly Component[] {
  if (kind === "linear") return [{ weight: 1, cumulants: logChiSquare(width, Math.log(2 / width)) }];
  const total = 1 - 2 ** -width;
  return Array.from({ length: width }, (_, index) => {
    const active = index + 1;
    const gaussian = logChiSquare(active, Math.log(4 / width));
    const cumulants =
      kind === "relu" ? gaussian : difference(logChiSquare(active, Math.log(2)), logChiSquare(width, 0));
    return { weight: binomial(width, active) / total, cumulants };
  });
}

/** Cumulants of ln(chi^2_n / 2) + shift. */
function logChiSquare(n: number, shift: number): Component["cumulants"] {
  return [digamma(n / 2) + shift, trigamma(n / 2), polygamma(2, n / 2), polygamma(3, n / 2)];
}

/** ln Beta(a, b) = ln Gamma_a - ln Gamma_{a+b} in cumulants: each is the difference. */
function difference(a: Component["cumulants"], b: Component["cumulants"]): Component["cumulants"] {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]];
}

function binomial(n: number, k: number): number {
  let probability = 2 ** -n;
  for (let i = 1; i <= k; i++) probability *= (n - i + 1) / i;
  return probability;
}

/** Cumulants of a mixture, by its central moments. */
function mixture(parts: readonly Component[]): LogRatio {
  const average = (value: (part: Component) => number) =>
    parts.reduce((sum, part) => sum + part.weight * value(part), 0);
  const mean = average(({ cumulants }) => cumulants[0]);
  const variance = average(({ cumulants: [k1, k2] }) => k2 + (k1 - mean) ** 2);
  const third = average(({ cumulants: [k1, k2, k3] }) => k3 + 3 * k2 * (k1 - mean) + (k1 - mean) ** 3);
  const fourthMoment = average(({ cumulants: [k1, k2, k3, k4] }) => {
    const shift = k1 - mean;
    return k4 + 3 * k2 ** 2 + 4 * k3 * shift + 6 * k2 * shift ** 2 + shift ** 4;
  });
  return { mean, variance, third, fourth: fourthMoment - 3 * variance ** 2 };
}
