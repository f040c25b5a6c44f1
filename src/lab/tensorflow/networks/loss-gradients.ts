import { exp, log } from "../../../numerics/elementary.ts";
import { normalise } from "../../../numerics/log-domain.ts";
import type { BatchRequest, LossGradients } from "../../contract/picture-batch.ts";
import { depthOf } from "../../networks/architecture.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library } from "../library.ts";
import { weightsOf } from "./layer-stack.ts";
import { backwardPass, disposePass, type ForwardPass, forwardPass, type Scaled } from "./passes.ts";
import { drawPictureBatches } from "./picture-batches.ts";

/** Gradient of the mean softmax cross-entropy of pictures, layer by layer; gradients of the layers are the library's. */
export function lossGradients(tf: Library, pointwises: Pointwises, request: BatchRequest): LossGradients {
  const { network, batch, streams } = request;
  const depth = depthOf(network);
  const logGradients = new Float64Array(streams.count * depth);
  const units = network.widths.reduce((sum, width) => sum + width, 0);
  for (const chunk of chunksOf(streams, 2 * weightsOf(network) + 2 * batch * units)) {
    const { inputs, labels } = drawPictureBatches(tf, request, chunk);
    const pass = forwardPass(tf, pointwises, { network, streams: chunk, head: "linear" }, inputs);
    const squares = backwardPass(tf, pass, lossDelta(tf, pass, labels));
    const norms = squares.map((value) => value / 2 - log(batch));
    logGradients.set(norms, (chunk.first - streams.first) * depth);
    disposePass(pass);
  }
  return { logGradients };
}

/**
 * softmax - one-hot of each example, relative to the likeliest wrong class, in float64: a confident network's gradient is far
 * below float32's rounding of a probability near 1.
 */
function lossDelta(tf: Library, pass: ForwardPass, labels: Uint8Array): Scaled {
  const depth = depthOf(pass.network);
  const { replicates, examples } = pass;
  const classes = pass.network.widths[depth]!;
  const units = pass.hidden[depth]!.dataSync();
  const values = new Float32Array(units.length);
  const logSquare = new Float64Array(labels.length);
  const delta = new Float64Array(classes);
  for (const [example, label] of labels.entries()) {
    const at = example * classes;
    const scale = exp(pass.logHidden[depth]![example]! / 2);
    for (let k = 0; k < classes; k++) delta[k] = units[at + k]! === 0 ? 0 : units[at + k]! * scale;
    logSquare[example] = toGradient(delta, label);
    values.set(delta, at);
  }
  return { unit: tf.tensor(values, [replicates, examples, classes]), logSquare };
}

/** Logits to their gradient at norm 1; gives ln of its squared norm. */
function toGradient(delta: Float64Array, label: number): number {
  const largest = Math.max(...delta);
  let likeliest = -Infinity;
  let total = 0;
  for (const [k, logit] of delta.entries()) {
    delta[k] = logit === largest ? 0 : logit - largest;
    total += exp(delta[k]!);
    if (k !== label) likeliest = Math.max(likeliest, delta[k]!);
  }
  let wrong = 0;
  for (const [k, gap] of delta.entries()) {
    delta[k] = k === label || likeliest === -Infinity ? 0 : exp(gap - likeliest);
    wrong += delta[k]!;
  }
  delta[label] = -wrong;
  return normalise(delta, 0, delta.length) + (wrong === 0 ? 0 : 2 * (likeliest - log(total)));
}
