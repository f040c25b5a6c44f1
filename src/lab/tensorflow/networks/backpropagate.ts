import { openStream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import type { BackpropagateRequest, Backpropagation } from "../../contract/propagation.ts";
import { fillDirection, fillInput } from "../../draws/input.ts";
import { depthOf } from "../../networks/architecture.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library } from "../library.ts";
import { weightsOf } from "./layer-stack.ts";
import { backwardPass, disposePass, forwardPass, type Scaled } from "./passes.ts";

/** Forward and backward pass of one input through many networks at once; gradients are the library's. */
export function backpropagate(tf: Library, pointwises: Pointwises, request: BackpropagateRequest): Backpropagation {
  const { network, input, streams, data } = request;
  const depth = depthOf(network);
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  for (const chunk of chunksOf(streams, 2 * weightsOf(network))) {
    const start = chunk.first - streams.first;
    const inputs = drawVectors(tf, chunk, network.widths[0]!, (replicate, out) =>
      fillInput({ input, width: network.widths[0]!, key: chunk.key, data }, replicate, out),
    );
    const pass = forwardPass(tf, pointwises, { network, streams: chunk, head: "activated" }, inputs);
    logNorm.set(pass.logHidden[depth]!, start);
    const cotangents = drawVectors(tf, chunk, network.widths[depth]!, (replicate, out) => {
      fillDirection(openStream(chunk.key, replicate, LANES.cotangent), out, 0, out.length);
      return 0;
    });
    logGradients.set(backwardPass(tf, pass, cotangents), start * depth);
    disposePass(pass);
  }
  return { logNorm, logGradients };
}

/** One vector a replicate, as `fill` draws it; `fill` gives ln of its squared norm. */
function drawVectors(
  tf: Library,
  { first, count }: StreamRange,
  width: number,
  fill: (replicate: number, out: Float64Array) => number,
): Scaled {
  const one = new Float64Array(width);
  const values = new Float32Array(count * width);
  const logSquare = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    logSquare[row] = fill(first + row, one);
    values.set(one, row * width);
  }
  return { unit: tf.tensor(values, [count, 1, width]), logSquare };
}
