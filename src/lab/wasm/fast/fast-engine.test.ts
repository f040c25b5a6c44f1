import { describe, expect, test } from "vitest";
import { distance, type Rows } from "../../../../test/law-distance.ts";
import { openStream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import { threefry4x32 } from "../../../numerics/threefry.ts";
import type { Engine } from "../../contract/engine.ts";
import type { Sampling } from "../../contract/propagation.ts";
import { type Activation, heNormal, heUniform, type Initialisation, type Mlp, mlp } from "../../networks/network.ts";
import { KEY_BYTES, placeKey } from "../draw-kernels.ts";
import { openWasm } from "../engine.ts";
import { ensureMemory, instantiate } from "../module.ts";
import { openWasmFast } from "./fast-engine.ts";
import { fastestVariant } from "./relaxed.ts";

const wasm = await openWasm();
const fast = await openWasmFast();
const STREAMS: StreamRange = { key: [6, 28, 49, 6], first: 0, count: 3000 };
/** Standard errors: over the few hundred comparisons below, chance alone would pass this once in ten thousand keys. */
const FAR = 5;

describe.each(["plain", fastestVariant()] as const)("float32 normals of the %s kernels", (variant) => {
  const { functions, memory, heapBase } = instantiate(variant);
  const out = heapBase + KEY_BYTES;
  const count = 300_003;
  ensureMemory(memory, out + 4 * count);
  placeKey(functions, heapBase, STREAMS.key);

  test("are Box and Muller's transform of the stream's words, to float32 rounding", () => {
    functions.fillSingleGaussian(11, 4, LANES.noise, heapBase, out, 4003);
    const drawn = new Float32Array(memory.buffer, out, 4003);
    const { key, block, counter } = openStream(STREAMS.key, 4, LANES.noise);
    for (let i = 0; i < 4000; i += 4) {
      counter[0] = 11 + i / 4;
      threefry4x32(counter, key, block);
      const expected = [...boxMuller(block[0]!, block[1]!), ...boxMuller(block[2]!, block[3]!)];
      for (let k = 0; k < 4; k++) {
        // Some ten roundings of a number that is at most 6.7, half a unit each; near u = 1 the uniform itself has 24 bits.
        expect(Math.abs(drawn[i + k]! - expected[k]!)).toBeLessThan(4e-6);
      }
    }
  });

  test("have the moments of the normal law", () => {
    functions.fillSingleGaussian(0, 9, LANES.noise, heapBase, out, count);
    const drawn = new Float32Array(memory.buffer, out, count);
    const sums = [0, 0, 0, 0];
    for (const value of drawn) for (let power = 1; power <= 4; power++) sums[power - 1]! += value ** power;
    // Means 0, 1, 0, 3 and variances 1, 2, 15, 96 of the first four powers.
    for (const [index, [mean, variance]] of [
      [0, 1] as const,
      [1, 2] as const,
      [0, 15] as const,
      [3, 96] as const,
    ].entries()) {
      expect(Math.abs(sums[index]! / count - mean) / Math.sqrt(variance / count)).toBeLessThan(4);
    }
  });
});

function boxMuller(first: number, second: number): readonly number[] {
  const radius = Math.sqrt(-2 * Math.log(((first >>> 1) + 0.5) / 2 ** 31));
  const angle = (2 * Math.PI * second) / 2 ** 32;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/** One row an alive network: log norm, and the log gradient of each layer. */
function backward(engine: Engine, network: Mlp, sampling: Sampling): Rows {
  const { logNorm, logGradients } = engine.backpropagate({
    network,
    input: { law: "sphere" },
    streams: STREAMS,
    sampling,
  });
  const depth = network.widths.length - 1;
  return rowsOf((row) => [logNorm[row]!, ...logGradients.slice(row * depth, (row + 1) * depth)]);
}

function forward(engine: Engine, network: Mlp, sampling: Sampling): Rows {
  const request = { network, input: { law: "basis" }, streams: STREAMS, sampling, revive: true } as const;
  const { logIncrements } = engine.propagate(request);
  const depth = network.widths.length - 1;
  return rowsOf((row) => [...logIncrements.slice(row * depth, (row + 1) * depth)]);
}

function rowsOf(rowAt: (row: number) => readonly number[]): Rows {
  const rows = Array.from({ length: STREAMS.count }, (_value, row) => rowAt(row));
  return rows.filter((row) => row.every(Number.isFinite));
}

const CASES: readonly (readonly [string, readonly number[], Activation, Initialisation])[] = [
  ["square layers, relu", [6, 6, 6, 6, 6], "relu", heNormal],
  ["many units, relu", [20, 36, 20, 32], "relu", heNormal],
  ["uniform weights", [8, 8, 8], "relu", heUniform],
  ["widths that four does not divide, leaky relu", [5, 9, 3, 7, 2], { leakySlope: 0.3 }, heNormal],
  ["widths that four does not divide, relu", [3, 13, 5, 9], "relu", heNormal],
  ["width one in the middle, tiny gain", [4, 1, 6, 3], "linear", { law: "gaussian", gain: 1e-200, fan: "average" }],
];
const SAMPLINGS = ["direct", "law-exact"] as const;

describe("the engine wasm-fast", () => {
  test.each(CASES)("has the law of norms and gradients that float64 has: %s", (_name, widths, activation, init) => {
    const network: Mlp = { kind: "mlp", widths, activation, init };
    const [passed, returned] = [forward(wasm, network, "direct"), backward(wasm, network, "direct")];
    for (const sampling of init.law === "gaussian" ? SAMPLINGS : (["direct"] as const)) {
      const single = backward(fast, network, sampling);
      expect(distance(single, returned)).toBeLessThan(FAR);
      expect(Math.abs(single.length - returned.length) / Math.sqrt(STREAMS.count / 2)).toBeLessThan(FAR);
      expect(distance(forward(fast, network, sampling), passed)).toBeLessThan(FAR);
    }
  });

  test("keeps logarithms finite at depths where float32 numbers would not be", () => {
    const network = mlp({ width: 32, depth: 4096, activation: "relu", init: heNormal });
    for (const sampling of SAMPLINGS) {
      const request = { network, input: { law: "sphere" }, streams: { ...STREAMS, count: 4 }, sampling } as const;
      const { logNorm, logGradients } = fast.backpropagate(request);
      expect(logNorm.every((log) => log < -100 && log > -1500)).toBe(true);
      expect(logGradients.every(Number.isFinite)).toBe(true);
    }
  });

  test("gives a replicate the same numbers alone and among others", () => {
    const network = mlp({ width: 7, depth: 5, activation: "relu", init: heNormal });
    for (const sampling of SAMPLINGS) {
      const request = { network, input: { law: "sphere" }, sampling } as const;
      const all = fast.backpropagate({ ...request, streams: { ...STREAMS, count: 9 } });
      const one = fast.backpropagate({ ...request, streams: { ...STREAMS, first: 6, count: 1 } });
      expect([...one.logGradients]).toEqual([...all.logGradients.slice(30, 35)]);
    }
  });

  test("gives a network with other weights than Gaussian or uniform as wasm does", () => {
    const network = mlp({ width: 5, depth: 4, activation: "relu", init: { law: "rademacher", gain: 2, fan: "in" } });
    const request = { network, input: { law: "sphere" }, streams: { ...STREAMS, count: 5 } } as const;
    expect(fast.propagate(request)).toEqual(wasm.propagate(request));
    expect(fast.backpropagate(request)).toEqual(wasm.backpropagate(request));
  });

  test("says which laws propagate in float32 and whether multiply-adds are fused", () => {
    const added = fastestVariant() === "relaxed" ? "fused" : "separate";
    expect(fast.versions).toMatchObject({
      propagation: "float32 (float64 unless gaussian or uniform)",
      "multiply-add": added,
    });
  });
});
