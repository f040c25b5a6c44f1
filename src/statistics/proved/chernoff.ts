import type { TwoBounds } from "./mean-at-variance.ts";

/**
 * Bounds for the mean of a law on `range` from the mean of `count` independent values alone, each wrong with probability at most
 * `alpha` (W. Hoeffding, JASA 58, 1963, theorem 1): P(mean >= x) <= exp(-n kl(x, m)) for x above the law's mean m, kl the
 * relative entropy of two coins. 60 halvings, outer ends.
 */
export function chernoffBounds(
  mean: number,
  count: number,
  range: readonly [number, number],
  alpha: number,
): TwoBounds {
  const [from, to] = range;
  const unit = (mean - from) / (to - from);
  const allowed = -Math.log(alpha) / count;
  const low = 1 - edgeAbove(1 - unit, allowed);
  return { low: from + (to - from) * low, high: from + (to - from) * edgeAbove(unit, allowed) };
}

/** The least m above x from which on kl(x, m) is beyond what is allowed; 1 where none is. */
function edgeAbove(x: number, allowed: number): number {
  let [within, out] = [x, 1];
  for (let step = 0; step < 60; step++) {
    const middle = (within + out) / 2;
    if (relativeEntropy(x, middle) > allowed) out = middle;
    else within = middle;
  }
  return out;
}

function relativeEntropy(x: number, m: number): number {
  const part = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  return part(x, m) + part(1 - x, 1 - m);
}
