import { normalise } from "../../numerics/log-domain.ts";
import { type Layer, multiply, multiplyTransposed } from "../../numerics/matrix.ts";
import type { Stream } from "../../numerics/random.ts";
import { fillWeights } from "../draws/weights.ts";
import { depthOf, offsetsOf, slopeOf } from "../networks/architecture.ts";
import type { Mlp } from "../networks/network.ts";

/**
 * What a forward and a backward pass leave behind, for `examples` inputs of one network. Representations and deltas are
 * kept at norm 1 with the logarithm of their squared norm beside them, so that depth can neither overflow nor underflow.
 * Example e's vector of layer l (0 is the input) begins at `e * units + unitsAt[l]`, its logarithm is at
 * `e * (depth + 1) + l`. Memory: all weights, and 24 bytes a unit and example.
 */
export interface Tape {
  readonly network: Mlp;
  readonly depth: number;
  readonly examples: number;
  /** Entry l - 1 maps layer l - 1 to layer l. */
  readonly layers: readonly Layer[];
  readonly unitsAt: readonly number[];
  readonly units: number;
  /** h_l over its norm; zeros where the example died. */
  readonly hidden: Float64Array;
  /** ln ||h_l||^2. */
  readonly logHidden: Float64Array;
  /** Derivative of the activation: 1 where z > 0, else its slope. */
  readonly derivative: Float64Array;
  /** Gradient with respect to z_l = W_l h_{l-1}, over its norm. */
  readonly delta: Float64Array;
  /** ln of that gradient's squared norm. */
  readonly logDelta: Float64Array;
  /** Slope at negative arguments by layer; 1 for a linear layer. */
  readonly slopes: Float64Array;
}

/** Memory for `examples` inputs of one network after another. `head` is the activation of the last layer. */
export function openTape(network: Mlp, examples: number, head: "activated" | "linear"): Tape {
  const { widths } = network;
  const depth = depthOf(network);
  const weightsAt = offsetsOf(widths.slice(1).map((width, layer) => width * widths[layer]!));
  const weights = new Float64Array(weightsAt[depth]!);
  const layers = widths
    .slice(1)
    .map((fanOut, layer) => ({ weights, at: weightsAt[layer]!, fanIn: widths[layer]!, fanOut }));
  const unitsAt = offsetsOf(widths);
  const units = unitsAt[depth + 1]!;
  const slopes = new Float64Array(depth + 1).fill(slopeOf(network.activation));
  if (head === "linear") slopes[depth] = 1;
  return {
    network,
    depth,
    examples,
    layers,
    unitsAt,
    units,
    hidden: new Float64Array(examples * units),
    logHidden: new Float64Array(examples * (depth + 1)),
    derivative: new Float64Array(examples * units),
    delta: new Float64Array(examples * units),
    logDelta: new Float64Array(examples * (depth + 1)),
    slopes,
  };
}

/** Draws a fresh network, layer by layer, from a replicate's stream `weights`. */
export function drawNetwork(tape: Tape, stream: Stream): void {
  for (const layer of tape.layers) {
    fillWeights(tape.network.init, layer, stream);
  }
}

/** Fills the representations; layer 0 of each example (of norm 1) and its logarithm are there already. */
export function forward(tape: Tape): void {
  // Layers outside, examples inside: a layer's weights stay in the cache while all examples pass it.
  for (let layer = 1; layer <= tape.depth; layer++) {
    for (let example = 0; example < tape.examples; example++) stepForward(tape, layer, example);
  }
}

/**
 * Fills the deltas from the last layer to the first. The gradient with respect to h_L of each example (of norm 1 or zero)
 * is in the last layer's `delta` already, the logarithm of its squared norm in `logDelta`.
 */
export function backward(tape: Tape): void {
  for (let layer = tape.depth; layer >= 1; layer--) {
    for (let example = 0; example < tape.examples; example++) stepBackward(tape, layer, example);
  }
}

function stepForward(tape: Tape, layer: number, example: number): void {
  const { depth, layers, unitsAt, units, hidden, logHidden, derivative, slopes } = tape;
  const start = example * units;
  const from = start + unitsAt[layer]!;
  const to = start + unitsAt[layer + 1]!;
  const slope = slopes[layer]!;
  multiply(layers[layer - 1]!, hidden, start + unitsAt[layer - 1]!, hidden, from);
  for (let unit = from; unit < to; unit++) {
    const factor = hidden[unit]! > 0 ? 1 : slope;
    derivative[unit] = factor;
    hidden[unit]! *= factor;
  }
  const at = example * (depth + 1) + layer;
  logHidden[at] = logHidden[at - 1]! + normalise(hidden, from, to);
}

function stepBackward(tape: Tape, layer: number, example: number): void {
  const { depth, layers, unitsAt, units, derivative, delta, logDelta } = tape;
  const start = example * units;
  const from = start + unitsAt[layer]!;
  const to = start + unitsAt[layer + 1]!;
  for (let unit = from; unit < to; unit++) delta[unit]! *= derivative[unit]!;
  const at = example * (depth + 1) + layer;
  logDelta[at]! += normalise(delta, from, to);
  if (layer === 1) return;
  multiplyTransposed(layers[layer - 1]!, delta, from, delta, start + unitsAt[layer - 1]!);
  logDelta[at - 1] = logDelta[at]!;
}
