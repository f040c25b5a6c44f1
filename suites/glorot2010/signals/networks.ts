import { layerSignals } from "../../../benchmarks/layer-signals.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import type { Initialisation, LayeredNetwork } from "../../../src/lab/networks/network.ts";

/** The paper's deepest networks have five hidden layers; theirs are of 1,000 units. */
export const LAYERS = 5;
export const WIDTH = 64;

/** Hidden layers of one width, the input of that width too, and a linear layer of that width at the end. */
export function deepNetwork(activation: "tanh" | "sigmoid", init: Initialisation): LayeredNetwork {
  return multilayerPerceptron({ width: WIDTH, depth: LAYERS + 1, activation, init });
}

/** Sizes of signals from the input to the last hidden layer, and back: each hidden layer is weights and an activation. */
export function hiddenSignals(activation: "tanh" | "sigmoid", init: Initialisation) {
  return layerSignals(deepNetwork(activation, init), { from: 0, to: 2 * LAYERS, layers: LAYERS });
}
