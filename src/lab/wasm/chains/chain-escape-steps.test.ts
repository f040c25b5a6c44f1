import { expect, test } from "vitest";
import type { DescentMethod } from "../../contract/chains.ts";
import { instantiate } from "../module.ts";
import { escapeSteps } from "./chain-escape-steps.ts";
import { frameBytes, openFrame } from "./chain-frame.ts";

const SMALLEST_NORMAL = 2 ** -1022;

test("a chain that has escaped rests while another is followed: its momentum does not decay to subnormal numbers", () => {
  const method: DescentMethod = { name: "momentum", rate: 0.1, momentum: 0.9, maxSteps: 20_000 };
  const kernels = instantiate("plain");
  const request = { depth: 2, optimiser: method, target: 1, lossScale: 1, steps: method.maxSteps };
  const at = kernels.heapBase;
  kernels.memory.grow(Math.ceil((at + frameBytes(kernels, request)) / 65536));
  const frame = openFrame(kernels, at, request);
  // the second is a saddle, and stays
  const chains = [Float64Array.of(0.5, 0.5), Float64Array.of(0, 0)];

  const steps = escapeSteps(kernels.functions, frame, method, chains.length, (row) => chains[row]!);

  expect(steps[0]).toBeGreaterThan(0);
  expect(steps[0]).toBeLessThan(50);
  expect(steps[1]).toBe(Number.POSITIVE_INFINITY);
  expect(frame.layers.filter((value) => value !== 0 && Math.abs(value) < SMALLEST_NORMAL)).toEqual(new Float64Array(0));
});
