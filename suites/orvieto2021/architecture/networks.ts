import { layerSignals } from "../../../benchmarks/layer-signals.ts";
import { convolutionalNetwork } from "../../../src/lab/networks/convolutional-network.ts";
import { multilayerPerceptron, type Normalisation } from "../../../src/lab/networks/multilayer-perceptron.ts";
import {
  type Activation,
  heNormal,
  type Initialisation,
  type LayeredNetwork,
  type SmoothActivation,
  xavierNormal,
} from "../../../src/lab/networks/network.ts";
import { type BranchScale, residualNetwork } from "../../../src/lab/networks/residual-network.ts";

/** Xavier's gain for linear layers and He's for ReLU: what keeps the mean square. */
export const gainFor = (activation: Activation | SmoothActivation): Initialisation =>
  activation === "relu" ? heNormal : xavierNormal;

export const batchNormalisation: Normalisation = { kind: "batch-normalisation", epsilon: 0 };
export const layerNormalisation: Normalisation = { kind: "layer-normalisation", epsilon: 0 };

interface Plain {
  readonly width: number;
  readonly depth: number;
  readonly activation: Activation | SmoothActivation;
  readonly normalisation?: Normalisation;
  readonly init?: Initialisation;
  readonly batch?: number;
  /** Hidden layer after which measuring begins; 0, the input, where absent. */
  readonly after?: number;
}

/**
 * Signals of a perceptron from a hidden layer (the input where none is named) to the last hidden one: the linear layer at the
 * end, whose gain is another, is left out.
 */
export function plainSignals({ width, depth, activation, normalisation, init, batch = 1, after = 0 }: Plain) {
  const network = multilayerPerceptron({
    width,
    depth: depth + 1,
    activation,
    init: init ?? gainFor(activation),
    ...(normalisation ? { normalisation } : {}),
  });
  const points = pointsALayer(activation, normalisation);
  return layerSignals(network, { from: after * points, to: depth * points, layers: depth - after, batch });
}

const pointsALayer = (activation: Activation | SmoothActivation, normalisation: Normalisation | undefined): number =>
  1 + (normalisation ? 1 : 0) + (activation === "linear" ? 0 : 1);

interface Residual {
  readonly width: number;
  readonly depth: number;
  readonly activation: Activation;
  readonly scale: BranchScale;
  readonly matrices?: 1 | 2;
  readonly start?: "random" | "zero-last" | "zero-multiplier";
  readonly normalisation?: Normalisation;
  readonly batch?: number;
  /** Blocks before the first point and up to the last; 0 and `depth` where absent. */
  readonly after?: number;
  readonly upTo?: number;
}

/** Signals of a residual network from one block's output (the input's where none is named) to another's (the last's). */
export function residualSignals(options: Residual) {
  const { width, depth, activation, scale, matrices = 1, start = "random", normalisation, batch = 1 } = options;
  const { after = 0, upTo = depth } = options;
  const network = residualNetwork({
    width,
    depth,
    activation,
    init: gainFor(activation),
    scale,
    matrices,
    start,
    ...(normalisation ? { normalisation } : {}),
  });
  return layerSignals(network, { from: after, to: upTo, layers: upTo - after, batch });
}

/** Signals of a ReLU network of 3 x 3 convolutions on circular images of 4 x 4 places, from its first layer to its last. */
export function convolutionalSignals(channels: number, depth: number) {
  const network: LayeredNetwork = convolutionalNetwork({
    image: { channels, height: 4, width: 4 },
    channels,
    size: 3,
    padding: "circular",
    depth,
    activation: "relu",
    init: heNormal,
  });
  return layerSignals(network, { from: 2, to: 2 * depth, layers: depth - 1 });
}
