import { log } from "../../numerics/elementary.ts";
import type { PropagateRequest, Propagation } from "../contract/propagation.ts";
import type { Device } from "./device/device.ts";
import { logSquared, runEnsemble } from "./ensemble.ts";

/** As `networks/propagate.ts`, in float32; norms are read back layer by layer, their logarithms are taken and added in float64. */
export function propagate(device: Device, request: PropagateRequest): Propagation {
  const depth = request.network.widths.length - 1;
  const { count } = request.streams;
  const logIncrements = new Float64Array(count * depth);
  const logInput = new Float64Array(count);
  const layersAlive = new Float64Array(count);
  runEnsemble(device, request, undefined, ({ logScales, image }, { row, logInput: entering, forward }) => {
    logInput[row] = entering;
    let alive = depth;
    // ln of the squared norm with which a layer is entered: 1 (an image is of a unit vector), or what its power of two left
    let before = 0;
    for (let layer = 0; layer < depth; layer++) {
      const increment = logSquared(forward, layer) + logScales[layer]! - before;
      logIncrements[row * depth + layer] = increment;
      if (increment === -Infinity) alive = Math.min(alive, layer);
      before = increment === -Infinity || image !== undefined ? 0 : log(forward[2 * layer]!);
    }
    layersAlive[row] = alive;
  });
  return { logIncrements, logInput, layersAlive };
}
