import { UnsupportedError } from "../../contract/engine.ts";

/** @throws UnsupportedError for NaN and infinities: WGSL lets a device take every number for finite */
export function requireFinite(values: Float64Array | Float32Array, what: string): void {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new UnsupportedError(`engine webgpu requires finite ${what}, got ${value}`);
  }
}
