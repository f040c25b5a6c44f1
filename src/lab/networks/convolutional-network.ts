import { afterWeights, type Normalisation } from "./multilayer-perceptron.ts";
import type {
  Activation,
  Bias,
  ImageShape,
  Initialisation,
  LayerDescription,
  LayeredNetwork,
  SmoothActivation,
} from "./network.ts";

/**
 * `depth` convolutions of `channels` output channels, each followed by normalisation and activation; `outputs` adds a linear
 * layer at the end. Height and width stay the image's.
 */
export function convolutionalNetwork(options: {
  readonly image: ImageShape;
  readonly channels: number;
  readonly size: number;
  readonly padding: "circular" | "zero";
  readonly depth: number;
  readonly activation: Activation | SmoothActivation;
  readonly init: Initialisation;
  readonly normalisation?: Normalisation;
  readonly bias?: Bias;
  readonly outputs?: number;
}): LayeredNetwork {
  const { image, channels, size, padding, depth, activation, init, normalisation, bias = "none", outputs } = options;
  if (!Number.isInteger(depth) || depth < 1) {
    throw new RangeError(`a convolutional network requires a positive integer depth, got ${depth}`);
  }
  const block: readonly LayerDescription[] = [
    { kind: "convolution", channels, size, padding, bias },
    ...afterWeights(activation, normalisation),
  ];
  const blocks = new Array<readonly LayerDescription[]>(depth).fill(block).flat();
  const head: readonly LayerDescription[] = outputs === undefined ? [] : [{ kind: "dense", width: outputs, bias }];
  return { kind: "layered", input: image, layers: [...blocks, ...head], init };
}
