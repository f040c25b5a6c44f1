import type { StreamKey } from "../../numerics/stream.ts";

/** What kernels/draws/random.ts exports. Addresses and counts are in bytes and values; blocks and positions as in `Stream`. */
export interface DrawKernels {
  prepareKey(key: number, k0: number, k1: number, k2: number, k3: number): void;
  fillWords(low: number, high: number, replicate: number, lane: number, key: number, out: number, blocks: number): void;
  fillGaussian(firstBlock: number, replicate: number, lane: number, key: number, out: number, count: number): void;
  fillGaussianOfFour(
    firstBlock: number,
    replicate: number,
    lane: number,
    key: number,
    out: number,
    count: number,
  ): void;
  fillUniform(position: number, replicate: number, lane: number, key: number, out: number, count: number): void;
  fillRademacher(firstBlock: number, replicate: number, lane: number, key: number, out: number, count: number): void;
}

/** Bytes that a prepared key takes, a multiple of 64. */
export const KEY_BYTES = 384;

/** Writes the key, expanded, to address `at`. */
export function placeKey(kernels: DrawKernels, at: number, key: StreamKey): void {
  kernels.prepareKey(at, key[0], key[1], key[2], key[3]);
}
