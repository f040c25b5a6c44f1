import type { StreamKey } from "../../numerics/stream.ts";
import { KERNEL_CONSTANTS, type KernelFunctions } from "./kernel-functions.ts";

/** Bytes that a prepared key takes, a multiple of 64. */
export const KEY_BYTES = KERNEL_CONSTANTS.KEY_BYTES;

/** Writes the key, expanded, to address `at`. */
export function placeKey(kernels: KernelFunctions, at: number, key: StreamKey): void {
  kernels.prepareKey(at, key[0], key[1], key[2], key[3]);
}
