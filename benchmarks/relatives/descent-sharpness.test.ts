import { expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { descentSharpness } from "./descent-sharpness.ts";

const START = [4, 0.2, 0.2, 0.2];
const NOISE = 0.02;
const streams = { key: [2, 0, 2, 1], first: 0, count: 10 } as const;
const observe = (limit: number, steps = 4000) =>
  descentSharpness({ start: START, noise: NOISE, limit, steps }).observe({ engine: reference, streams, data: {} });

/**
 * Gradient flow keeps all w_i^2 - w_j^2, so it ends at w_i^2 + s with product of the roots 1, found by bisection; the sharpness
 * there is the sum of 1 / (w_i^2 + s).
 */
function flowSharpness(row: number): number {
  const init = { law: "gaussian", gain: NOISE ** 2, fan: "in" } as const;
  const drawn = new Float64Array(4);
  drawParameters(multilayerPerceptron({ width: 1, depth: 4, activation: "linear", init }), streams.key, row, drawn, 0);
  const squares = START.map((value, layer) => (value + drawn[layer]!) ** 2);
  let [low, high] = [0, 10];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (squares.reduce((product, square) => product * Math.sqrt(square + middle), 1) < 1) low = middle;
    else high = middle;
  }
  return squares.reduce((sum, square) => sum + 1 / (square + low), 0);
}

test("a small rate ends at gradient flow's sharpness", () => {
  const { overLimit, arrived } = observe(100, 20_000);
  expect(arrived.some((value) => value === 1)).toBe(true);
  for (let row = 0; row < streams.count; row++) {
    // Steps of a fiftieth of the limit leave the flow by about as much of a hundredth.
    if (arrived[row] === 1) expect(Math.abs(100 * overLimit[row]! - flowSharpness(row))).toBeLessThan(0.1);
  }
});

test("a rate whose limit is below that ends just below its limit", () => {
  const { overLimit, arrived } = observe(6);
  for (let row = 0; row < streams.count; row++) {
    if (arrived[row] === 0) continue;
    expect(flowSharpness(row)).toBeGreaterThan(6.5);
    expect(overLimit[row]).toBeGreaterThan(0.98);
    expect(overLimit[row]).toBeLessThan(1);
  }
});

test("a chain that has not arrived says nothing", () => {
  const { overLimit, arrived } = observe(6, 2);
  expect([...arrived]).toEqual(new Array(streams.count).fill(0));
  expect([...overLimit]).toEqual(new Array(streams.count).fill(0));
});
