import { versions } from "node:process";
import { setFlagsFromString } from "node:v8";
import { type KernelVariant, kernelBytes } from "../module.ts";

/**
 * The kernels with fused multiply-adds where this machine's V8 compiles them: since version 12 it does, before that behind a flag
 * that may be set until the first use (newer ones complain of it). Else the plain ones.
 */
export function fastestVariant(): KernelVariant {
  const bytes = kernelBytes("relaxed");
  if (WebAssembly.validate(bytes)) return "relaxed";
  const major = Number.parseInt(versions.v8, 10);
  if (major < 12) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return major < 12 && WebAssembly.validate(bytes) ? "relaxed" : "plain";
}
