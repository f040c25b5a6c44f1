import { CHUNK_BUFFER } from "./blocks";
import { toGaussians } from "./gaussians";
import { GROUP_BYTES, threefry } from "./threefry";

/**
 * Draws of four replicates side by side, each from its own block of its own stream on. `blocks` are four 32-bit numbers: the
 * next block of each.
 */

/** Standard normals of the blocks from `ahead` on after the next, `groups` of each replicate, into the chunk's buffer. */
export function drawFourGaussians(blocks: usize, ahead: i32, replicate: i32, lane: i32, key: usize, groups: i32): void {
  drawFour(blocks, ahead, replicate, lane, key, groups);
  toGaussians(CHUNK_BUFFER, groups);
}

/** Moves on by the blocks that as many normals take as `counts` says (four 32-bit numbers). */
export function passGaussians(blocks: usize, counts: usize): void {
  const taken = i32x4.shr_u(i32x4.add(v128.load(counts), i32x4.splat(1)), 1);
  v128.store(blocks, i32x4.add(v128.load(blocks), taken));
}

/** Draws `count` signs of each replicate, at most 128 a block, and writes how many of them are positive. */
export function countPositive(blocks: usize, replicate: i32, lane: i32, key: usize, count: i32, positive: usize): void {
  let negative = i32x4.splat(0);
  let taken = 0;
  for (let left = count; left > 0; left -= 128) {
    drawFour(blocks, taken++, replicate, lane, key, 1);
    for (let word = 0; word < 4; word++) {
      const bits = min(left - 32 * word, 32);
      if (bits <= 0) break;
      const mask = i32x4.splat(bits == 32 ? -1 : (1 << bits) - 1);
      const ones = i8x16.popcnt(v128.and(v128.load(CHUNK_BUFFER + 16 * word), mask));
      negative = i32x4.add(negative, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(ones)));
    }
  }
  v128.store(positive, i32x4.sub(i32x4.splat(count), negative));
  v128.store(blocks, i32x4.add(v128.load(blocks), i32x4.splat(taken)));
}

/** Blocks of four replicates into the chunk's buffer. */
export function drawFour(blocks: usize, ahead: i32, replicate: i32, lane: i32, key: usize, groups: i32): void {
  const first = i32x4.add(v128.load(blocks), i32x4.splat(ahead));
  for (let group = 0; group < groups; group++) {
    const at = CHUNK_BUFFER + <usize>group * GROUP_BYTES;
    v128.store(at, i32x4.add(first, i32x4.splat(group)));
    v128.store(at, i32x4.splat(0), 16);
  }
  const replicates = i32x4.add(i32x4.splat(replicate), i32x4(0, 1, 2, 3));
  threefry(key, replicates, i32x4.splat(lane), CHUNK_BUFFER, groups);
}
