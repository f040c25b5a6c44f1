import { beforeAll, describe, expect, test } from "vitest";
import { withShaderFault } from "../../../../test/conformance/engines/faults/shader-fault.ts";
import { student2 } from "../../../../test/conformance/engines/fixtures.ts";
import type { StreamKey } from "../../../numerics/stream.ts";
import { type Chain, xavierUniform } from "../../networks/network.ts";
import { chainEscapes as referenceEscapes } from "../../reference/chains/chain-escapes.ts";
import { chainHessians as referenceHessians } from "../../reference/chains/chain-hessian.ts";
import { type Device, openDevice } from "../device/device.ts";
import { chainEscapes } from "./chain-dynamics.ts";
import { chainHessians } from "./chain-hessians.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [2, 9, 9, 7];
const streams = { key: KEY, first: 5, count: 12 };
const flow = { name: "gradient-flow" } as const;
const chainOf = (depth: number, init: Chain["init"] = xavierUniform): Chain => ({
  ...{ kind: "chain", depth, activation: "linear", init },
});
const ofOneSize = (gain: number): Chain["init"] => ({ law: "rademacher", gain, fan: "in" });

function expectFlow(on: Device, network: Chain, of = streams): Float64Array {
  const found = chainEscapes(on, { network, method: flow, streams: of });
  expect(found).toEqual(referenceEscapes({ network, method: flow, streams: of }));
  return found.times;
}

function expectHessians(on: Device, network: Chain, target: number, of = streams): void {
  const request = { network, target, streams: of };
  expect(chainHessians(on, request)).toEqual(referenceHessians(request));
}

describe("gradient flow takes the reference's times, byte for byte", () => {
  test.each([1, 2, 5])("of chains %i long", (depth) => {
    expectFlow(device, chainOf(depth));
  });

  test("of chains whose other weights' product leaves float64", () => {
    const network = chainOf(90, { law: "uniform", gain: 1e-5, fan: "in" });
    const times = expectFlow(device, network, { ...streams, count: 2 });
    expect(Math.max(...times)).toBeGreaterThan(1e150);
  });

  test("of chains that start escaped, take a time, or stay at a saddle", () => {
    const times = new Set([
      ...expectFlow(device, chainOf(3, ofOneSize(0.64))),
      ...expectFlow(device, chainOf(3, ofOneSize(0.25))),
    ]);
    expect(times).toContain(0);
    expect(times).toContain(Number.POSITIVE_INFINITY);
    expect(times.size).toBe(3);
  });

  test("and says why it refuses a chain, in the reference's words", () => {
    const request = { network: chainOf(4, { law: "uniform", gain: 1e300, fan: "in" }), method: flow, streams };
    const refusal = messageOf(() => referenceEscapes(request));
    expect(refusal).toContain("gradient flow requires an escape");
    expect(messageOf(() => chainEscapes(device, request))).toBe(refusal);
  });
});

function messageOf(ask: () => unknown): string | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

describe("Hessians of chains are the reference's, byte for byte", () => {
  test.each([
    [1, 1],
    [2, 0],
    [5, 1],
    [5, -2],
    [24, 1],
  ])("%i long, of target %d", (depth, target) => {
    expectHessians(device, chainOf(depth), target);
  });

  test.each([
    ["of one size, whose poles are one", chainOf(4, ofOneSize(0.5)), 1],
    ["whose Hessian the shortcut does not have, since the output is the target", chainOf(2, ofOneSize(1)), 1],
    ["of heavy tails", chainOf(6, student2), 1],
    ["whose products underflow", chainOf(40, { law: "uniform", gain: 1e-30, fan: "in" } as const), 1],
  ])("of chains %s", (_, network, target) => {
    expectHessians(device, network, target);
  });

  test("whatever the size of the jobs", async () => {
    expectHessians(await openDevice({ faults: { memoryBytes: 20_000 } }), chainOf(4), 1);
  });
});

describe("a fault planted in the shader is seen", () => {
  const isFlow = (on: Device) => expectFlow(on, chainOf(3));
  const isHessian = (on: Device) => expectHessians(on, chainOf(3), 1);
  test.each([
    ["a jump that ends the thread, in a flow", isFlow, "{ at = instruction.y; }", "{ status = 2u; }"],
    ["each factor logged by itself, in a flow", isFlow, "ZERO64, ONE64, isOutside", "ONE64, ONE64, isOutside"],
    ["a power of two too many, in a Hessian", isHessian, "u32(wholeOf(a) + 1023) <<", "u32(wholeOf(a) + 1024) <<"],
    ["whole numbers without their sign, in a Hessian", isHessian, "select(size, -size, (a.y & SIGN64) != 0u)", "size"],
    ["the first of all entries, in a Hessian", isHessian, "instruction.z + u32(wholeOf(b))", "instruction.z"],
    ["all entries at the first, in a Hessian", isHessian, "instruction.y + u32(wholeOf(b))", "instruction.y"],
  ] as const)("%s", (_, hold, right, wrong) => {
    const faulty = withShaderFault(device, right, wrong);
    expect(() => hold(faulty)).toThrow();
    expect(faulty.isMet()).toBe(true);
  });
});
