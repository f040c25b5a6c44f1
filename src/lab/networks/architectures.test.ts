import { describe, expect, test } from "vitest";
import { convolutionalNetwork } from "./convolutional-network.ts";
import { multilayerPerceptron } from "./multilayer-perceptron.ts";
import { heNormal, type LayerDescription } from "./network.ts";
import { residualNetwork } from "./residual-network.ts";

const init = heNormal;
const relu: LayerDescription = { kind: "activation", activation: "relu" };
const norm = { kind: "layer-normalisation", epsilon: 0.1 } as const;
const dense = (width: number, bias: "none" | { readonly standardDeviation: number } = "none"): LayerDescription => ({
  kind: "dense",
  width,
  bias,
});

describe("multilayerPerceptron", () => {
  test("one width: as many dense layers as it is deep, the last one linear", () => {
    expect(multilayerPerceptron({ width: 3, depth: 3, activation: "relu", init })).toEqual({
      kind: "layered",
      input: 3,
      layers: [dense(3), relu, dense(3), relu, dense(3)],
      init,
    });
  });

  test("widths, biases, normalisation before the activation, and a last layer at zero", () => {
    const bias = { standardDeviation: 0.5 };
    const network = multilayerPerceptron({
      widths: [2, 4, 1],
      activation: "relu",
      init,
      bias,
      normalisation: norm,
      lastAtZero: true,
    });
    expect(network.input).toBe(2);
    expect(network.layers).toEqual([dense(4, bias), norm, relu, { ...dense(1, bias), initial: "zero" }]);
  });

  test("a linear one has no activations", () => {
    const { layers } = multilayerPerceptron({ width: 2, depth: 2, activation: "linear", init });
    expect(layers).toEqual([dense(2), dense(2)]);
  });

  test("no layers are refused", () => {
    expect(() => multilayerPerceptron({ width: 2, depth: 0, activation: "linear", init })).toThrow(
      "a perceptron requires at least 1 layer, got 0",
    );
  });
});

describe("residualNetwork", () => {
  const plain = { width: 3, depth: 4, activation: "relu", init } as const;

  test("one matrix: normalisation, activation, weights; scaled by the depth", () => {
    const network = residualNetwork({ ...plain, scale: "1/sqrt(L)", matrices: 1, normalisation: norm, outputs: 2 });
    const block = { kind: "residual", scale: 0.5, branch: [norm, relu, dense(3)] };
    expect(network.layers).toEqual([block, block, block, block, dense(2)]);
  });

  test("two matrices: normalisation, weights, activation, weights", () => {
    const [block] = residualNetwork({ ...plain, scale: "1/L", matrices: 2, normalisation: norm }).layers;
    expect(block).toEqual({ kind: "residual", scale: 0.25, branch: [norm, dense(3), relu, dense(3)] });
  });

  test("Fixup's last matrix and SkipInit's multiplier begin at zero", () => {
    const branchOf = (start: "zero-last" | "zero-multiplier") => {
      const [block] = residualNetwork({ ...plain, scale: "1", matrices: 2, start }).layers;
      return block?.kind === "residual" ? block.branch.slice(2) : [];
    };
    expect(branchOf("zero-last")).toEqual([{ ...dense(3), initial: "zero" }]);
    expect(branchOf("zero-multiplier")).toEqual([dense(3), { kind: "multiplier", initial: 0 }]);
  });

  test("no blocks are refused", () => {
    expect(() => residualNetwork({ ...plain, depth: 0, scale: "1", matrices: 1 })).toThrow(
      "a residual network requires a positive integer depth, got 0",
    );
  });
});

describe("convolutionalNetwork", () => {
  const plain = {
    image: { channels: 1, height: 4, width: 5 },
    channels: 2,
    size: 3,
    padding: "circular",
    activation: "relu",
    init,
  } as const;

  test("convolutions with their activations, and a linear head", () => {
    const convolution = { kind: "convolution", channels: 2, size: 3, padding: "circular", bias: "none" };
    expect(convolutionalNetwork({ ...plain, depth: 2, normalisation: norm, outputs: 3 })).toEqual({
      kind: "layered",
      input: plain.image,
      layers: [convolution, norm, relu, convolution, norm, relu, dense(3)],
      init,
    });
  });

  test("no convolutions are refused", () => {
    expect(() => convolutionalNetwork({ ...plain, depth: 0 })).toThrow(
      "a convolutional network requires a positive integer depth, got 0",
    );
  });
});
