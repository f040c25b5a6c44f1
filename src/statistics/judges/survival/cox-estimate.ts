import { FARTHEST } from "./hazard-bound.ts";
import type { PairedMoment } from "./paired-moments.ts";

/**
 * ln(hazard of the first group / hazard of the second) where Cox's partial likelihood is largest, ties by B. Efron's
 * approximation (JASA 72, 1977, 557-565); infinite where a group has no event, or nobody of the other is at risk at any.
 */
export function coxEstimate(moments: readonly PairedMoment[]): number {
  const score = (logRatio: number): number =>
    moments.reduce((sum, moment) => sum + moment.events[0] - expectedOfFirst(moment, Math.exp(logRatio)), 0);
  let [low, high] = [-FARTHEST, FARTHEST];
  if (score(low) <= 0) return Number.NEGATIVE_INFINITY;
  if (score(high) >= 0) return Number.POSITIVE_INFINITY;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (score(middle) > 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function expectedOfFirst({ events: [d1, d2], atRisk: [y1, y2] }: PairedMoment, ratio: number): number {
  const both = d1 + d2;
  let expected = 0;
  for (let j = 0; j < both; j++) {
    const first = ratio * (y1 - (j * d1) / both);
    expected += first / (first + y2 - (j * d2) / both);
  }
  return expected;
}
