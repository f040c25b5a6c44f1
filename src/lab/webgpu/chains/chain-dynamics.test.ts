import { beforeAll, describe, expect, test } from "vitest";
import { withShaderFault } from "../../../../test/conformance/engines/faults/shader-fault.ts";
import { student2 } from "../../../../test/conformance/engines/fixtures.ts";
import { nameOf, optimisers } from "../../../../test/conformance/engines/naive/optimiser.ts";
import type { StreamKey } from "../../../numerics/stream.ts";
import type { ChainTrajectoryRequest, EscapeMethod } from "../../contract/chains.ts";
import { type Chain, xavierUniform } from "../../networks/network.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { chainEscapes as referenceEscapes } from "../../reference/chains/chain-escapes.ts";
import { chainTrajectories as referenceTrajectories } from "../../reference/chains/chain-trajectories.ts";
import { type Device, openDevice } from "../device/device.ts";
import { chainEscapes, chainTrajectories } from "./chain-dynamics.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [1, 6, 1, 8];
const streams = { key: KEY, first: 3, count: 24 };
const chainOf = (depth: number, init: Chain["init"] = xavierUniform): Chain => ({
  ...{ kind: "chain", depth, activation: "linear", init },
});

/** Float64's numbers and bits, but that all NaN are one. */
const bits = (values: Float64Array) => new BigUint64Array(values.map((x) => (Number.isNaN(x) ? Number.NaN : x)).buffer);

const trajectory = (optimiser: Optimiser, depth: number): ChainTrajectoryRequest => ({
  ...{ network: chainOf(depth), target: 1.5, lossScale: 0.75, optimiser, steps: 12, recordEvery: 3, streams },
});

function expectTrajectories(on: Device, request: ChainTrajectoryRequest): void {
  const found = chainTrajectories(on, request);
  const wanted = referenceTrajectories(request);
  expect(bits(found.weights)).toEqual(bits(wanted.weights));
  expect(bits(found.outputs)).toEqual(bits(wanted.outputs));
  expect(bits(found.losses)).toEqual(bits(wanted.losses));
}

function expectEscapes(on: Device, network: Chain, method: EscapeMethod, of = streams): Float64Array {
  const found = chainEscapes(on, { network, method, streams: of });
  const wanted = referenceEscapes({ network, method, streams: of });
  expect(found).toEqual(wanted);
  return found.times;
}

describe.each(optimisers.map((optimiser) => ({ optimiser, name: nameOf(optimiser) })))(
  "chains by $name",
  ({ optimiser }) => {
    test.each([1, 5])("%i long have the reference's trajectories, byte for byte", (depth) => {
      expectTrajectories(device, trajectory(optimiser, depth));
    });

    test("escape at the reference's steps", () => {
      const rate = Math.max(optimiser.rate, 0.02);
      const times = expectEscapes(device, chainOf(4), { ...optimiser, rate, maxSteps: 60 });
      expect(new Set(times).size).toBeGreaterThan(2);
    });
  },
);

describe("at the ends of float64", () => {
  const few = { ...streams, count: 4 };
  const sign = { name: "sign-descent", rate: 0.01 } as const;
  const descent = { name: "gradient-descent", rate: 0.05 } as const;

  test("chains whose products underflow escape by their signs alone", () => {
    const times = expectEscapes(device, chainOf(600), { ...sign, maxSteps: 120 }, few);
    expect(times.some((time) => time < Infinity)).toBe(true);
  });

  test("chains whose products underflow stand still by their gradients", () => {
    expectTrajectories(device, { ...trajectory(descent, 600), streams: few });
  });

  test.each(["gradient-descent", "normalised-descent", "clipped-descent", "adam"] as const)(
    "gradients of %s whose squares leave the range are the reference's",
    (name) => {
      const optimiser = optimisers.find((each) => each.name === name)!;
      const network = chainOf(3, { law: "uniform", gain: 1e120, fan: "in" });
      expectTrajectories(device, { ...trajectory(optimiser, 3), network, steps: 4, recordEvery: 1, streams: few });
    },
  );

  test("weights of any law are the CPU's", () => {
    expectTrajectories(device, { ...trajectory(descent, 5), network: chainOf(5, student2) });
  });

  test("chains that start escaped, or are censored at once", () => {
    const network = chainOf(2, { law: "uniform", gain: 30, fan: "in" });
    const times = expectEscapes(device, network, { ...sign, maxSteps: 1 });
    expect([...new Set(times)].sort()).toEqual([0, 0.01, Infinity].filter((time) => times.includes(time)));
  });
});

describe("a fault planted in the shader is seen", () => {
  const of = (name: Optimiser["name"]) => optimisers.find((optimiser) => optimiser.name === name)!;
  test.each([
    ["a product rounded down", "gradient-descent", "if (tail > 0x200u ||", "if (false ||"],
    ["a difference for a sum", "momentum", "select(0u, SIGN64, operation ==", "select(SIGN64, 0u, operation =="],
    [
      "a quotient without what is left",
      "normalised-descent",
      "quotient.x |= select(0u, 1u, (rest.x | rest.y) != 0u);",
      "",
    ],
    ["a root of one bit less", "adam", "bit < 55u; bit++) {\n    rest =", "bit < 54u; bit++) {\n    rest ="],
    ["the scales of the first step at all", "adam", "2u * step + instruction.w", "instruction.w"],
    ["signs of zeros and ones alone", "sign-descent", "(a.y & SIGN64) | 0x3ff00000u), ZERO64", "0x3ff00000u), ZERO64"],
    [
      "a threshold from the other side",
      "clipped-descent",
      "if (!isZero64(a)) { numbers[out] = b; }",
      "if (isZero64(a)) { numbers[out] = b; }",
    ],
    ["a record a step late", "momentum", "step % p.every == 0u", "step % p.every == 1u"],
    ["another chain's registers", "gradient-descent", "address * p.count + thread", "address * p.count"],
  ] as const)("%s", (_, name, right, wrong) => {
    const faulty = withShaderFault(device, right, wrong);
    expect(() => expectTrajectories(faulty, trajectory(of(name), 4))).toThrow();
    expect(faulty.isMet()).toBe(true);
  });
});

test("results are the same whatever the size of the jobs", async () => {
  const small = await openDevice({ faults: { memoryBytes: 9000 } });
  expectTrajectories(small, trajectory(optimisers[1]!, 4));
});
