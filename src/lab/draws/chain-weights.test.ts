import { describe, expect, test } from "vitest";
import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { type Chain, type Initialisation, mlp } from "../networks/network.ts";
import { drawNetwork, openTape } from "../reference/tape.ts";
import { chainWeights } from "./chain-weights.ts";

const key: StreamKey = [9, 8, 7, 6];
const laws: readonly Initialisation[] = [
  { law: "gaussian", gain: 2, fan: "in" },
  { law: "uniform", gain: 1, fan: "average" },
  { law: "rademacher", gain: 2, fan: "in" },
  { law: "orthogonal", gain: 2, fan: "in" },
  { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 2 },
];

const chain = (init: Initialisation, depth = 5): Chain => ({ kind: "chain", depth, activation: "linear", init });

describe("chainWeights", () => {
  test.each(laws)("gives the bytes of the perceptron of width 1: %o", (init) => {
    const weights = chainWeights({ network: chain(init), streams: { key, first: 3, count: 4 } });
    const tape = openTape(mlp({ width: 1, depth: 5, activation: "linear", init }), 1, "activated");
    const expected: number[] = [];
    for (let replicate = 3; replicate < 7; replicate++) {
      drawNetwork(tape, openStream(key, replicate, LANES.weights));
      expected.push(...tape.layers.map((layer) => layer.weights[layer.at]!));
    }
    expect([...weights]).toEqual(expected);
  });

  test.each(laws)("gives the same bytes in any chunks: %o", (init) => {
    const whole = chainWeights({ network: chain(init), streams: { key, first: 0, count: 5 } });
    const first = chainWeights({ network: chain(init), streams: { key, first: 0, count: 2 } });
    const rest = chainWeights({ network: chain(init), streams: { key, first: 2, count: 3 } });
    expect([...first, ...rest]).toEqual([...whole]);
  });

  // E ln|w| of the table B3: ln t - 1 for U[-t, t], ln s - (gamma + ln 2) / 2 for N(0, s^2); variances 1 and pi^2 / 8.
  test.each([
    { init: { law: "uniform", gain: 1, fan: "in" } as const, mean: -0.4507, sd: 1 },
    { init: { law: "gaussian", gain: 2, fan: "in" } as const, mean: -0.2886, sd: 1.1107 },
  ])("has the mean log weight of its law: $init.law", ({ init, mean, sd }) => {
    const weights = chainWeights({ network: chain(init, 100), streams: { key, first: 0, count: 200 } });
    const average = weights.reduce((sum, w) => sum + Math.log(Math.abs(w)), 0) / weights.length;
    // Five standard errors; the table has four digits.
    expect(Math.abs(average - mean)).toBeLessThan((5 * sd) / Math.sqrt(weights.length) + 1e-4);
  });

  test("the activation does not change the draws", () => {
    const streams = { key, first: 0, count: 2 };
    const relu: Chain = { ...chain(laws[0]!), activation: "relu" };
    expect(chainWeights({ network: relu, streams })).toEqual(chainWeights({ network: chain(laws[0]!), streams }));
  });
});
