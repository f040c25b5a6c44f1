import { toGaussians } from "./gaussians";
import { GROUP_BYTES, threefry } from "./threefry";

/**
 * Blocks of the streams of src/numerics/random.ts, a chunk at a time. Draws are made in a buffer of a few groups that stays in
 * the nearest cache: counters, then their blocks, then the values.
 */

/** Groups of four blocks that are drawn at a time: 4 KiB, even because `threefry` takes two. */
export const CHUNK: i32 = 64;

/** Memory for one chunk of groups. */
export const CHUNK_BUFFER = memory.data(4096, 16);

/** Sets the counters of `groups` groups to the blocks from `firstBlock` on, four to a group. */
function countBlocks(buffer: usize, firstBlock: u64, groups: i32): void {
  for (let group = 0; group < groups; group++) {
    const block = firstBlock + 4 * group;
    const at = buffer + <usize>group * GROUP_BYTES;
    const low = i32x4.add(i32x4.splat(<i32>block), i32x4(0, 1, 2, 3));
    v128.store(at, low);
    // The low word wraps within the group where it is less than the group's first.
    const carry = i32x4.lt_u(low, i32x4.splat(<i32>block));
    v128.store(at, i32x4.sub(i32x4.splat(<i32>(block >> 32)), carry), 16);
  }
}

/** Blocks of one replicate, four to a group, into the chunk's buffer. */
export function drawBlocks(block: u64, replicate: i32, lane: i32, key: usize, groups: i32): void {
  countBlocks(CHUNK_BUFFER, block, groups);
  threefry(key, i32x4.splat(replicate), i32x4.splat(lane), CHUNK_BUFFER, groups);
}

/** Normals of four replicates, a block of each to a group, into the chunk's buffer. */
export function drawBlocksOfFour(block: u64, replicates: v128, lane: i32, key: usize, groups: i32): void {
  for (let group = 0; group < groups; group++) {
    const index = block + group;
    const at = CHUNK_BUFFER + <usize>group * GROUP_BYTES;
    v128.store(at, i32x4.splat(<i32>index));
    v128.store(at, i32x4.splat(<i32>(index >> 32)), 16);
  }
  threefry(key, replicates, i32x4.splat(lane), CHUNK_BUFFER, groups);
  toGaussians(CHUNK_BUFFER, groups);
}
