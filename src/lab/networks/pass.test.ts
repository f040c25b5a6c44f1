import { describe, expect, test } from "vitest";
import { multilayerPerceptron } from "./multilayer-perceptron.ts";
import { heNormal, type LayerDescription, mlp } from "./network.ts";
import { passOf } from "./pass.ts";

const dense = (width: number): LayerDescription => ({ kind: "dense", width, bias: "none" });
const relu: LayerDescription = { kind: "activation", activation: "relu" };
const layered = (...layers: readonly LayerDescription[]) =>
  passOf({ kind: "layered", input: { channels: 2, height: 3, width: 3 }, layers, init: heNormal });

describe("the steps of a pass", () => {
  test("are sums over the fan-in and kinks, of either form of a perceptron", () => {
    const shape = { width: 3, depth: 2, activation: "relu", init: heNormal } as const;
    expect(passOf(mlp(shape))).toEqual([{ fanIn: 3 }, { kinks: 3 }, { fanIn: 3 }, { kinks: 3 }]);
    expect(passOf(mlp({ ...shape, activation: "linear" }))).toEqual([{ fanIn: 3 }, { fanIn: 3 }]);
    const widths = [5, 3, 1];
    expect(passOf(multilayerPerceptron({ ...shape, widths }))).toEqual([{ fanIn: 5 }, { kinks: 3 }, { fanIn: 3 }]);
  });

  test("of a convolution go over its kernel and channels, and of a residual layer through its branch", () => {
    const convolution = { kind: "convolution", channels: 4, size: 3, padding: "zero", bias: "none" } as const;
    expect(layered(convolution, relu)).toEqual([{ fanIn: 18 }, { kinks: 36 }]);
    const residual = { kind: "residual", scale: 0.5, branch: [relu, dense(7)] } as const;
    expect(layered(dense(7), residual)).toEqual([{ fanIn: 18 }, { kinks: 7 }, { fanIn: 7 }]);
  });

  test.each<[string, LayerDescription]>([
    ["a curved activation", { kind: "activation", activation: "tanh" }],
    ["a normalisation", { kind: "layer-normalisation", epsilon: 0 }],
    ["biases", { kind: "dense", width: 2, bias: { standardDeviation: 1 } }],
    [
      "a normalisation in a branch",
      { kind: "residual", scale: 1, branch: [{ kind: "batch-normalisation", epsilon: 0 }] },
    ],
  ])("are unknown where %s breaks the proportion of output and input", (_, layer) => {
    expect(layered(dense(4), layer)).toBeUndefined();
  });
});
