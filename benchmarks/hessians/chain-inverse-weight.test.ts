import { expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { chainInverseWeight } from "./chain-inverse-weight.ts";

const network: Chain = { kind: "chain", depth: 7, activation: "linear", init: xavierUniform };
const streams = { key: [9, 9, 1, 2], first: 0, count: 500 } as const;
const observe = (level: number) =>
  chainInverseWeight(network, level).observe({ engine: reference, streams, data: {} }).exceeds;

test("a chain exceeds exactly the levels below its largest inverse weight", () => {
  const weights = reference.chainWeights({ network, streams });
  for (let row = 0; row < 20; row++) {
    const largest = Math.max(...[...weights.subarray(row * 7, row * 7 + 7)].map((weight) => Math.abs(1 / weight)));
    expect(observe(largest * 0.999)[row]).toBe(1);
    expect(observe(largest * 1.001)[row]).toBe(0);
  }
});

test("it does so with probability 1 - (1 - 1 / (level sqrt 3))^depth", () => {
  const share = observe(10).reduce((sum, value) => sum + value, 0) / streams.count;
  // Five standard deviations of 500 chains around 0.3394.
  expect(Math.abs(share - (1 - (1 - 1 / (10 * Math.sqrt(3))) ** 7))).toBeLessThan(5 * Math.sqrt(0.224 / 500));
});
