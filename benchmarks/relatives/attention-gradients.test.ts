import { describe, expect, test } from "vitest";
import { reference } from "../../src/lab/reference/engine.ts";
import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { attentionGradients } from "./attention-gradients.ts";

const [TOKENS, WIDTH] = [4, 3];
const streams = { key: [1, 6, 1, 8], first: 0, count: 5 } as const;
const observe = (spread: number) =>
  attentionGradients({ tokens: TOKENS, width: WIDTH, spread }).observe({ engine: reference, streams, data: {} });

/** <cotangent, attention> from its definition on flat arrays: weights are W_Q, W_K, W_V one after the other. */
function attended(weights: Float64Array, x: readonly (readonly number[])[], cotangent: Float64Array): number {
  const project = (token: readonly number[], which: number) =>
    Array.from({ length: WIDTH }, (_, j) =>
      token.reduce((sum, value, i) => sum + value * weights[which * 9 + i * WIDTH + j]!, 0),
    );
  let total = 0;
  for (const [i, token] of x.entries()) {
    const query = project(token, 0);
    const scores = x.map((other) =>
      Math.exp(project(other, 1).reduce((sum, value, j) => sum + value * query[j]!, 0) / Math.sqrt(WIDTH)),
    );
    const sum = scores.reduce((a, b) => a + b, 0);
    for (const [k, other] of x.entries()) {
      for (const [j, value] of project(other, 2).entries()) {
        total += cotangent[i * WIDTH + j]! * (scores[k]! / sum) * value;
      }
    }
  }
  return total;
}

describe("attentionGradients", () => {
  test("are central differences of the definition", () => {
    const spread = 0.5;
    const seen = observe(spread);
    for (let row = 0; row < streams.count; row++) {
      const weights = new Float64Array(27);
      fillGaussianRows(openStream(streams.key, row, 0), weights);
      for (let i = 0; i < 27; i++) weights[i]! /= Math.sqrt(WIDTH);
      const drawn = new Float64Array((TOKENS + 1) * WIDTH);
      fillGaussianRows(openStream(streams.key, row, 1), drawn);
      const x = Array.from({ length: TOKENS }, (_, token) =>
        Array.from({ length: WIDTH }, (__, unit) => drawn[unit]! + spread * drawn[(token + 1) * WIDTH + unit]!),
      );
      const cotangent = new Float64Array(TOKENS * WIDTH);
      fillGaussianRows(openStream(streams.key, row, 2), cotangent);
      const gradient = Float64Array.from({ length: 27 }, (_, i) => {
        const moved = (by: number) => weights.map((value, at) => (at === i ? value + by : value));
        return (attended(moved(1e-5), x, cotangent) - attended(moved(-1e-5), x, cotangent)) / 2e-5;
      });
      const norm = (which: number) => Math.hypot(...gradient.subarray(which * 9, which * 9 + 9));
      expect(Math.exp(seen.logQuery[row]!)).toBeCloseTo(norm(0), 6);
      expect(Math.exp(seen.logValue[row]!)).toBeCloseTo(norm(2), 6);
      expect(seen.queryAndKeyOverValue[row]).toBeCloseTo((norm(0) + norm(1)) / norm(2), 6);
    }
  });

  test("of identical tokens are exactly zero for queries and keys, and not for values", () => {
    const seen = observe(0);
    for (let row = 0; row < streams.count; row++) {
      expect(seen.queryAndKeyOverValue[row]).toBe(0);
      expect(seen.logQuery[row]).toBe(Number.NEGATIVE_INFINITY);
      expect(Number.isFinite(seen.logValue[row])).toBe(true);
    }
  });
});

/** Row by row, as the experiment draws: one call a row of `WIDTH`. */
function fillGaussianRows(stream: ReturnType<typeof openStream>, out: Float64Array): void {
  for (let from = 0; from < out.length; from += WIDTH) fillGaussian(stream, out, from, from + WIDTH);
}
