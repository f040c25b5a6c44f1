import { beforeAll, describe, expect, test } from "vitest";
import { picturesOf } from "../../../../test/conformance/engines/fixtures.ts";
import type { BatchRequest } from "../../contract/picture-batch.ts";
import { heNormal } from "../../networks/network.ts";
import { lossGradients as referenceGradients } from "../../reference/loss-gradients.ts";
import { type Device, openDevice } from "../device/device.ts";
import { lossGradients } from "./loss-gradients.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const requestOf = (depth: number, gain: number): BatchRequest => ({
  network: {
    kind: "mlp",
    widths: [9, ...new Array<number>(depth - 1).fill(12), 3],
    activation: { leakySlope: 0.1 },
    init: { ...heNormal, gain },
  },
  batch: 5,
  streams: { key: [9, 8, 7, 6], first: 2, count: 4 },
  data: picturesOf(9),
});

const furthest = (found: Float64Array, wanted: Float64Array) =>
  found.reduce((most, value, i) => Math.max(most, Math.abs(value - wanted[i]!)), 0);

describe("gradients of the cross-entropy", () => {
  test("are the reference's behind 20 layers, and those of no other networks", () => {
    const request = requestOf(20, 2);
    const { logGradients } = lossGradients(device, request);
    const wanted = referenceGradients(request).logGradients;
    // 20 layers there and back of 12 terms and a draw of 13: 2 * 20 * 27 units of 2^-23 if all went one way.
    expect(furthest(logGradients, wanted)).toBeLessThan(2 * 20 * 27 * 2 ** -23);
    const next = { ...request, streams: { ...request.streams, first: 3 } };
    expect(furthest(logGradients, referenceGradients(next).logGradients)).toBeGreaterThan(1e-2);
  });

  test("of confident networks keep their digits, where 1 - p would have lost them", () => {
    const request = { ...requestOf(2, 400), batch: 1 };
    const { logGradients } = lossGradients(device, request);
    const wanted = referenceGradients(request).logGradients;
    // Logits of some hundreds, each rounded some 2 * 27 times, are the exponents of what is compared.
    expect(furthest(logGradients, wanted)).toBeLessThan(500 * 2 * 27 * 2 ** -23);
    // The loss's own part of it: e^-20 and less, where the rounding of a probability near 1 is e^-16.
    expect(Math.min(...wanted)).toBeLessThan(-20);
  });

  test("are the same whatever the size of the jobs", async () => {
    const request = requestOf(3, 2);
    const small = await openDevice({ faults: { memoryBytes: 12_000 } });
    expect(lossGradients(small, request)).toEqual(lossGradients(device, request));
  });

  test.each([
    ["signals that fade", 40, 1e-4, "signals fall below 2^-80"],
    ["signals that overflow", 40, 1e8, "overflow"],
    ["confidence beyond float32's exponentials", 2, 1e6, "confident network's loss underflows"],
  ])("are refused for %s", (_, depth, gain, message) => {
    expect(() => lossGradients(device, requestOf(depth, gain))).toThrow(message);
  });
});
