import { expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { stepsToHalf } from "../../test/conformance/engines/naive/chains.ts";
import { momentumFactor } from "./momentum-factor.ts";

const DEPTH = 4;
const network: Chain = { kind: "chain", depth: DEPTH, activation: "linear", init: xavierUniform };
const streams = { key: [1, 4, 1, 4], first: 0, count: 60 } as const;

test("is the ratio of a naive loop's numbers of steps, of chains that take long but not too long", () => {
  const method = { name: "momentum", rate: 0.01, momentum: 0.9 } as const;
  const seen = momentumFactor(network, method, { slowFrom: 100, maxSteps: 600 }).observe({
    engine: reference,
    streams,
    data: {},
  });
  const drawn = reference.chainWeights({ network, streams });
  for (let row = 0; row < streams.count; row++) {
    const weights = [...drawn.subarray(row * DEPTH, (row + 1) * DEPTH)];
    const plain = stepsToHalf(weights, { name: "gradient-descent", rate: 0.01 }, 600);
    const slow = plain >= 100 && plain < Infinity;
    if (plain < Infinity) expect(seen.stepsOfDescent[row]).toBeCloseTo(plain, 9);
    else expect(seen.stepsOfDescent[row]).toBe(Infinity);
    expect(seen.slow[row]).toBe(slow ? 1 : 0);
    expect(seen.factor[row]).toBeCloseTo(slow ? plain / stepsToHalf(weights, method, 600) : 0, 9);
  }
  expect(seen.slow).toContain(1);
  expect(seen.stepsOfDescent).toContain(Infinity);
});
