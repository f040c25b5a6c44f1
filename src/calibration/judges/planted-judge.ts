import tQuantile from "@stdlib/stats-base-dists-t-quantile";
import type { Instrument } from "./judge-case.ts";

/**
 * A judge that is wrong on purpose: the plain t interval, which promises its level for Gaussian values only. On logarithms
 * of uniforms at alpha = 1e-5 and n = 120 it errs 38 times as often as it says. Calibration that passes it is broken.
 */
export const plantedJudge: Instrument = {
  bounds: (groups, _question, alpha) => {
    const values = groups[0]!.columns[0]!;
    const n = values.length;
    let sum = 0;
    for (const value of values) sum += value;
    const mean = sum / n;
    let square = 0;
    for (const value of values) square += (value - mean) ** 2;
    const spread = Math.sqrt(square / (n - 1));
    const half = (-tQuantile(alpha, n - 1) * spread) / Math.sqrt(n);
    return { estimate: mean, low: mean - half, high: mean + half, spread: [spread] };
  },
};
