import { openStream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import { UnsupportedError } from "../../contract/engine.ts";

/** @throws RangeError for replicates that are no 32-bit numbers */
export function requireStreams({ key, first, count }: StreamRange): void {
  if (count === 0) return;
  openStream(key, first, LANES.weights);
  openStream(key, first + count - 1, LANES.weights);
}

/** @throws UnsupportedError for NaN and infinities: WGSL lets a device take every number for finite */
export function requireFinite(values: Float64Array | Float32Array, what: string): void {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new UnsupportedError(`engine webgpu requires finite ${what}, got ${value}`);
  }
}
