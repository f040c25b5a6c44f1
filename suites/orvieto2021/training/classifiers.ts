import {
  afterWeights,
  multilayerPerceptron,
  type Normalisation,
} from "../../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, type LayerDescription, type LayeredNetwork } from "../../../src/lab/networks/network.ts";

/** 28 by 28 pixels, ten classes. */
const PIXELS = 784;
const CLASSES = 10;

/** How a classifier is built around its weight matrices. */
export type Architecture = "plain" | "residual" | "batch-normalised" | "layer-normalised" | "zero";

/**
 * A ReLU classifier of digits with `depth` weight matrices, all hidden layers of one width, without biases, He's Gaussian
 * weights: the pixels, depth - 1 hidden layers, and a linear layer into ten classes.
 */
export function classifier(width: number, depth: number, architecture: Architecture = "plain"): LayeredNetwork {
  switch (architecture) {
    case "plain":
      return perceptron(width, depth);
    case "batch-normalised":
      return perceptron(width, depth, { kind: "batch-normalisation", epsilon: 0 });
    case "layer-normalised":
      return perceptron(width, depth, { kind: "layer-normalisation", epsilon: 0 });
    case "residual":
      return residual(width, depth);
    case "zero":
      return { ...perceptron(width, depth), layers: perceptron(width, depth).layers.map(atZero) };
  }
}

function perceptron(width: number, depth: number, normalisation?: Normalisation): LayeredNetwork {
  return multilayerPerceptron({
    widths: [PIXELS, ...new Array<number>(depth - 1).fill(width), CLASSES],
    activation: "relu",
    init: heNormal,
    ...(normalisation === undefined ? {} : { normalisation }),
  });
}

/** Each matrix between the first and the last is the branch W relu(h) of a block h + W relu(h) / sqrt(blocks). */
function residual(width: number, depth: number): LayeredNetwork {
  const blocks = depth - 2;
  const dense = (outputs: number): LayerDescription => ({ kind: "dense", width: outputs, bias: "none" });
  const block: LayerDescription = {
    kind: "residual",
    scale: 1 / Math.sqrt(blocks),
    branch: [...afterWeights("relu", undefined), dense(width)],
  };
  return {
    kind: "layered",
    input: PIXELS,
    layers: [dense(width), ...new Array<LayerDescription>(blocks).fill(block), dense(CLASSES)],
    init: heNormal,
  };
}

/** All weights 0: every gradient is exactly 0. */
function atZero(layer: LayerDescription): LayerDescription {
  return layer.kind === "dense" ? { ...layer, initial: "zero" } : layer;
}
