import type { LayerDescription, LayeredNetwork } from "../../../../src/lab/networks/network.ts";

const init = { law: "gaussian", gain: 2, fan: "in" } as const;
const bias = { standardDeviation: 0.3 } as const;

function dense(width: number, withBias = true): LayerDescription {
  return { kind: "dense", width, bias: withBias ? bias : "none" };
}

function activation(name: Extract<LayerDescription, { kind: "activation" }>["activation"]): LayerDescription {
  return { kind: "activation", activation: name };
}

function residual(scale: number, ...branch: readonly LayerDescription[]): LayerDescription {
  return { kind: "residual", scale, branch };
}

function convolution(channels: number, size: number, padding: "circular" | "zero", withBias = true): LayerDescription {
  return { kind: "convolution", channels, size, padding, bias: withBias ? bias : "none" };
}

function layered(input: LayeredNetwork["input"], ...layers: readonly LayerDescription[]): LayeredNetwork {
  return { kind: "layered", input, layers, init };
}

const image = { channels: 2, height: 3, width: 4 };
const tanh = activation("tanh");
const relu = activation("relu");
const batchNorm = { kind: "batch-normalisation", epsilon: 0.01 } as const;
const layerNorm = { kind: "layer-normalisation", epsilon: 0.1 } as const;

/**
 * Small networks that together meet every kind of layer after and before every kind that matters, at most 160 parameters and three
 * outputs each, with equal widths side by side so that buffers used twice by mistake are found.
 */
export const smallNetworks: readonly (readonly [string, LayeredNetwork])[] = [
  ["one dense layer", layered(3, dense(3, false))],
  ["a linear perceptron", layered(3, dense(3), activation("linear"), dense(3), dense(3))],
  ["a tanh perceptron of one width", layered(4, dense(4), tanh, dense(4), tanh, dense(4), tanh, dense(3))],
  ["a ReLU perceptron without biases", layered(4, dense(5, false), relu, dense(4, false), relu, dense(3, false))],
  ["a leaky perceptron", layered(2, dense(5), activation({ leakySlope: 0.2 }), dense(3))],
  [
    "GELU, SiLU, SELU and sigmoid, one after a normalisation and one in a branch",
    layered(
      3,
      ...[dense(4), activation("gelu"), dense(4), layerNorm, activation("silu"), dense(4), activation("selu")],
      ...[residual(0.5, activation("sigmoid"), dense(4)), dense(3)],
    ),
  ],
  ["activations that follow each other", layered(3, tanh, dense(4), tanh, relu, tanh, dense(3), tanh)],
  [
    "residual blocks of one matrix",
    layered(4, residual(0.5, dense(4)), residual(0.5, relu, dense(4)), residual(0.5, tanh, dense(4)), dense(3)),
  ],
  [
    "residual blocks of two matrices and a block in a block",
    layered(
      3,
      residual(0.7, dense(5), tanh, dense(3)),
      activation({ leakySlope: 0.2 }),
      residual(1, tanh, dense(3), residual(0.3, dense(3), relu, dense(3))),
    ),
  ],
  [
    "a residual without parameters in its branch, and one on the input",
    layered(3, residual(2, tanh), dense(3), residual(-0.5, tanh), residual(1, activation("linear")), dense(3)),
  ],
  [
    "multipliers",
    layered(
      4,
      { kind: "multiplier", initial: 1.5 },
      residual(1, dense(4), tanh, dense(4), { kind: "multiplier", initial: 0.4 }),
      { kind: "multiplier", initial: -0.5 },
      dense(3),
    ),
  ],
  [
    "Fixup and SkipInit beginnings",
    layered(
      3,
      residual(1, dense(3), relu, { kind: "dense", width: 3, bias, initial: "zero" }),
      residual(1, dense(3), tanh, { kind: "multiplier", initial: 0 }),
      dense(3),
    ),
  ],
  ["batch normalisation", layered(3, batchNorm, dense(4), batchNorm, tanh, dense(4), batchNorm, relu, dense(3))],
  [
    "layer normalisation with and without a skip",
    layered(4, dense(4), layerNorm, tanh, residual(1, layerNorm, dense(4)), layerNorm, dense(3)),
  ],
  [
    "normalisations that follow each other, and last",
    layered(3, dense(4), batchNorm, layerNorm, dense(3), residual(0.5, batchNorm), layerNorm),
  ],
  [
    "convolutions, circular and zero padded",
    layered(image, convolution(2, 3, "circular"), tanh, convolution(2, 3, "zero"), relu, dense(3)),
  ],
  [
    "convolutions with normalisations and a skip",
    layered(
      image,
      convolution(2, 1, "zero", false),
      batchNorm,
      tanh,
      residual(0.5, convolution(2, 3, "circular", false), layerNorm),
      batchNorm,
      dense(3, false),
    ),
  ],
];
