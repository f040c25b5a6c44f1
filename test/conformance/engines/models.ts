import type { BatchLaw, Loss, ModelRequest } from "../../../src/lab/contract/model-request.ts";
import type {
  Activation,
  Bias,
  LayerDescription,
  LayeredNetwork,
  SmoothActivation,
} from "../../../src/lab/networks/network.ts";
import { heNormal, heUniform, torchDefault, xavierNormal } from "../../../src/lab/networks/network.ts";
import type { StreamRange } from "../../../src/numerics/stream.ts";
import { picturesOf, signs } from "./fixtures.ts";

/** A layered network with a loss and a batch, small enough that its whole Hessian can be had naively. */
export interface ModelExample {
  readonly name: string;
  readonly network: LayeredNetwork;
  readonly loss: Loss;
  readonly batch: BatchLaw;
}

export const dense = (width: number, bias: Bias = "none"): LayerDescription => ({ kind: "dense", width, bias });
export const activation = (name: Activation | SmoothActivation): LayerDescription => ({
  kind: "activation",
  activation: name,
});
const relu = activation("relu");
const tanh = activation("tanh");
const biased: Bias = { standardDeviation: 0.3 };
const residual = (scale: number, ...branch: readonly LayerDescription[]): LayerDescription => ({
  kind: "residual",
  scale,
  branch,
});
export const layered = (
  input: LayeredNetwork["input"],
  layers: readonly LayerDescription[],
  init: LayeredNetwork["init"] = heNormal,
): LayeredNetwork => ({ kind: "layered", input, layers, init });

const gaussian = (size: number): BatchLaw => ({ size, inputs: "gaussian", targets: "gaussian" });
const classes = (size: number): BatchLaw => ({ size, inputs: "sphere", targets: "classes" });
const image = { channels: 2, height: 3, width: 3 } as const;
const convolution = (channels: number, padding: "circular" | "zero", bias: Bias = "none"): LayerDescription => ({
  kind: "convolution",
  channels,
  size: 3,
  padding,
  bias,
});

/** Every kind of layer, both losses, every law of inputs and targets, odd widths and a batch of one. */
export const models: readonly ModelExample[] = [
  {
    name: "tanh with biases",
    network: layered(3, [dense(5, biased), tanh, dense(4, biased), tanh, dense(2, biased)], xavierNormal),
    loss: "squared",
    batch: gaussian(3),
  },
  {
    name: "ReLU without biases, one example",
    network: layered(5, [dense(7), relu, dense(5), relu, dense(3)]),
    loss: "squared",
    batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
  },
  {
    name: "leaky ReLU with biases, classes",
    network: layered(
      4,
      [dense(6, biased), activation({ leakySlope: 0.2 }), dense(5, biased), tanh, dense(3)],
      heUniform,
    ),
    loss: "cross-entropy",
    batch: classes(5),
  },
  {
    name: "linear, odd widths",
    network: layered(1, [dense(3), activation("linear"), dense(1), dense(9), dense(1)], torchDefault),
    loss: "squared",
    batch: gaussian(2),
  },
  {
    name: "residual branches of one and two matrices",
    network: layered(4, [residual(0.5, dense(4), tanh), residual(0.25, dense(6, biased), relu, dense(4)), dense(2)]),
    loss: "squared",
    batch: gaussian(3),
  },
  {
    name: "batch normalisation",
    network: layered(4, [
      dense(5),
      { kind: "batch-normalisation", epsilon: 1e-3 },
      tanh,
      dense(3),
      { kind: "batch-normalisation", epsilon: 0 },
      dense(2, biased),
    ]),
    loss: "squared",
    batch: gaussian(6),
  },
  {
    name: "layer normalisation, alone and before a skip",
    network: layered(4, [
      dense(4),
      { kind: "layer-normalisation", epsilon: 0 },
      residual(1, { kind: "layer-normalisation", epsilon: 0.1 }, dense(4), tanh),
      dense(3),
    ]),
    loss: "cross-entropy",
    batch: classes(4),
  },
  {
    name: "convolution with circular padding",
    network: layered(image, [convolution(2, "circular"), tanh, convolution(1, "circular", biased), dense(2)]),
    loss: "squared",
    batch: gaussian(2),
  },
  {
    name: "convolution with zero padding and batch normalisation",
    network: layered(image, [
      convolution(2, "zero", biased),
      { kind: "batch-normalisation", epsilon: 0.01 },
      relu,
      dense(3),
    ]),
    loss: "cross-entropy",
    batch: classes(3),
  },
  {
    name: "learned multipliers in branches, a last layer at zero",
    network: layered(3, [
      residual(1, dense(3), tanh, dense(3), { kind: "multiplier", initial: 0.4 }),
      residual(1, dense(5), relu, { kind: "dense", width: 3, bias: biased, initial: "zero" }),
      { kind: "dense", width: 2, bias: { standardDeviation: 0 }, initial: "zero" },
    ]),
    loss: "cross-entropy",
    batch: classes(4),
  },
  {
    name: "pictures and their labels",
    network: layered(6, [dense(5, biased), tanh, dense(3)], signs),
    loss: "cross-entropy",
    batch: { size: 5, inputs: "pictures", targets: "labels" },
  },
  {
    name: "GELU, SiLU, SELU and sigmoid",
    network: layered(3, [
      ...[dense(3, biased), activation("gelu"), dense(3), activation("silu"), dense(3, biased), activation("selu")],
      ...[residual(0.5, activation("sigmoid"), dense(3)), dense(2)],
    ]),
    loss: "squared",
    batch: gaussian(3),
  },
];

export function requestOf(
  { network, loss, batch }: Omit<ModelExample, "name">,
  streams: StreamRange,
  offset?: Float64Array,
): ModelRequest {
  const data = batch.inputs === "pictures" ? { data: picturesOf(network.input as number) } : {};
  return { network, loss, batch, streams, ...data, ...(offset === undefined ? {} : { offset }) };
}
