import { logGamma } from "../../../numerics/special-functions.ts";
import type { TwoBounds } from "../mean-at-variance.ts";

/**
 * Bounds for a mean of parts of [0, 1], each wrong with probability at most alpha, from an estimate that is an average of
 * averages of `trials` independent parts: a U-statistic, a stratified mean, or a plain mean. Never outside [0, 1].
 *
 * Proof: for every convex f, E f(average) <= E f(Bin(trials, mean) / trials). One part is smaller than a coin of its mean in
 * this order, a sum of independent coins than a binomial of their average chance (W. Hoeffding, Annals of Mathematical
 * Statistics 27, 1956, 713-721), and an average of such averages than any of them (Jensen; W. Hoeffding, JASA 58, 1963, section 5).
 * With f(s) = max(0, s - c), Markov's inequality gives P(average >= x) <= E max(0, S - c) / (n x - c) for every c < n x
 * (V. Bentkus, Annals of Probability 32, 2004, 1650-1673): at most e times the binomial's own tail. It grows with the mean, so that the
 * means which it does not exclude are an interval. Cost: 90 sums of about sqrt(trials) terms.
 */
export function comparisonBounds(estimate: number, trials: number, alpha: number): TwoBounds {
  return { low: lowerBound(estimate, trials, alpha), high: 1 - lowerBound(1 - estimate, trials, alpha) };
}

/** Distance from the true mean within which such a bound lies with probability 1 - undecided, by the same comparison. */
export function comparisonReach(mean: number, trials: number, alpha: number, undecided: number): number {
  if (!(trials >= 1 && mean >= 0 && mean <= 1)) return Number.POSITIVE_INFINITY;
  const low = lowerBound(1 - likelyMost(1 - mean, trials, undecided), trials, alpha);
  const high = 1 - lowerBound(1 - likelyMost(mean, trials, undecided), trials, alpha);
  return Math.max(mean - low, high - mean);
}

/** The largest mean that an average of `estimate` excludes; 45 halvings leave it low by 3e-14, the safe side. */
function lowerBound(estimate: number, trials: number, alpha: number): number {
  let low = 0;
  let high = estimate;
  for (let step = 0; step < 45 && high > low; step++) {
    const middle = (low + high) / 2;
    if (comparedTail(trials * estimate, trials, middle) <= alpha) low = middle;
    else high = middle;
  }
  return low;
}

/** An average that is exceeded with probability at most `level`. */
function likelyMost(mean: number, trials: number, level: number): number {
  let low = mean;
  let high = 1;
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (comparedTail(trials * middle, trials, mean) <= level) high = middle;
    else low = middle;
  }
  return high;
}

/** Terms below this part of the first are left out: together far less than what the tail is rounded up by. */
const NEGLIGIBLE = 1e-17;

/**
 * The least E max(0, S - c) / (x - c) over whole numbers c < x, S binomial: between them the ratio is monotone, and from x downwards it
 * falls to its least and rises again. 1 where x is not above the mean.
 */
function comparedTail(x: number, trials: number, chance: number): number {
  if (!(x > trials * chance)) return 1;
  if (chance === 0) return 0;
  const top = Math.ceil(x);
  let { tail, excess } = beyond(top, trials, chance);
  // E max(0, S - c) for c = top - 1 is the sum of P(S >= j) over j >= top.
  let least = excess / (x - (top - 1));
  let mass = massAt(top, trials, chance);
  for (let c = top - 2; c >= 0; c--) {
    mass *= ((c + 2) / (trials - c - 1)) * ((1 - chance) / chance);
    tail += mass;
    excess += tail;
    const ratio = excess / (x - c);
    if (!(ratio < least)) break;
    least = ratio;
  }
  return Math.min(1, least * (1 + 1e-12));
}

/** P(S >= from), and the sum of P(S >= j) over j >= from, by summing upwards from where terms only fall. */
function beyond(from: number, trials: number, chance: number): { readonly tail: number; readonly excess: number } {
  const odds = chance / (1 - chance);
  const first = massAt(from, trials, chance);
  let mass = first;
  let tail = 0;
  let excess = 0;
  for (let j = from; j <= trials && mass > first * NEGLIGIBLE; j++) {
    tail += mass;
    excess += (j - from + 1) * mass;
    mass *= ((trials - j) / (j + 1)) * odds;
  }
  return { tail, excess };
}

function massAt(k: number, n: number, chance: number): number {
  const ways = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return Math.exp(ways + k * Math.log(chance) + (n - k) * Math.log1p(-chance));
}
