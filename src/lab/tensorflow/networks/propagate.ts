import type { StreamRange } from "../../../numerics/stream.ts";
import type { PropagateRequest, Propagation } from "../../contract/propagation.ts";
import { fillDirection, fillInput } from "../../draws/input.ts";
import { largestLayer } from "../../draws/weights.ts";
import { depthOf } from "../../networks/architecture.ts";
import type { Mlp } from "../../networks/network.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { openLayers, openWeightStreams } from "./layer-stack.ts";
import { logSquares, unitNorm } from "./unit-norm.ts";

/** What is done to the layer's input, replicates x 1 x fan-in: W h before the activation. */
type LinearMap = (hidden: Tensor) => Tensor;

/**
 * Forward pass of many networks at once, one batched product a layer, each network rescaled to norm 1 after every layer.
 * Orthogonal layers are drawn as the direction they send the input to, as in the reference.
 */
export function propagate(tf: Library, pointwises: Pointwises, request: PropagateRequest): Propagation {
  const { network, streams } = request;
  const depth = depthOf(network);
  const logIncrements = new Float64Array(streams.count * depth);
  const logInput = new Float64Array(streams.count);
  const layersAlive = new Float64Array(streams.count).fill(depth);
  for (const chunk of chunksOf(streams, 2 * largestLayer(network.widths))) {
    const start = chunk.first - streams.first;
    let hidden = inputsOf(tf, request, chunk, logInput.subarray(start, start + chunk.count));
    const next = openMaps(tf, network, chunk);
    for (let layer = 1; layer <= depth; layer++) {
      const step = tf.tidy(() => passLayer(tf, pointwises, request, hidden, next()));
      hidden.dispose();
      hidden = step.unit;
      for (const [row, increment] of logSquares(step).entries()) {
        const replicate = start + row;
        logIncrements[replicate * depth + layer - 1] = increment;
        if (increment === -Infinity) layersAlive[replicate] = Math.min(layersAlive[replicate]!, layer - 1);
      }
      step.largest.dispose();
      step.square.dispose();
    }
    hidden.dispose();
  }
  return { logIncrements, logInput, layersAlive };
}

function inputsOf(tf: Library, request: PropagateRequest, chunk: StreamRange, logInput: Float64Array): Tensor {
  const { network, input, data } = request;
  const width = network.widths[0]!;
  const source = { input, width, key: chunk.key, data };
  const one = new Float64Array(width);
  const values = new Float32Array(chunk.count * width);
  for (let row = 0; row < chunk.count; row++) {
    logInput[row] = fillInput(source, chunk.first + row, one);
    values.set(one, row * width);
  }
  return tf.tensor(values, [chunk.count, 1, width]);
}

function openMaps(tf: Library, network: Mlp, chunk: StreamRange): () => LinearMap {
  if (network.init.law === "orthogonal") return openDirections(tf, network, chunk);
  const layers = openLayers(tf, network, chunk);
  return () => {
    const weights = layers();
    return (hidden) => tf.matMul(hidden, weights, false, true);
  };
}

/** A Haar matrix takes a unit vector to a uniform direction, and zero to zero. */
function openDirections(tf: Library, network: Mlp, chunk: StreamRange): () => LinearMap {
  const streams = openWeightStreams(chunk);
  const width = network.widths[0]!;
  const one = new Float64Array(width);
  const scale = Math.sqrt(network.init.gain);
  return () => {
    const values = new Float32Array(chunk.count * width);
    for (const [row, stream] of streams.entries()) {
      fillDirection(stream, one, 0, width);
      for (let unit = 0; unit < width; unit++) values[row * width + unit] = scale * one[unit]!;
    }
    const directions = tf.tensor(values, [chunk.count, 1, width]);
    return (hidden) => tf.mul(directions, tf.sign(tf.max(tf.abs(hidden), [2], true)));
  };
}

function passLayer(
  tf: Library,
  pointwises: Pointwises,
  { network, revive = false }: PropagateRequest,
  hidden: Tensor,
  map: LinearMap,
) {
  const outcome = unitNorm(tf, pointwises.activation(network.activation)(map(hidden)), [2]);
  return revive ? { ...outcome, unit: revived(tf, outcome.unit, outcome.largest) } : outcome;
}

/** The first basis vector in place of each vector that died. */
function revived(tf: Library, unit: Tensor, largest: Tensor): Tensor {
  const basis = new Float32Array(unit.shape[2]!);
  basis[0] = 1;
  const first = tf.tensor(basis, [1, 1, basis.length]);
  const dead = tf.where(tf.equal(largest, 0), tf.onesLike(largest), tf.zerosLike(largest));
  return tf.add(unit, tf.mul(dead, first));
}
