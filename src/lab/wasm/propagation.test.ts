import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import type { StreamRange } from "../../numerics/stream.ts";
import { UnsupportedError } from "../contract/engine.ts";
import type { InputLaw } from "../contract/propagation.ts";
import { type Activation, heNormal, type Initialisation, type Mlp, mlp } from "../networks/network.ts";
import { backpropagate } from "../reference/backpropagate.ts";
import { propagate } from "../reference/propagate.ts";
import { instantiate } from "./module.ts";
import { propagationOf } from "./propagation.ts";

const wasm = propagationOf(instantiate("plain"));

const bits = (values: Float64Array) => new BigInt64Array(values.slice().buffer);
const bitsOf = (result: object) => Object.entries(result).map(([name, values]) => [name, bits(values as Float64Array)]);

/** Direct sampling, and law-exact sampling where the weights are Gaussian. */
function expectEqualBytes(
  network: Mlp,
  streams: StreamRange,
  input: InputLaw = { law: "sphere" },
  data?: Dataset,
): void {
  for (const sampling of network.init.law === "gaussian" ? (["direct", "law-exact"] as const) : (["direct"] as const)) {
    const request = { network, input, streams, sampling, ...(data ? { data } : {}) };
    const revived = { ...request, revive: true };
    expect(bitsOf(wasm.propagate(request))).toEqual(bitsOf(propagate(request)));
    expect(bitsOf(wasm.propagate(revived))).toEqual(bitsOf(propagate(revived)));
    expect(bitsOf(wasm.backpropagate(request))).toEqual(bitsOf(backpropagate(request)));
  }
}

const STREAMS: StreamRange = { key: [3, -1, 4, -15], first: 5, count: 12 };
const LAWS: readonly Initialisation[] = [
  heNormal,
  { law: "gaussian", gain: 1e-280, fan: "average" },
  { law: "gaussian", gain: 1e290, fan: "in" },
  { law: "uniform", gain: 2, fan: "in" },
  { law: "rademacher", gain: 2, fan: "average" },
  { law: "student-t", gain: 2, fan: "in", degreesOfFreedom: 1 },
  { law: "student-t", gain: 1, fan: "average", degreesOfFreedom: 2 },
];
const ACTIVATIONS: readonly Activation[] = [
  "relu",
  "linear",
  { leakySlope: 0.1 },
  { leakySlope: 0 },
  { leakySlope: 1e-300 },
];
const SHAPES: readonly (readonly number[])[] = [
  [1, 1, 1, 1],
  [2, 1],
  [4, 6, 8, 2],
  [5, 7, 4, 9, 1],
  [6, 3, 6, 3, 2, 5],
  [16, 16, 16, 16, 16, 16],
  [34, 30, 2, 66, 7],
];
const name = (value: unknown) => JSON.stringify(value);

describe("propagate and backpropagate in WebAssembly", () => {
  const cases = LAWS.flatMap((init) =>
    ACTIVATIONS.map((activation) => [name(init), name(activation), init, activation] as const),
  );

  test.each(cases)(
    "give the reference's bytes for weights %s, activation %s and any shape",
    (_law, _name, init, activation) => {
      for (const widths of SHAPES)
        expectEqualBytes({ kind: "mlp", widths, activation, init }, { ...STREAMS, count: 3 });
    },
  );

  test.each([1, 2, 3, 4, 5, 8, 17])("give the reference's bytes for orthogonal weights of width %d", (width) => {
    for (const activation of ACTIVATIONS) {
      expectEqualBytes(mlp({ width, depth: 5, activation, init: { law: "orthogonal", gain: 2, fan: "in" } }), STREAMS);
    }
  });

  test("give the reference's bytes for any network", () => {
    const network = fc.record({
      kind: fc.constant("mlp" as const),
      widths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 9 }),
      activation: fc.constantFrom(...ACTIVATIONS),
      init: fc.constantFrom(...LAWS),
    });
    const input = fc.constantFrom<InputLaw>({ law: "basis" }, { law: "sphere" });
    fc.assert(
      fc.property(network, input, fc.integer({ min: 0, max: 2 ** 31 }), (drawn, law, first) => {
        expectEqualBytes(drawn, { ...STREAMS, first, count: 2 }, law);
      }),
      { numRuns: 100 },
    );
  });

  test("give the reference's bytes for networks of which most die", () => {
    expectEqualBytes(mlp({ width: 4, depth: 40, activation: "relu", init: heNormal }), { ...STREAMS, count: 60 });
    expectEqualBytes(mlp({ width: 1, depth: 9, activation: "relu", init: heNormal }), { ...STREAMS, count: 60 });
  });

  test.each(LAWS)(
    "give the reference's bytes for layers of more pairs of columns than are drawn at a time, %o",
    (init) => {
      expectEqualBytes({ kind: "mlp", widths: [300, 270, 10], activation: "relu", init }, { ...STREAMS, count: 2 });
    },
  );

  test("give the reference's bytes at depth 4096", () => {
    expectEqualBytes(mlp({ width: 8, depth: 4096, activation: { leakySlope: 0.5 }, init: heNormal }), {
      ...STREAMS,
      count: 2,
    });
  });

  test("give the reference's bytes for pictures, with their own norm or without it, and for one that holds a NaN", () => {
    const images = Float64Array.from({ length: 5 * 6 }, (_value, index) => ((index * 7919) % 101) / 50);
    images[8] = Number.NaN;
    const data: Dataset = { name: "five", width: 6, images, labels: new Uint8Array(5), classes: 1, digest: "" };
    const network: Mlp = { kind: "mlp", widths: [6, 8, 5, 4], activation: "relu", init: heNormal };
    for (const law of ["image", "raw-image"] as const) {
      expectEqualBytes(network, STREAMS, { law, data: "five" }, data);
    }
  });

  test("give the reference's bytes for the last replicates that a stream has", () => {
    const network = mlp({ width: 3, depth: 2, activation: "relu", init: heNormal });
    expectEqualBytes(network, { ...STREAMS, first: 2 ** 32 - 5, count: 5 });
  });

  test("refuse a network whose weights no 32-bit address reaches", () => {
    const network = mlp({ width: 4096, depth: 64, activation: "relu", init: heNormal });
    expect(() => wasm.backpropagate({ network, input: { law: "basis" }, streams: STREAMS })).toThrow(UnsupportedError);
  });
});
