import { beforeAll, expect, test } from "vitest";
import { activation, dense, layered } from "../../../../test/conformance/engines/models.ts";
import type { StreamKey } from "../../../numerics/stream.ts";
import { drawParameters } from "../../draws/draw-parameters.ts";
import { parameterCount } from "../../networks/layered-network.ts";
import { heNormal, heUniform, type Initialisation, type LayerDescription } from "../../networks/network.ts";
import { type Device, openDevice } from "../device/device.ts";
import { drawPass, parameterDraws } from "./parameter-draws.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [2, 7, 1, 8];
const bias = { standardDeviation: 0.5 };
/** Odd numbers of weights and biases, so that fills begin at a half of a block, behind one, and in another law. */
const layers: readonly LayerDescription[] = [
  { kind: "convolution", channels: 3, size: 3, padding: "zero", bias },
  { kind: "batch-normalisation", epsilon: 1e-3 },
  dense(5),
  { kind: "residual", scale: 1, branch: [dense(5, bias), activation("tanh"), { kind: "multiplier", initial: 0.25 }] },
  { kind: "dense", width: 4, bias: { standardDeviation: 0 }, initial: "zero" },
  dense(3, bias),
];
const laws: readonly Initialisation[] = [
  heNormal,
  { ...heNormal, fan: "average" },
  heUniform,
  { law: "uniform", gain: 0.7, fan: "average" },
  { law: "rademacher", gain: 2, fan: "in" },
];

test.each(laws)("parameters of the law $law by fan $fan are those of the CPU within 14 units of 2^-23", (init) => {
  const network = layered({ channels: 1, height: 3, width: 3 }, layers, init);
  const count = parameterCount(network);
  const { drawn, constants } = parameterDraws(network, count)!;
  const replicates = 2;
  const base = { begin: 0, stride: count, divisor: 1, modulus: 1 };
  const out = { begin: count, stride: count, divisor: 1, modulus: replicates };
  const first = 11;
  const bytes = 4 * count * (1 + replicates);
  const start = new Float32Array(count * (1 + replicates));
  for (let row = 0; row <= replicates; row++) start.set(constants, row * count);
  const passes = drawn.map((draws) => drawPass(draws, { out, base, key: KEY, first }, replicates));
  const [read] = device.run({ buffers: [{ bytes, data: start }], passes, reads: [{ buffer: 0, bytes }] });
  const found = new Float32Array(read!).subarray(count);
  for (let row = 0; row < replicates; row++) {
    const wanted = new Float64Array(count);
    drawParameters(network, KEY, first + row, wanted, 0);
    for (const [i, value] of wanted.entries()) {
      const gap = Math.abs(found[row * count + i]! - value);
      expect(gap, `parameter ${i}`).toBeLessThanOrEqual(14.5 * 2 ** -23 * Math.abs(value));
    }
  }
});

test("laws that the device does not draw are left to the CPU", () => {
  const network = layered(3, [dense(3)], { law: "orthogonal", gain: 1, fan: "in" });
  expect(parameterDraws(network, parameterCount(network))).toBeUndefined();
});
