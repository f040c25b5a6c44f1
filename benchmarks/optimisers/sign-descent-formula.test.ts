import { expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { stepsToHalf } from "../../test/conformance/engines/naive/chains.ts";
import { signDescentFormula } from "./sign-descent-formula.ts";
import { signDescentTime } from "./sign-descent-time.ts";

const DEPTH = 6;
const network: Chain = { kind: "chain", depth: DEPTH, activation: "linear", init: xavierUniform };
const streams = { key: [5, 7, 7, 2], first: 0, count: 40 } as const;
const RATE = 0.01;

test("counts the steps between a naive loop's time and the closed form, and says which times lie in the band", () => {
  const experiment = signDescentFormula(network, { name: "sign-descent", rate: RATE }, 8, [0.2, 0.6]);
  const seen = experiment.observe({ engine: reference, streams, data: {} });
  const drawn = reference.chainWeights({ network, streams });
  for (let row = 0; row < streams.count; row++) {
    const weights = drawn.slice(row * DEPTH, (row + 1) * DEPTH);
    const time = stepsToHalf([...weights], { name: "sign-descent", rate: RATE }, 800) * RATE;
    const off = Math.abs(time - signDescentTime(weights, 0.5)) / RATE;
    expect(seen.time[row]).toBeCloseTo(time, 12);
    expect(seen.stepsOff[row]).toBeCloseTo(off, 9);
    expect(seen.isClose[row]).toBe(off <= 4 ? 1 : 0);
    expect(seen.inBand[row]).toBe(time >= 0.2 && time <= 0.6 ? 1 : 0);
  }
  expect(seen.inBand).toContain(0);
  expect(seen.inBand).toContain(1);
});
