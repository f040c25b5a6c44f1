import { nextGamma } from "../../predictions/synthetic/gamma.ts";
import type { Family } from "../../statistics/question.ts";
import type { TiltedLaw } from "../tilted/tilted-law.ts";

/**
 * theta (G1 - G2 - mean) of independent gammas, the law of `bilateralGammaLaw`, with its tilt in the value: each gamma's scale
 * changes, to theta / (1 - h theta) and theta / (1 + h theta). Exponential tails on the sides that the skewness leaves.
 */
export function tiltedGammas({ skewness, excessKurtosis }: Family): TiltedLaw {
  const theta = Math.sqrt(excessKurtosis / 6);
  const sum = 1 / (theta * theta);
  const difference = Math.max(-sum, Math.min(sum, skewness / (2 * theta ** 3)));
  const [upper, lower] = [(sum + difference) / 2, (sum - difference) / 2];
  const mean = upper - lower;
  return {
    name: `gammas to ${lower === 0 || upper === 0 ? "one side" : "both sides"}`,
    skewness,
    excessKurtosis,
    lowest: lower === 0 ? Number.NEGATIVE_INFINITY : -1 / theta,
    highest: upper === 0 ? Number.POSITIVE_INFINITY : 1 / theta,
    cumulant: (h) => -upper * logOf(1 - h * theta, upper) - lower * logOf(1 + h * theta, lower) - h * theta * mean,
    mean: (h) => theta * (part(upper, 1 - h * theta) - part(lower, 1 + h * theta) - mean),
    sufficient: (z) => z,
    fill: (stream, out, from, to, h) => {
      const [up, down] = [1 / (1 - h * theta), 1 / (1 + h * theta)];
      for (let i = from; i < to; i++) {
        const above = upper === 0 ? 0 : up * nextGamma(stream, upper);
        const below = lower === 0 ? 0 : down * nextGamma(stream, lower);
        out[i] = theta * (above - below - mean);
      }
    },
  };
}

function logOf(x: number, shape: number): number {
  return shape === 0 ? 0 : Math.log(x);
}

function part(shape: number, room: number): number {
  return shape === 0 ? 0 : shape / room;
}
