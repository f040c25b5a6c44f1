import { applyHaar } from "../../numerics/haar.ts";
import { normalise } from "../../numerics/log-domain.ts";
import { multiply } from "../../numerics/matrix.ts";
import { openStream, type Stream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { PropagateRequest, Propagation, Sampling } from "../contract/propagation.ts";
import { fillBasis, fillInput } from "../draws/input.ts";
import { drawImage } from "../draws/law-exact.ts";
import { fillWeights, largestLayer, weightScale } from "../draws/weights.ts";
import { depthOf, slopeOf } from "../networks/architecture.ts";
import type { Mlp } from "../networks/network.ts";

/**
 * Forward pass of one input through each replicate's own network, rescaled to norm 1 after every layer: exact, because
 * all activations are positively homogeneous. Their sum is nearly Gaussian: Hanin and Nica 2020, arXiv 1812.05994.
 *
 * With orthogonal weights a layer sees one vector only, and a Haar matrix takes a fixed unit vector to a uniformly random
 * one, independently of what came before; so that direction is drawn instead of the matrix, with the same law.
 * The weights behind it are not those that `backpropagate` or `propagateBatch` draw from the same stream.
 *
 * Cost: fanIn * fanOut draws and multiply-adds a layer (orthogonal and law-exact: fanOut draws).
 * @throws RangeError for a network or an input that does not make sense, or for a law that has no law-exact form
 */
export function propagate(request: PropagateRequest): Propagation {
  const { network, input, streams, data } = request;
  const depth = depthOf(network);
  const source = { input, width: network.widths[0]!, key: streams.key, data };
  const passage = openPassage(request);
  const logIncrements = new Float64Array(streams.count * depth);
  const logInput = new Float64Array(streams.count);
  const layersAlive = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    logInput[row] = fillInput(source, replicate, passage.now);
    const stream = openStream(streams.key, replicate, LANES.weights);
    layersAlive[row] = pass(passage, stream, logIncrements.subarray(row * depth, (row + 1) * depth));
  }
  return { logIncrements, logInput, layersAlive };
}

interface Passage {
  readonly network: Mlp;
  readonly revive: boolean;
  readonly sampling: Sampling;
  readonly weights: Float64Array;
  /** The layer's input, of norm 1. */
  readonly now: Float64Array;
  readonly next: Float64Array;
}

function openPassage(request: PropagateRequest): Passage {
  const { network, revive = false, sampling = "direct" } = request;
  const widest = Math.max(...network.widths);
  const needless = network.init.law === "orthogonal" || sampling === "law-exact";
  const weights = new Float64Array(needless ? 0 : largestLayer(network.widths));
  return { network, revive, sampling, weights, now: new Float64Array(widest), next: new Float64Array(widest) };
}

function pass(passage: Passage, stream: Stream, logIncrements: Float64Array): number {
  const { network, revive, now, next } = passage;
  const slope = slopeOf(network.activation);
  const depth = depthOf(network);
  let alive = depth;
  for (let layer = 1; layer <= depth; layer++) {
    const width = network.widths[layer]!;
    applyLayer(passage, stream, layer);
    for (let unit = 0; unit < width; unit++) {
      const value = next[unit]!;
      now[unit] = value > 0 ? value : slope * value;
    }
    const increment = normalise(now, 0, width);
    logIncrements[layer - 1] = increment;
    if (increment !== -Infinity) continue;
    alive = Math.min(alive, layer - 1);
    if (!revive) {
      logIncrements.fill(-Infinity, layer);
      return alive;
    }
    fillBasis(now, width);
  }
  return alive;
}

/** next = W now, with fresh weights. */
function applyLayer(passage: Passage, stream: Stream, layer: number): void {
  const { network, sampling, weights, now, next } = passage;
  const fanIn = network.widths[layer - 1]!;
  const fanOut = network.widths[layer]!;
  if (sampling === "law-exact") {
    const scale = weightScale(network.init, fanIn, fanOut);
    const slope = slopeOf(network.activation);
    drawImage(scale, slope, now.subarray(0, fanIn), stream, next.subarray(0, fanOut));
    return;
  }
  if (network.init.law === "orthogonal") {
    next.set(now);
    applyHaar(stream, next, 0, fanOut);
    const scale = Math.sqrt(network.init.gain);
    for (let unit = 0; unit < fanOut; unit++) next[unit]! *= scale;
    return;
  }
  const matrix = { weights, at: 0, fanIn, fanOut };
  fillWeights(network.init, matrix, stream);
  multiply(matrix, now, 0, next, 0);
}
