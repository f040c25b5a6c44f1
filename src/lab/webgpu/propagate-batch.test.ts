import { beforeAll, describe, expect, test } from "vitest";
import { withShaderFault } from "../../../test/conformance/engines/faults/shader-fault.ts";
import { picturesOf } from "../../../test/conformance/engines/fixtures.ts";
import type { BatchRequest } from "../contract/picture-batch.ts";
import { heNormal, type Mlp, orthogonal } from "../networks/network.ts";
import { propagateBatch as propagateBatch64 } from "../reference/propagate-batch.ts";
import { type Device, openDevice } from "./device/device.ts";
import { propagateBatch } from "./propagate-batch.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const requestOf = (network: Mlp, batch: number): BatchRequest => ({
  network,
  batch,
  streams: { key: [8, 6, 4, 2], first: 3, count: 5 },
  data: picturesOf(network.widths[0]!),
});

const wide: Mlp = { kind: "mlp", widths: [9, 70, 33, 12], activation: "relu", init: heNormal };
const student = { law: "student-t", gain: 1, fan: "in", degreesOfFreedom: 2 } as const;

describe("angles of pictures", () => {
  test.each<[string, Mlp, number]>([
    ["ReLU, unequal widths", wide, 5],
    [
      "leaky and deep",
      { kind: "mlp", widths: [7, ...new Array(30).fill(14)], activation: { leakySlope: 0.2 }, init: heNormal },
      3,
    ],
    ["Student's t", { kind: "mlp", widths: [5, 9, 11], activation: { leakySlope: 0.5 }, init: student }, 4],
    ["matrices that keep all angles", { kind: "mlp", widths: [8, 8, 8], activation: "linear", init: orthogonal(2) }, 3],
  ])("%s: are the reference's", (_, network, batch) => {
    const request = requestOf(network, batch);
    const [found, wanted] = [propagateBatch(device, request), propagateBatch64(request)];
    expect(found.alive).toEqual(wanted.alive);
    expect(found.collapsed).toEqual(wanted.collapsed);
    expect(found.inputOneMinusCosine).toEqual(wanted.inputOneMinusCosine);
    // |u - v| is above 1e-3 here, and each entry of a unit vector is off by less than (n + 19) units a layer, with random signs 1e-6.
    expect(Math.min(...wanted.logOneMinusCosine)).toBeGreaterThan(Math.log(1e-6 / 2));
    for (const [row, value] of found.logOneMinusCosine.entries()) {
      expect(Math.abs(value - wanted.logOneMinusCosine[row]!)).toBeLessThan(4e-3);
    }
  });

  test("of other networks are others", () => {
    const request = requestOf(wide, 5);
    const moved = propagateBatch64({ ...request, streams: { ...request.streams, first: 4 } });
    const found = propagateBatch(device, request);
    expect(Math.abs(found.logOneMinusCosine[0]! - moved.logOneMinusCosine[0]!)).toBeGreaterThan(0.01);
    expect(found.logOneMinusCosine[1]).toBeCloseTo(moved.logOneMinusCosine[0]!, 3);
  });

  test("are the same whatever the size of the jobs", async () => {
    for (const network of [wide, { ...wide, init: student }]) {
      const small = await openDevice({ faults: { memoryBytes: 60_000 } });
      expect(propagateBatch(small, requestOf(network, 4))).toEqual(propagateBatch(device, requestOf(network, 4)));
    }
  });

  test("are far off where every picture has a network of its own", () => {
    const faulty = withShaderFault(device, "row / parameters.batch;", "row;");
    const wanted = propagateBatch64(requestOf(wide, 5)).logOneMinusCosine;
    const found = propagateBatch(faulty, requestOf(wide, 5)).logOneMinusCosine;
    expect(faulty.isMet()).toBe(true);
    expect(Math.abs(found[0]! - wanted[0]!)).toBeGreaterThan(0.1);
  });
});
