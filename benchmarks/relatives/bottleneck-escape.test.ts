import { expect, test } from "vitest";
import { reference } from "../../src/lab/reference/engine.ts";
import { nextUniform, openStream } from "../../src/numerics/random.ts";
import { bottleneckEscape } from "./bottleneck-escape.ts";

/** Steps of 2e-4 of explicit descent on (P - 1)^2 / 2 to P >= 1/2, in units of time. */
function descentTime(start: readonly number[]): number {
  const weights = [...start];
  for (let step = 0; ; step++) {
    const product = weights.reduce((all, weight) => all * weight, 1);
    if (product >= 0.5) return step * 2e-4;
    const gradients = weights.map((weight) => ((product - 1) * product) / weight);
    for (const [layer, gradient] of gradients.entries()) weights[layer]! -= 2e-4 * gradient;
  }
}

test("is that of times by explicit descent with small steps", () => {
  const streams = { key: [9, 8, 7, 6], first: 0, count: 3 } as const;
  const chain = { depth: 5, bottlenecks: 3, size: 0.2 };
  const { exponent } = bottleneckEscape(chain).observe({ engine: reference, streams, data: {} });
  for (let row = 0; row < streams.count; row++) {
    const stream = openStream(streams.key, row, 0);
    const others = [0.5 + nextUniform(stream), 0.5 + nextUniform(stream)];
    const [slow, fast] = [0.1, 0.2].map((size) => descentTime([size, size, size, ...others]));
    expect(exponent[row]).toBeCloseTo(Math.log2(slow! / fast!), 2);
  }
});
