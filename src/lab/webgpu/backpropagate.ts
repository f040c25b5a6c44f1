import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { BackpropagateRequest, Backpropagation } from "../contract/propagation.ts";
import { fillDirection } from "../draws/input.ts";
import type { Device } from "./device/device.ts";
import { logFactor, logSquared, runEnsemble } from "./ensemble.ts";

/** As `networks/backpropagate.ts`, in float32, with all logarithms taken and added in float64. */
export function backpropagate(device: Device, request: BackpropagateRequest): Backpropagation {
  const { network, streams } = request;
  const depth = network.widths.length - 1;
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  const logHidden = new Float64Array(depth + 1);
  const direct = (replicate: number, out: Float64Array) =>
    fillDirection(openStream(streams.key, replicate, LANES.cotangent), out, 0, network.widths[depth]!);
  runEnsemble(device, request, direct, ({ logScales, image }, { row, logInput, forward, backward }) => {
    // ln of the factor between a vector on the device and the true one: powers of two taken out, scales left out
    let factor = logInput;
    logHidden[0] = logInput;
    for (let layer = 1; layer <= depth; layer++) {
      factor += logScales[layer - 1]!;
      logHidden[layer] = factor + logSquared(forward, layer - 1);
      // an image is of a vector of norm 1
      factor = image === undefined ? factor + logFactor(forward, layer - 1) : logHidden[layer]!;
    }
    logNorm[row] = logHidden[depth]!;
    factor = 0;
    for (let layer = depth; layer >= 1; layer--) {
      logGradients[row * depth + layer - 1] = factor + logSquared(backward, layer - 1) + logHidden[layer - 1]!;
      factor += logFactor(backward, layer - 1) + logScales[layer - 1]!;
    }
  });
  return { logNorm, logGradients };
}
