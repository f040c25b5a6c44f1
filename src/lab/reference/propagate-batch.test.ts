import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { drawBatch } from "../draws/batch.ts";
import { heNormal, heUniform, type Mlp, xavierNormal } from "../networks/network.ts";
import { drawnWeights } from "./fixtures/drawn-weights.ts";
import { propagateBatch } from "./propagate-batch.ts";

const KEY: StreamKey = [51, 52, 53, 54];
const WIDTH = 7;
const streams = { key: KEY, first: 0, count: 5 };

const data: Dataset = picturesOf((images) => {
  fillGaussian(openStream(KEY, 0, LANES.noise), images, 0, images.length);
  for (let index = 0; index < images.length; index++) images[index] = Math.abs(images[index]!);
});

describe("propagateBatch", () => {
  test.each<[string, Mlp, number]>([
    ["even number of pairs", { kind: "mlp", widths: [WIDTH, 9, 16], activation: "relu", init: heNormal }, 4],
    ["odd number of pairs", { kind: "mlp", widths: [WIDTH, 16, 16, 16], activation: "relu", init: heUniform }, 3],
    ["leaky", { kind: "mlp", widths: [WIDTH, 3, 8], activation: { leakySlope: 0.2 }, init: heNormal }, 5],
  ])("%s: gives the medians of a plain computation by cosines", (_, network, batch) => {
    const found = propagateBatch({ network, batch, streams, data });
    for (let row = 0; row < streams.count; row++) {
      const inputs = picturesIn(row, batch);
      const outputs = inputs.map((input) => plainForward(network, row, input));
      expect(found.alive[row]).toBe(outputs.every((output) => output.some((value) => value !== 0)) ? 1 : 0);
      if (found.alive[row] === 0) continue;
      // 1 - cos is above 1e-4 here, and its plain form loses 16 - 4 digits to cancellation.
      expect(found.inputOneMinusCosine[row]).toBeCloseTo(medianOf(oneMinusCosines(inputs)), 12);
      const logs = oneMinusCosines(outputs).map((value) => Math.log(value));
      expect(found.logOneMinusCosine[row]).toBeCloseTo(medianOf(logs), 10);
      expect(found.collapsed[row]).toBe(0);
    }
    expect(found.alive.includes(1)).toBe(true);
  });

  test("a wide ReLU layer moves angles by the arc-cosine kernel", () => {
    const network: Mlp = { kind: "mlp", widths: [WIDTH, 2000], activation: "relu", init: heNormal };
    const count = 40;
    const { logOneMinusCosine, inputOneMinusCosine } = propagateBatch({
      network,
      batch: 2,
      streams: { ...streams, count },
      data,
    });
    let excess = 0;
    for (let row = 0; row < count; row++) {
      // Cho and Saul 2009, degree 1: cos' = (sin t + (pi - t) cos t) / pi.
      const cosine = 1 - inputOneMinusCosine[row]!;
      const angle = Math.acos(cosine);
      const expected = 1 - (Math.sin(angle) + (Math.PI - angle) * cosine) / Math.PI;
      excess += logOneMinusCosine[row]! - Math.log(expected);
    }
    // One net's ln(1 - cos) has sd and bias O(1 / sqrt(d)) and O(1 / d) with constants of a few units:
    // 5 * 3 / sqrt(2000 * 40) + 10 / 2000.
    expect(Math.abs(excess / count)).toBeLessThan(0.058);
  });

  test("at width 1 all living pictures collapse exactly, and dead ones are counted as not alive", () => {
    const network: Mlp = { kind: "mlp", widths: [WIDTH, 1, 4], activation: "relu", init: heNormal };
    const found = propagateBatch({ network, batch: 4, streams: { ...streams, count: 40 }, data });
    expect(new Set(found.logOneMinusCosine)).toEqual(new Set([-Infinity]));
    expect(new Set(found.collapsed)).toEqual(new Set([1]));
    expect(new Set(found.alive)).toEqual(new Set([0, 1]));
    expect(found.inputOneMinusCosine.every((value) => value > 0)).toBe(true);
  });

  test("pairs count where both pictures are alive: the rest does not blur the median", () => {
    // Two pictures on the first axis, one on the second; the replicate's only unit sees the sign of each axis.
    const axes = picturesOf((images) => {
      images.fill(0);
      images[0] = 1;
      images[WIDTH] = 2;
      images[2 * WIDTH + 1] = 1;
    }, 3);
    const network: Mlp = { kind: "mlp", widths: [WIDTH, 1], activation: "relu", init: heNormal };
    const found = propagateBatch({ network, batch: 3, streams: { ...streams, count: 60 }, data: axes });
    for (let row = 0; row < 60; row++) {
      const weights = drawnWeights(network, KEY, row)[0]!;
      const onlyTheFirstAxis = weights[0]! > 0 && weights[1]! <= 0;
      // The counted pair has one direction; over all pairs the median of the inputs would be 1.
      expect(found.inputOneMinusCosine[row] === 0).toBe(onlyTheFirstAxis);
    }
    expect(found.inputOneMinusCosine.includes(0)).toBe(true);
  });

  test("a picture's brightness does not matter where scaling is exact", () => {
    const network: Mlp = { kind: "mlp", widths: [WIDTH, 6, 6], activation: "relu", init: heNormal };
    const bright: Dataset = { ...data, images: data.images.map((pixel) => 256 * pixel) };
    expect(propagateBatch({ network, batch: 4, streams, data: bright })).toEqual(
      propagateBatch({ network, batch: 4, streams, data }),
    );
  });

  test("depth 4096 leaves finite medians or exact collapse, never NaN", () => {
    const network: Mlp = {
      kind: "mlp",
      widths: [WIDTH, ...new Array<number>(4096).fill(6)],
      activation: "linear",
      init: { ...xavierNormal, gain: 0.01 },
    };
    const found = propagateBatch({ network, batch: 3, streams: { ...streams, count: 2 }, data });
    // A product of 4096 matrices has rank 1 to rounding: pairs are parallel (1 - cos about 1e-32) or opposite (2).
    for (const value of found.logOneMinusCosine) expect(value < -60 || Math.abs(value - Math.LN2) < 1e-10).toBe(true);
    expect([...found.alive]).toEqual([1, 1]);
  });
});

function picturesOf(fill: (images: Float64Array) => void, count = 12): Dataset {
  const images = new Float64Array(WIDTH * count);
  fill(images);
  return { name: "synthetic", digest: "", width: WIDTH, classes: 2, images, labels: new Uint8Array(count) };
}

function picturesIn(replicate: number, batch: number): readonly (readonly number[])[] {
  const picks = new Int32Array(batch);
  drawBatch(data, KEY, replicate, picks);
  return [...picks].map((pick) => [...data.images.subarray(pick * WIDTH, (pick + 1) * WIDTH)]);
}

function plainForward(network: Mlp, replicate: number, input: readonly number[]): readonly number[] {
  const slope = network.activation === "relu" ? 0 : 0.2;
  let h = input;
  for (const weights of drawnWeights(network, KEY, replicate)) {
    const fanIn = h.length;
    const z = Array.from({ length: weights.length / fanIn }, (_, row) =>
      h.reduce((sum, value, column) => sum + weights[row * fanIn + column]! * value, 0),
    );
    h = z.map((value) => (value > 0 ? value : slope * value));
  }
  return h;
}

function oneMinusCosines(vectors: readonly (readonly number[])[]): readonly number[] {
  return vectors.flatMap((u, first) =>
    vectors.slice(first + 1).map((v) => 1 - dot(u, v) / Math.sqrt(dot(u, u) * dot(v, v))),
  );
}

function dot(u: readonly number[], v: readonly number[]): number {
  return u.reduce((sum, value, index) => sum + value * v[index]!, 0);
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[Math.ceil(half) - 1]! + sorted[Math.floor(half)]!) / 2;
}
