import { CHUNK, CHUNK_BUFFER, drawBlocksOfFour } from "../draws/blocks";
import { FIRST, LAYERS, STEPS } from "./chain-frame";
import { toUniforms } from "../draws/gaussians";
import { GROUP_BYTES, threefry } from "../draws/threefry";

/**
 * Chains of eight replicates, from `replicate` on, into a frame, with an optimiser that has not begun: the draws of four replicates
 * go side by side. `key` is what `prepareKey` wrote.
 */

/** Weights (2 u - 1) scale: a block of the stream has two uniforms. */
export function placeUniformChains(
  frame: usize,
  depth: i32,
  stride: usize,
  replicate: i32,
  lane: i32,
  key: usize,
  scale: f64,
): void {
  clearState(frame, depth, stride);
  const scales = f64x2.splat(scale);
  for (let half: usize = 0; half < 2; half++) {
    const replicates = i32x4.add(i32x4.splat(replicate + 4 * <i32>half), i32x4(0, 1, 2, 3));
    let layer = frame + LAYERS + 32 * half;
    for (let from = 0; from < depth; from += 2 * CHUNK) {
      const here = min(depth - from, 2 * CHUNK);
      drawUniformsOfFour(from >> 1, replicates, lane, key, (here + 1) >> 1);
      for (let i = 0; i < here; i++, layer += stride) {
        const draws = CHUNK_BUFFER + <usize>(i >> 1) * GROUP_BYTES + 16 * (<usize>i & 1);
        v128.store(layer, f64x2.mul(centred(v128.load(draws)), scales));
        v128.store(layer, f64x2.mul(centred(v128.load(draws, 32)), scales), 16);
      }
    }
  }
}

/** Weights g scale, where g is the first standard normal of its block. */
export function placeGaussianChains(
  frame: usize,
  depth: i32,
  stride: usize,
  replicate: i32,
  lane: i32,
  key: usize,
  scale: f64,
): void {
  clearState(frame, depth, stride);
  const scales = f64x2.splat(scale);
  for (let half: usize = 0; half < 2; half++) {
    const replicates = i32x4.add(i32x4.splat(replicate + 4 * <i32>half), i32x4(0, 1, 2, 3));
    let layer = frame + LAYERS + 32 * half;
    for (let from = 0; from < depth; from += CHUNK) {
      const here = min(depth - from, CHUNK);
      drawBlocksOfFour(from, replicates, lane, key, here);
      for (let i = 0; i < here; i++, layer += stride) {
        const draws = CHUNK_BUFFER + <usize>i * GROUP_BYTES;
        v128.store(layer, f64x2.mul(v128.load(draws), scales));
        v128.store(layer, f64x2.mul(v128.load(draws, 32), scales), 16);
      }
    }
  }
}

/** The weights in a frame, one chain after another. */
export function readChains(frame: usize, depth: usize, stride: usize, rows: usize): void {
  const rowBytes = depth << 3;
  let layer = frame + LAYERS;
  for (let row = rows; row < rows + rowBytes; row += 8, layer += stride) {
    let to = row;
    for (let at = layer; at < layer + 64; at += 16) {
      const pair = v128.load(at);
      v128.store64_lane(to, pair, 0);
      v128.store64_lane(to + rowBytes, pair, 1);
      to += 2 * rowBytes;
    }
  }
}

function clearState(frame: usize, depth: i32, stride: usize): void {
  const zero = f64x2.splat(0);
  v128.store(frame, zero, STEPS);
  v128.store(frame, zero, STEPS + 16);
  const end = frame + LAYERS + <usize>depth * stride;
  for (let layer = frame + LAYERS; layer < end; layer += stride) {
    for (let state = layer + FIRST; state < layer + stride; state += 16) v128.store(state, zero);
  }
}

/** Blocks of four replicates, one to a group, into the chunk's buffer: two uniforms of the first two, then of the others. */
function drawUniformsOfFour(block: i32, replicates: v128, lane: i32, key: usize, groups: i32): void {
  for (let group = 0; group < groups; group++) {
    const at = CHUNK_BUFFER + <usize>group * GROUP_BYTES;
    v128.store(at, i32x4.splat(block + group));
    v128.store(at, i32x4.splat(0), 16);
  }
  threefry(key, replicates, i32x4.splat(lane), CHUNK_BUFFER, groups);
  toUniforms(CHUNK_BUFFER, groups);
}

// @ts-ignore: decorator
@inline
function centred(u: v128): v128 {
  return f64x2.sub(f64x2.add(u, u), f64x2.splat(1));
}
