import { logGamma } from "../../../numerics/special-functions.ts";

/** A law of a total of counts, by its mean: Poisson, or negative binomial of the total's own dispersion. */
export interface CountLaw {
  /** P(total = k). */
  readonly chance: (k: number, mean: number) => number;
  /** P(total = k + 1) over P(total = k). */
  readonly growth: (k: number, mean: number) => number;
}

const POISSON: CountLaw = {
  chance: (k, mean) => (mean === 0 ? (k === 0 ? 1 : 0) : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1))),
  growth: (k, mean) => mean / (k + 1),
};

/**
 * The law of the total of `count` independent counts, each of variance mean + dispersion mean^2: Poisson at dispersion 0, else negative
 * binomial, whose shapes 1 / dispersion add.
 */
export function totalLaw(count: number, dispersion: number): CountLaw {
  return dispersion === 0 ? POISSON : negativeBinomial(count / dispersion);
}

function negativeBinomial(shape: number): CountLaw {
  return {
    chance: (k, mean) => {
      if (mean === 0) return k === 0 ? 1 : 0;
      const ways = logGamma(k + shape) - logGamma(shape) - logGamma(k + 1);
      return Math.exp(ways - shape * Math.log1p(mean / shape) - k * Math.log1p(shape / mean));
    },
    growth: (k, mean) => ((k + shape) / (k + 1)) * (mean / (mean + shape)),
  };
}

/** P(total <= k) where k is at most the mean: from k down, without cancellation. */
export function atMost({ chance, growth }: CountLaw, k: number, mean: number): number {
  let [term, sum] = [chance(k, mean), 0];
  for (let i = k; term > sum * Number.EPSILON; i--) {
    sum += term;
    term = i === 0 ? 0 : term / growth(i - 1, mean);
  }
  return sum;
}

/** P(total >= k) where k is at least the mean: terms fall from there. */
export function atLeast({ chance, growth }: CountLaw, k: number, mean: number): number {
  let [term, sum] = [chance(k, mean), 0];
  for (let i = k; term > sum * Number.EPSILON; i++) {
    sum += term;
    term *= growth(i, mean);
  }
  return sum;
}
