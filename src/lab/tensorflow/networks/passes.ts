import { exp } from "../../../numerics/elementary.ts";
import type { StreamRange } from "../../../numerics/stream.ts";
import { depthOf } from "../../networks/architecture.ts";
import type { Activation, Mlp } from "../../networks/network.ts";
import type { Pointwise, Pointwises } from "../activations.ts";
import type { Library, Tensor } from "../library.ts";
import { openLayers } from "./layer-stack.ts";
import { logSquares, unitNorm } from "./unit-norm.ts";

/**
 * What a forward pass of a chunk of networks leaves behind: `examples` inputs through each. All vectors are kept at norm 1 with
 * ln of their squared norm beside them, in float64, one a replicate and example, so that float32 can neither overflow nor
 * underflow with depth.
 */
export interface ForwardPass {
  readonly network: Mlp;
  readonly activations: readonly Pointwise[];
  readonly replicates: number;
  readonly examples: number;
  /** Layer l's, replicates x fan-out x fan-in; entry 0 is layer 1's. */
  readonly weights: readonly Tensor[];
  /** Entry l is layer l's output (0: the input), replicates x examples x width. */
  readonly hidden: readonly Tensor[];
  readonly logHidden: readonly Float64Array[];
}

/** A vector of each replicate and example at norm 1, replicates x examples x width, with ln of its squared norm. */
export interface Scaled {
  readonly unit: Tensor;
  readonly logSquare: Float64Array;
}

/** `head` is the activation of the last layer. The pass owns `inputs` from here on; `dispose` it. */
export function forwardPass(
  tf: Library,
  pointwises: Pointwises,
  request: { readonly network: Mlp; readonly streams: StreamRange; readonly head: "activated" | "linear" },
  inputs: Scaled,
): ForwardPass {
  const { network, streams, head } = request;
  const depth = depthOf(network);
  const layers = openLayers(tf, network, streams);
  const nameOf = (layer: number): Activation => (layer === depth && head === "linear" ? "linear" : network.activation);
  const activations = Array.from({ length: depth }, (_, index) => pointwises.activation(nameOf(index + 1)));
  const weights: Tensor[] = [];
  const hidden: Tensor[] = [inputs.unit];
  const logHidden: Float64Array[] = [inputs.logSquare];
  for (let layer = 1; layer <= depth; layer++) {
    weights.push(layers());
    const { unit, logSquare } = scaled(tf, () =>
      applyLayer(tf, activations[layer - 1]!, hidden[layer - 1]!, weights[layer - 1]!),
    );
    hidden.push(unit);
    logHidden.push(logSquare.map((value, index) => value + logHidden[layer - 1]![index]!));
  }
  return {
    network,
    activations,
    replicates: streams.count,
    examples: inputs.unit.shape[1]!,
    weights,
    hidden,
    logHidden,
  };
}

export function disposePass(pass: ForwardPass): void {
  for (const tensor of [...pass.weights, ...pass.hidden]) tensor.dispose();
}

/**
 * Backward pass by the library's own gradients, layer by layer, rescaled between them. Gives ln of the squared Frobenius norm
 * of each layer's gradient, one row of `depth` a replicate; -Infinity where it is exactly zero. `delta` (disposed of) is the
 * gradient with respect to the last layer's output.
 */
export function backwardPass(tf: Library, pass: ForwardPass, delta: Scaled): Float64Array {
  const { replicates, weights } = pass;
  const depth = weights.length;
  const logGradients = new Float64Array(replicates * depth);
  let now = delta;
  for (let layer = depth; layer >= 1; layer--) {
    const logSquare = layerGradient(tf, pass, layer, now);
    for (const [row, value] of logSquare.entries()) logGradients[row * depth + layer - 1] = value;
    const before = layer === 1 ? undefined : inputGradient(tf, pass, layer, now);
    now.unit.dispose();
    if (before !== undefined) now = before;
  }
  return logGradients;
}

/** Sum over examples of the gradients with respect to the weights, each relative to the largest example's scale. */
function layerGradient(tf: Library, pass: ForwardPass, layer: number, delta: Scaled): Float64Array {
  const { replicates, examples, weights, hidden, logHidden, activations } = pass;
  const { shares, largest } = sharesOf(delta.logSquare, logHidden[layer - 1]!, replicates, examples);
  let logSquare: Float64Array = new Float64Array();
  tf.tidy(() => {
    const cotangent = tf.mul(delta.unit, tf.tensor(shares, [replicates, examples, 1]));
    const f = (w: Tensor) => applyLayer(tf, activations[layer - 1]!, hidden[layer - 1]!, w);
    const [gradient] = tf.grads(f)([weights[layer - 1]!], cotangent);
    logSquare = logSquares(unitNorm(tf, gradient!, [1, 2]));
  });
  return logSquare.map((value, row) => (value === -Infinity ? value : value + largest[row]!));
}

function inputGradient(tf: Library, pass: ForwardPass, layer: number, delta: Scaled): Scaled {
  const { weights, hidden, activations } = pass;
  const before = scaled(tf, () => {
    const f = (h: Tensor) => applyLayer(tf, activations[layer - 1]!, h, weights[layer - 1]!);
    return tf.grads(f)([hidden[layer - 1]!], delta.unit)[0]!;
  });
  return { unit: before.unit, logSquare: before.logSquare.map((value, index) => value + delta.logSquare[index]!) };
}

function applyLayer(tf: Library, activation: Pointwise, hidden: Tensor, weights: Tensor): Tensor {
  return activation(tf.matMul(hidden, weights, false, true));
}

/** A tensor's vectors at norm 1, and the logarithms of what they were. */
function scaled(tf: Library, make: () => Tensor): Scaled {
  const outcome = tf.tidy(() => unitNorm(tf, make(), [2]));
  const logSquare = logSquares(outcome);
  outcome.largest.dispose();
  outcome.square.dispose();
  return { unit: outcome.unit, logSquare };
}

/** Each example's size relative to the largest of its replicate, and ln of that one's square. */
function sharesOf(logDelta: Float64Array, logHidden: Float64Array, replicates: number, examples: number) {
  const shares = new Float32Array(replicates * examples);
  const largest = new Float64Array(replicates).fill(-Infinity);
  for (let at = 0; at < shares.length; at++) {
    const row = Math.floor(at / examples);
    largest[row] = Math.max(largest[row]!, logDelta[at]! + logHidden[at]!);
  }
  for (let at = 0; at < shares.length; at++) {
    const top = largest[Math.floor(at / examples)]!;
    shares[at] = top === -Infinity ? 0 : exp((logDelta[at]! + logHidden[at]! - top) / 2);
  }
  return { shares, largest };
}
