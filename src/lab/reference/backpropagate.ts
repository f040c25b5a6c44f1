import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { BackpropagateRequest, Backpropagation } from "../contract/propagation.ts";
import { fillDirection, fillInput } from "../draws/input.ts";
import { backpropagateLawExact } from "../draws/law-exact.ts";
import { backward, drawNetwork, forward, openTape } from "./tape.ts";

/**
 * Forward and backward pass of one input through each replicate's own network; the cotangent at the output is a uniformly
 * random unit vector from lane `cotangent`. The gradient of a layer is the outer product of delta_l and h_{l-1}, so its
 * squared norm is the product of theirs. The mask of a unit is z > 0.
 *
 * Cost: fanIn * fanOut draws and twice as many multiply-adds a layer (orthogonal weights: a Haar matrix a layer; law-exact:
 * fanIn + fanOut draws a layer).
 * @throws RangeError for a network or an input that does not make sense, or for a law that has no law-exact form
 */
export function backpropagate(request: BackpropagateRequest): Backpropagation {
  const { network, input, streams, data } = request;
  if (request.sampling === "law-exact") return backpropagateLawExact(request);
  const tape = openTape(network, 1, "activated");
  const { depth, unitsAt, units, hidden, logHidden, delta, logDelta } = tape;
  const source = { input, width: network.widths[0]!, key: streams.key, data };
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    logHidden[0] = fillInput(source, replicate, hidden);
    drawNetwork(tape, openStream(streams.key, replicate, LANES.weights));
    forward(tape);
    fillDirection(openStream(streams.key, replicate, LANES.cotangent), delta, unitsAt[depth]!, units);
    logDelta[depth] = 0;
    backward(tape);
    logNorm[row] = logHidden[depth]!;
    for (let layer = 1; layer <= depth; layer++) {
      logGradients[row * depth + layer - 1] = logDelta[layer]! + logHidden[layer - 1]!;
    }
  }
  return { logNorm, logGradients };
}
