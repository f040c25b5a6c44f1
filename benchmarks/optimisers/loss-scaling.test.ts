import { describe, expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { chainPath, productBut } from "../../test/conformance/engines/naive/chains.ts";
import { lossScaling } from "./loss-scaling.ts";

const STEPS = 20;
const network: Chain = { kind: "chain", depth: 4, activation: "linear", init: xavierUniform };
const streams = { key: [1, 6, 1, 8], first: 0, count: 12 } as const;
const observe = (optimiser: Optimiser, factor: number) =>
  lossScaling(network, optimiser, { factor, steps: STEPS }).observe({ engine: reference, streams, data: {} });

const hex = (values: readonly number[]) => Buffer.from(Float64Array.from(values).buffer).toString("hex");
const drawn = reference.chainWeights({ network, streams });

/** Outputs along the way and last weights of the naive loop. */
function recorded(row: number, optimiser: Optimiser, lossScale: number): readonly number[] {
  const path = chainPath([...drawn.subarray(4 * row, 4 * row + 4)], { optimiser, target: 1, lossScale, steps: STEPS });
  return [...path.map((weights) => productBut(weights)), ...path[STEPS]!];
}

describe("lossScaling", () => {
  test.each<Optimiser>([
    { name: "sign-descent", rate: 0.02 },
    { name: "gradient-descent", rate: 0.02 },
    { name: "rmsprop", rate: 0.02, decay: 0.99, epsilon: 0 },
  ])("says of $name whether a naive loop's bytes differ: at a factor of 2^-20", (optimiser) => {
    const { differs } = observe(optimiser, 2 ** -20);
    for (let row = 0; row < streams.count; row++) {
      const same = hex(recorded(row, optimiser, 1)) === hex(recorded(row, optimiser, 2 ** -20));
      expect(differs[row]).toBe(same ? 0 : 1);
    }
  });

  test("counts the bytes of outputs and last weights", () => {
    const descent: Optimiser = { name: "gradient-descent", rate: 0.02 };
    const request = { network, optimiser: descent, target: 1, steps: STEPS, recordEvery: 1, streams };
    const plain = reference.chainTrajectories(request);
    const scaled = reference.chainTrajectories({ ...request, lossScale: 4 });
    const { differingBytes } = observe(descent, 4);
    for (let row = 0; row < streams.count; row++) {
      const bytes = (seen: typeof plain) =>
        (
          hex([
            ...seen.outputs.subarray(row * (STEPS + 1), (row + 1) * (STEPS + 1)),
            ...seen.weights.subarray(4 * row, 4 * row + 4),
          ]).match(/../g) ?? []
        ).slice();
      const other = bytes(scaled);
      expect(differingBytes[row]).toBe(bytes(plain).filter((byte, at) => byte !== other[at]).length);
      expect(differingBytes[row]).toBeGreaterThan(0);
    }
  });

  test("a factor of 1 leaves every byte", () => {
    expect(observe({ name: "gradient-descent", rate: 0.02 }, 1).differingBytes.every((bytes) => bytes === 0)).toBe(
      true,
    );
  });
});
