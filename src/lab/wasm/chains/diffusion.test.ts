import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StreamKey } from "../../../numerics/stream.ts";
import type { DiffusionProcess } from "../../contract/diffusion.ts";
import { reference } from "../../reference/engine.ts";
import { instantiate } from "../module.ts";
import { chainOperations } from "./chains.ts";

const wasm = chainOperations(instantiate("plain"));
const key: StreamKey = [5, 6, 7, 8];
const process: DiffusionProcess = {
  curvature: 0.05,
  noise: 0.1,
  rate: 1,
  radius: 1,
  directions: 1,
  start: "origin",
  maxSteps: 3000,
};

const PROCESSES: readonly Partial<DiffusionProcess>[] = [
  {},
  { start: { at: 0.3 } },
  { start: { at: -2 } },
  { start: { at: 0.01 }, noise: 0 },
  { start: { kick: 0.05 } },
  { start: { kick: 0.7 } },
  { noise: 2 },
  { noise: 0, maxSteps: 300 },
  { curvature: -0.1, maxSteps: 500 },
  { rate: 0.1, radius: 0.3 },
];

function expectEqual(changes: Partial<DiffusionProcess>, first: number, count: number): void {
  const request = { process: { ...process, ...changes }, streams: { key, first, count } };
  expect(wasm.diffusionExits(request)).toEqual(reference.diffusionExits(request));
}

describe.each(PROCESSES)("a diffusion with %o", (changes) => {
  // Fewer draws than one call takes, as many, one more; and steps that do not divide a call.
  test.each([1, 2, 3, 5, 64, 127, 128, 129])("in %d directions leaves when the reference does", (directions) => {
    for (const count of [1, 4, 9]) expectEqual({ ...changes, directions }, 11, count);
  });

  test.each([1, 40, 127, 128, 129])("is censored by %d steps where the reference is", (maxSteps) => {
    expectEqual({ ...changes, maxSteps, directions: 3 }, 0, 9);
  });
});

test("any diffusion gives the reference's bytes", () => {
  const changes = fc.record({
    curvature: fc.double({ min: -0.2, max: 0.5, noNaN: true }),
    noise: fc.double({ min: 0, max: 1, noNaN: true }),
    rate: fc.double({ min: 0.01, max: 1, noNaN: true }),
    directions: fc.integer({ min: 1, max: 20 }),
    maxSteps: fc.integer({ min: 1, max: 700 }),
    start: fc.oneof(
      fc.constant("origin" as const),
      fc.record({ at: fc.double({ min: -2, max: 2, noNaN: true }) }),
      fc.record({ kick: fc.double({ min: 1e-3, max: 1, noNaN: true }) }),
    ),
  });
  fc.assert(
    fc.property(changes, fc.nat(), fc.integer({ min: 1, max: 12 }), (process, first, count) =>
      expectEqual(process, first, count),
    ),
    { numRuns: 100 },
  );
});
