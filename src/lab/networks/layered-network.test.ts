import { describe, expect, test } from "vitest";
import { layerSizes, parameterArrays, parameterCount, requireLayeredNetwork } from "./layered-network.ts";
import type { LayerDescription, LayeredNetwork } from "./network.ts";
import { heNormal, orthogonal } from "./network.ts";

const dense: LayerDescription = { kind: "dense", width: 4, bias: { standardDeviation: 0 } };
const plain: LayerDescription = { kind: "dense", width: 4, bias: "none" };
const image = { channels: 2, height: 3, width: 5 };
const convolution: LayerDescription = { kind: "convolution", channels: 3, size: 3, padding: "zero", bias: "none" };

function network(input: LayeredNetwork["input"], ...layers: readonly LayerDescription[]): LayeredNetwork {
  return { kind: "layered", input, layers, init: heNormal };
}

describe("parameterArrays", () => {
  test("weights, then the bias, in the order of the layers, a branch's where it stands", () => {
    const described = network(
      3,
      dense,
      { kind: "residual", scale: 1, branch: [plain, { kind: "multiplier", initial: 0 }] },
      { kind: "dense", width: 2, bias: "none" },
    );
    expect(parameterArrays(described)).toEqual([
      { role: "weights", layer: "0", offset: 0, length: 12, rows: 4, columns: 3 },
      { role: "bias", layer: "0", offset: 12, length: 4, rows: 4, columns: 1 },
      { role: "weights", layer: "1.0", offset: 16, length: 16, rows: 4, columns: 4 },
      { role: "multiplier", layer: "1.1", offset: 32, length: 1, rows: 1, columns: 1 },
      { role: "weights", layer: "2", offset: 33, length: 8, rows: 2, columns: 4 },
    ]);
    expect(parameterCount(described)).toBe(41);
    expect(layerSizes(described)).toEqual([3, 4, 4, 2]);
  });

  test("a convolution keeps height and width; a dense layer flattens", () => {
    const described = network(image, { ...convolution, bias: { standardDeviation: 1 } }, plain);
    expect(layerSizes(described)).toEqual([30, 45, 4]);
    expect(parameterArrays(described).map(({ length }) => length)).toEqual([54, 3, 180]);
  });
});

describe("requireLayeredNetwork", () => {
  test.each<[string, LayeredNetwork]>([
    ["a layered network requires at least 1 layer, got 0", network(3)],
    ["a layered network requires parameters, got none", network(3, { kind: "activation", activation: "relu" })],
    ["a width requires a positive integer, got 0 at layer input", network(0, dense)],
    ["a width requires a positive integer, got 1.5 at layer 1", network(2, dense, { ...dense, width: 1.5 })],
    ["a height requires a positive integer, got -1 at layer input", network({ ...image, height: -1 }, convolution)],
    [
      "a bias requires a standard deviation from 0 up, got -1 at layer 0",
      network(2, { ...dense, bias: { standardDeviation: -1 } }),
    ],
    ["a convolution requires an image, got width 4 at layer 1", network(2, dense, convolution)],
    ["a kernel requires an odd size, got 2 at layer 0", network(image, { ...convolution, size: 2 })],
    [
      "a kernel requires an image at least as large, got size 5 on 2 x 3 x 5 at layer 0",
      network(image, { ...convolution, size: 5 }),
    ],
    [
      "a number of channels requires a positive integer, got 0 at layer 0",
      network(image, { ...convolution, channels: 0 }),
    ],
    [
      "a leaky slope requires a number from 0 to 1, got 2",
      network(2, dense, { kind: "activation", activation: { leakySlope: 2 } }),
    ],
    [
      "a normalisation requires epsilon from 0 up, got -1 at layer 1",
      network(2, dense, { kind: "batch-normalisation", epsilon: -1 }),
    ],
    ["a multiplier requires a finite number, got NaN at layer 0", network(2, { kind: "multiplier", initial: NaN })],
    [
      "a residual's scale requires a finite number, got Infinity at layer 0",
      network(4, { kind: "residual", scale: Infinity, branch: [dense] }),
    ],
    [
      "a residual requires at least 1 layer in its branch, got 0 at layer 0",
      network(4, { kind: "residual", scale: 1, branch: [] }),
    ],
    [
      "a residual requires a branch that keeps width 3, got width 4 at layer 1",
      network(3, { kind: "multiplier", initial: 1 }, { kind: "residual", scale: 1, branch: [dense] }),
    ],
    [
      "a width requires a positive integer, got 0 at layer 0.1",
      network(4, { kind: "residual", scale: 1, branch: [plain, { ...plain, width: 0 }] }),
    ],
    ["orthogonal weights require square layers, got 4 x 3 at layer 0", { ...network(3, dense), init: orthogonal(1) }],
    [
      "orthogonal weights require square dense layers, got a convolution at layer 0",
      { ...network(image, convolution), init: orthogonal(1) },
    ],
    ["a gain requires a positive finite number, got 0", { ...network(3, dense), init: { ...heNormal, gain: 0 } }],
  ])("%s", (message, described) => {
    expect(() => requireLayeredNetwork(described)).toThrow(new RangeError(message));
  });

  test("orthogonal weights that begin at zero need not be square", () => {
    const described = { ...network(3, { ...dense, initial: "zero" }), init: orthogonal(1) } as const;
    expect(() => requireLayeredNetwork(described)).not.toThrow();
  });
});
