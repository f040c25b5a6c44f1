import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import { fillUniform, openStream } from "../../numerics/random.ts";
import type { StreamRange } from "../../numerics/stream.ts";
import { type Activation, heNormal, type Initialisation, type Mlp } from "../networks/network.ts";
import { lossGradients as referenceGradients } from "../reference/loss-gradients.ts";
import { propagateBatch as referenceBatch } from "../reference/propagate-batch.ts";
import { lossGradients } from "./loss-gradients.ts";
import { instantiate } from "./module.ts";
import { propagateBatch } from "./propagate-batch.ts";

const kernels = instantiate("plain");
const bits = (values: object) => new BigInt64Array((values as Float64Array).slice().buffer);
const bitsOf = (result: object) => Object.entries(result).map(([name, values]) => [name, bits(values)]);

/** Pictures of small whole numbers over 50, of three classes. */
function dataOf(width: number, pictures: number): Dataset {
  const images = new Float64Array(width * pictures);
  fillUniform(openStream([1, 6, 1, 8], width, 0), images, 0, images.length);
  const labels = Uint8Array.from({ length: pictures }, (_value, picture) => picture % 3);
  return { name: "three", width, images, labels, classes: 3, digest: "" };
}

const STREAMS: StreamRange = { key: [2, 7, 1, 8], first: 3, count: 2 };
const ACTIVATIONS: readonly Activation[] = ["relu", "linear", { leakySlope: 0.1 }];
const LAWS: readonly Initialisation[] = [
  heNormal,
  { law: "uniform", gain: 2, fan: "average" },
  { law: "rademacher", gain: 2, fan: "in" },
  { law: "student-t", gain: 2, fan: "in", degreesOfFreedom: 2 },
];

function expectEqualBytes(network: Mlp, batch: number, data: Dataset, streams = STREAMS): void {
  const request = { network, batch, streams, data };
  if (batch > 1) expect(bitsOf(propagateBatch(kernels, request))).toEqual(bitsOf(referenceBatch(request)));
  expect(bitsOf(lossGradients(kernels, request))).toEqual(bitsOf(referenceGradients(request)));
}

describe("batches in WebAssembly", () => {
  test("give the reference's bytes for any network and batch", () => {
    const shape = fc.record({
      widths: fc.array(fc.integer({ min: 1, max: 24 }), { minLength: 1, maxLength: 6 }),
      activation: fc.constantFrom(...ACTIVATIONS),
      init: fc.constantFrom(...LAWS),
      batch: fc.integer({ min: 1, max: 13 }),
    });
    fc.assert(
      fc.property(shape, ({ widths, activation, init, batch }) => {
        expectEqualBytes({ kind: "mlp", widths: [...widths, 3], activation, init }, batch, dataOf(widths[0]!, 14));
      }),
      { numRuns: 80 },
    );
  });

  test("give the reference's bytes for orthogonal weights", () => {
    const init: Initialisation = { law: "orthogonal", gain: 2, fan: "in" };
    expectEqualBytes({ kind: "mlp", widths: [3, 3, 3, 3], activation: "relu", init }, 5, dataOf(3, 8));
  });

  test("give the reference's bytes where representations die", () => {
    const widths = [4, 2, 2, 2, 2, 3];
    for (let first = 0; first < 8; first++) {
      expectEqualBytes({ kind: "mlp", widths, activation: "relu", init: heNormal }, 9, dataOf(4, 9), {
        ...STREAMS,
        first,
      });
    }
  });

  test("give the reference's bytes for gains of which some squares overflow or underflow", () => {
    for (const gain of [1e-300, 1e300]) {
      const init: Initialisation = { law: "gaussian", gain, fan: "in" };
      expectEqualBytes({ kind: "mlp", widths: [6, 5, 7, 3], activation: { leakySlope: 0.5 }, init }, 6, dataOf(6, 7));
    }
  });

  test("give the reference's bytes for wide layers and a large batch", () => {
    const widths = [150, 140, 33, 3];
    expectEqualBytes({ kind: "mlp", widths, activation: "relu", init: heNormal }, 37, dataOf(150, 40), {
      ...STREAMS,
      count: 1,
    });
  });

  test("give the reference's answer for a picture that holds a NaN", () => {
    const data = dataOf(6, 8);
    data.images[8] = Number.NaN;
    const request = { network: { kind: "mlp", widths: [6, 4, 3], activation: "relu", init: heNormal } as Mlp, data };
    const all = { ...request, batch: 8, streams: STREAMS };
    expect(lossGradients(kernels, all)).toEqual(referenceGradients(all));
    expect(propagateBatch(kernels, all)).toEqual(referenceBatch(all));
  });
});
