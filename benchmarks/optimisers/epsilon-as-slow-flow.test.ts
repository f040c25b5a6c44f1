import { expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { flowTime, stepsToHalf } from "../../test/conformance/engines/naive/chains.ts";
import { epsilonAsSlowFlow } from "./epsilon-as-slow-flow.ts";

const DEPTH = 6;
const HORIZON = 1;
const network: Chain = { kind: "chain", depth: DEPTH, activation: "linear", init: xavierUniform };
const streams = { key: [2, 7, 1, 8], first: 0, count: 40 } as const;
const optimiser = { name: "rmsprop", rate: 0.01, decay: 0.9, epsilon: 0.5 } as const;
const drawn = reference.chainWeights({ network, streams });

test.each([0.5, 0.25])(
  "compares a naive loop's escape with that of Runge and Kutta in the time %d divides the horizon to",
  (clock) => {
    const seen = epsilonAsSlowFlow(network, optimiser, HORIZON, clock).observe({
      engine: reference,
      streams,
      data: {},
    });
    for (let row = 0; row < streams.count; row++) {
      const weights = [...drawn.subarray(row * DEPTH, (row + 1) * DEPTH)];
      const stuck = stepsToHalf(weights, optimiser, HORIZON / optimiser.rate) === Infinity;
      const slow = flowTime(weights, 0.01, 4 * HORIZON) > HORIZON / clock;
      expect(seen.stuck[row]).toBe(stuck ? 1 : 0);
      expect(seen.flowIsSlow[row]).toBe(slow ? 1 : 0);
      expect(seen.agrees[row]).toBe(stuck === slow ? 1 : 0);
      expect(seen.startsBelow[row]).toBe(weights.reduce((product, weight) => product * weight, 1) < 0.5 ? 1 : 0);
    }
    expect(seen.stuck).toContain(1);
    expect(seen.stuck).toContain(0);
  },
);
