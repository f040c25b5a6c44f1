import { log } from "../../../numerics/elementary.ts";
import type { StreamRange } from "../../../numerics/stream.ts";
import type { BatchRepresentations, BatchRequest } from "../../contract/picture-batch.ts";
import { largestLayer } from "../../draws/weights.ts";
import { depthOf } from "../../networks/architecture.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { openLayers } from "./layer-stack.ts";
import { drawPictureBatches } from "./picture-batches.ts";
import { logSquares, unitNorm } from "./unit-norm.ts";

/**
 * Angles between the representations of a batch. 1 - cos comes from a difference of float32 vectors, each of which carries a
 * relative error of order depth * width * 2^-24: medians of ln(1 - cos) below about -22 are rounding, and what float64 still
 * tells apart may be exactly collapsed here.
 */
export function propagateBatch(tf: Library, pointwises: Pointwises, request: BatchRequest): BatchRepresentations {
  const { network, batch, streams, data } = request;
  const logOneMinusCosine = new Float64Array(streams.count);
  const collapsed = new Float64Array(streams.count);
  const inputOneMinusCosine = new Float64Array(streams.count);
  const alive = new Float64Array(streams.count);
  const widest = Math.max(...network.widths);
  const pairs = (batch * (batch - 1)) / 2;
  const numbers = 2 * largestLayer(network.widths) + 4 * batch * widest + 3 * pairs * Math.max(data.width, widest);
  for (const chunk of chunksOf(streams, numbers)) {
    const { inputs } = drawPictureBatches(tf, request, chunk);
    const { outputs, isAlive } = passBatch(tf, pointwises, request, chunk, inputs.unit);
    const inputDistances = pairDistances(tf, inputs.unit, batch);
    const outputDistances = pairDistances(tf, outputs, batch);
    inputs.unit.dispose();
    outputs.dispose();
    for (let row = 0; row < chunk.count; row++) {
      const at = chunk.first - streams.first + row;
      const flags = isAlive.subarray(row * batch, (row + 1) * batch);
      const survivors = flags.reduce((sum, flag) => sum + flag, 0);
      const counted = survivors < 2 ? flags.map(() => 1) : flags;
      const before = countedPairs(inputDistances.subarray(row * pairs, (row + 1) * pairs), counted);
      const after = countedPairs(outputDistances.subarray(row * pairs, (row + 1) * pairs), counted);
      inputOneMinusCosine[at] = median(before);
      collapsed[at] = survivors < 2 ? 1 : after.filter((value) => value === 0).length / after.length;
      logOneMinusCosine[at] = survivors < 2 ? -Infinity : median(after.map(log));
      alive[at] = survivors === batch ? 1 : 0;
    }
  }
  return { logOneMinusCosine, collapsed, inputOneMinusCosine, alive };
}

/** The last layer's representations, replicates x batch x width, and a 1 for each that is not zero. */
function passBatch(tf: Library, pointwises: Pointwises, request: BatchRequest, chunk: StreamRange, inputs: Tensor) {
  const { network, batch } = request;
  const activation = pointwises.activation(network.activation);
  const layers = openLayers(tf, network, chunk);
  const isAlive = new Uint8Array(chunk.count * batch).fill(1);
  let hidden = inputs;
  for (let layer = 1; layer <= depthOf(network); layer++) {
    const step = tf.tidy(() => unitNorm(tf, activation(tf.matMul(hidden, layers(), false, true)), [2]));
    if (hidden !== inputs) hidden.dispose();
    hidden = step.unit;
    for (const [vector, square] of logSquares(step).entries()) if (square === -Infinity) isAlive[vector] = 0;
    step.largest.dispose();
    step.square.dispose();
  }
  return { outputs: hidden, isAlive };
}

/** |u - v|^2 / 2 of all pairs, (0, 1), (0, 2), ..., (1, 2), ... of each replicate. */
function pairDistances(tf: Library, vectors: Tensor, batch: number): Float64Array {
  const [first, second] = pairIndices(batch);
  let squares = new Float32Array();
  tf.tidy(() => {
    const difference = tf.sub(
      tf.gather(vectors, tf.tensor1d(first, "int32"), 1),
      tf.gather(vectors, tf.tensor1d(second, "int32"), 1),
    );
    squares = tf.sum(tf.square(difference), [2], false).dataSync() as typeof squares;
  });
  return Float64Array.from(squares, (square) => square / 2);
}

function pairIndices(batch: number): readonly [number[], number[]] {
  const first: number[] = [];
  const second: number[] = [];
  for (let i = 0; i < batch; i++) {
    for (let j = i + 1; j < batch; j++) {
      first.push(i);
      second.push(j);
    }
  }
  return [first, second];
}

/** The distances of pairs whose members both count. */
function countedPairs(distances: Float64Array, counted: Uint8Array): Float64Array {
  const [first, second] = pairIndices(counted.length);
  return distances.filter((_, pair) => counted[first[pair]!] === 1 && counted[second[pair]!] === 1);
}

/** The mean of the two middle values where their number is even. */
function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  const upper = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[upper]! : (sorted[upper - 1]! + sorted[upper]!) / 2;
}
