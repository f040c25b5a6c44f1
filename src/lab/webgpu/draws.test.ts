import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { cosSinTwoPi, log } from "../../numerics/elementary.ts";
import { fillGaussian, fillRademacher, fillUniform, openStream } from "../../numerics/random.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import { threefry4x32 } from "../../numerics/threefry.ts";
import { chainWeights as chainWeights64 } from "../draws/chain-weights.ts";
import { chainWeights } from "./chain-weights.ts";
import { type Device, openDevice } from "./device/device.ts";
import { drawStandard, drawWords } from "./draws.ts";
import { drawShader, GAUSSIAN_ERROR } from "./shaders/draw-shader.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];

describe("words", () => {
  test("of counter 0 under key 0 are Random123's known answer for Threefry4x32-20", () => {
    const words = drawWords(device, { key: [0, 0, 0, 0], first: 0, lane: 0, rows: 1, blocks: 1, from: 0 });
    expect([...words]).toEqual([0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8]);
  });

  test("at any address are the CPU's", () => {
    fc.assert(
      fc.property(fc.tuple(word, word, word, word), word, fc.nat(7), word, (key, first, lane, from) => {
        const counter = Int32Array.of(from, 0, first, lane);
        threefry4x32(counter, Int32Array.from(key), counter);
        const words = drawWords(device, { key, first, lane, rows: 1, blocks: 1, from });
        expect([...words]).toEqual([...new Uint32Array(counter.buffer)]);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test("of several streams stand one stream after another", () => {
    const both = drawWords(device, { key: KEY, first: 4, lane: 1, rows: 2, blocks: 3, from: 5 });
    const second = drawWords(device, { key: KEY, first: 5, lane: 1, rows: 1, blocks: 3, from: 5 });
    expect(both.subarray(12)).toEqual(second);
  });
});

describe("standard draws", () => {
  const PAIRS = 2 ** 15;
  const request = { key: KEY, first: 9, lane: 0, rows: 1, blocks: PAIRS, from: 0 };
  const onCpu = (fill: typeof fillGaussian): Float64Array => {
    const out = new Float64Array(2 * PAIRS);
    fill(openStream(KEY, 9, 0), out, 0, out.length);
    return out;
  };

  test("of the uniform law on (-1, 1) are the CPU's, rounded to the nearest float32", () => {
    expect(drawStandard(device, "uniform", request)).toEqual(Float32Array.from(onCpu(fillUniform), (u) => 2 * u - 1));
  });

  test("of the signs are the CPU's", () => {
    expect(drawStandard(device, "rademacher", request)).toEqual(Float32Array.from(onCpu(fillRademacher)));
  });

  test("of the Gaussian law are within the derived bound of the CPU's, and use more than a twentieth of it", () => {
    const share = largestShare(drawStandard(device, "gaussian", request), onCpu(fillGaussian));
    expect(share).toBeLessThan(1);
    expect(share).toBeGreaterThan(0.05);
  });
});

describe("a Gaussian pair at the corners of its arithmetic", () => {
  /** Radius words at both ends, around sqrt(1/2) and around powers of two; angle words around the eighths of a turn. */
  const radii = [0, 1, 2, 0x7fffffff, 0x80000000, 0xb504f332, 0xb504f333, 0xb504f334, 0xfffffffe, 0xffffffff];
  const angles = [0, 1, 8].flatMap((eighth) => [eighth, ...[1, 2, 3, 4, 5, 6, 7].map((k) => k * 2 ** 29 + eighth - 1)]);
  const lows = [0, 0xfff, 0x1000, 0x80000000, 0xffffffff];
  const words = [...radii, 0x12345678].flatMap((radius) =>
    [...angles, 0xffffffff].flatMap((angle) => lows.flatMap((low) => [radius, low, angle, low])),
  );

  test("is within the same bound", () => {
    const pairs = new Float64Array(words.length / 2);
    for (let at = 0; at < words.length; at += 4) {
      const [high, low, angleHigh, angleLow] = words.slice(at, at + 4) as [number, number, number, number];
      const radius = Math.sqrt(-2 * log(uniformOf(high, low)));
      cosSinTwoPi(uniformOf(angleHigh, angleLow), pairs, at / 2);
      pairs[at / 2]! *= radius;
      pairs[at / 2 + 1]! *= radius;
    }
    expect(largestShare(gaussiansOf(words), pairs)).toBeLessThan(1);
  });

  function gaussiansOf(given: readonly number[]): Float32Array {
    const data = Uint32Array.from(given);
    const shader = `${drawShader("gaussian")}
@group(0) @binding(0) var<uniform> count: vec4<u32>;
@group(0) @binding(1) var<storage, read> words: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> pairs: array<vec2<f32>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < count.x) { pairs[id.x] = gaussianPair(words[id.x]); }
}`;
    const [bytes] = device.run({
      buffers: [{ bytes: data.byteLength, data }, { bytes: data.byteLength / 2 }],
      passes: [
        {
          shader,
          parameters: Uint32Array.of(data.length / 4, 0, 0, 0),
          bindings: [0, 1],
          groups: [Math.ceil(data.length / 256), 1, 1],
        },
      ],
      reads: [{ buffer: 1, bytes: data.byteLength / 2 }],
    });
    return new Float32Array(bytes!);
  }
});

/** As the CPU makes it. */
function uniformOf(high: number, low: number): number {
  return (high * 2 ** 21 + ((low >>> 12) * 2 + 1)) * 2 ** -53;
}

/** Of the bound on the relative error. */
function largestShare(found: Float32Array, wanted: Float64Array): number {
  expect(found.length).toBe(wanted.length);
  return found.reduce((worst, value, i) => {
    const error = Math.abs(value - wanted[i]!) / Math.abs(wanted[i]!);
    return Number.isNaN(error) ? Infinity : Math.max(worst, error / (GAUSSIAN_ERROR * 2 ** -23));
  }, 0);
}

test.each(["gaussian", "uniform", "rademacher"] as const)(
  "%s weights of chains are the reference's, rounded",
  (law) => {
    const request = {
      network: { kind: "chain", depth: 9, activation: "linear", init: { law, gain: 2, fan: "in" } },
      streams: { key: KEY, first: 3, count: 5 },
    } as const;
    const wanted = chainWeights64(request);
    expect(largestShare(Float32Array.from(chainWeights(device, request)), wanted)).toBeLessThan(1);
  },
);
