import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { chainGradient, chainPath } from "../../test/conformance/engines/naive/chains.ts";
import { clippedDescent } from "./clipped-descent.ts";

const STEPS = 12;
const RATE = 0.05;
const network = multilayerPerceptron({ width: 1, depth: 2, activation: "linear", init: heNormal });
const streams = { key: [1, 7, 3, 2], first: 0, count: 40 } as const;
const observe = (threshold: number, clips?: number) =>
  clippedDescent(network, { rate: RATE, threshold, steps: STEPS, ...(clips === undefined ? {} : { clips }) }).observe({
    engine: reference,
    streams,
    data: {},
  });

/** A chain of two weights: w2 w1 x, where the input x is 1 or -1, which is read off the loss at the start. */
const starts = Array.from({ length: streams.count }, (_, row) => {
  const drawn = new Float64Array(2);
  drawParameters(network, streams.key, row, drawn, 0);
  const loss = reference.gradients({
    network,
    loss: "squared",
    batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
    streams: { ...streams, first: row, count: 1 },
  }).loss[0]!;
  const product = drawn[0]! * drawn[1]!;
  const isPlus = Math.abs((product - 1) ** 2 / 2 - loss) < Math.abs((product + 1) ** 2 / 2 - loss);
  return [isPlus ? drawn[0]! : -drawn[0]!, drawn[1]!];
});

describe("clippedDescent", () => {
  test("agrees with descent up to the first clipped step, and a naive loop says in which networks one is", () => {
    const seen = observe(1);
    for (const [row, start] of starts.entries()) {
      const optimiser = { name: "gradient-descent", rate: RATE } as const;
      const path = chainPath(start, { optimiser, target: 1, lossScale: 1, steps: STEPS });
      const clipped = path.slice(0, STEPS).some((weights) => Math.hypot(...chainGradient(weights, 1)) > 1);
      expect(seen.isClipped[row]).toBe(clipped ? 1 : 0);
      expect(seen.differsAfter[row]).toBe(clipped ? 1 : 0);
      expect(seen.differingBytes[row]).toBe(0);
    }
    expect(seen.isClipped).toContain(0);
    expect(seen.isClipped).toContain(1);
  });

  test("sees a method that clips earlier than is said", () => {
    const { differingBytes, isClipped } = observe(1, 1e-3);
    for (const [row, bytes] of differingBytes.entries()) if (isClipped[row] === 0) expect(bytes).toBeGreaterThan(0);
  });
});
