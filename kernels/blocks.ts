import { cosineOfRest, logOfNormalPair, quarterTurns, restOfTurn, sineOfRest } from "./elementary";
import { GROUP_BYTES, threefry } from "./threefry";

/**
 * What becomes of Threefry blocks: uniforms and standard normals, byte for byte those of src/numerics/random.ts. Draws are
 * made in a buffer of a few groups that stays in the nearest cache: counters, then their blocks, then the values.
 */

/** Groups of four blocks that are drawn at a time: 4 KiB, even because `threefry` takes two. */
export const CHUNK: i32 = 64;

/** Memory for one chunk of groups. */
export const CHUNK_BUFFER = memory.data(4096, 16);

const SIGN = memory.data<f64>([-0.0, -2.0]);
const MANTISSA = memory.data<u64>([0x3ff0000000000000]);
/** 1 - 2^-53. */
const ALMOST_ONE = memory.data<f64>([0.9999999999999999]);

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

/** Two uniforms on (0, 1) from the high and the low words of two blocks, interleaved: odd multiples of 2^-53. */
// @ts-ignore: decorator
@inline
function uniformPair(words: v128): v128 {
  const bits = v128.or(i64x2.shr_u(words, 12), v128.load64_splat(MANTISSA));
  return f64x2.sub(bits, v128.load64_splat(ALMOST_ONE));
}

// @ts-ignore: decorator
@inline
function lowHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 0, 4, 1, 5);
}

// @ts-ignore: decorator
@inline
function highHalves(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(a, b, 2, 6, 3, 7);
}

/** Box-Muller of two pairs of uniforms: the cosines' products to `at`, the sines' to `at + 16`. */
// @ts-ignore: decorator
@inline
function gaussianPairs(at: usize, first: v128, second: v128): void {
  const radius = f64x2.sqrt(f64x2.mul(v128.load64_splat(SIGN, 8), logOfNormalPair(first)));
  const quarters = quarterTurns(second);
  const t = restOfTurn(second, quarters);
  const z = f64x2.mul(t, t);
  const cosine = cosineOfRest(z);
  const sine = sineOfRest(t, z);
  const sign = v128.load64_splat(SIGN);
  const turned = i64x2.sub(i64x2.splat(0), v128.and(quarters, i64x2.splat(1)));
  const cosineSign = v128.and(i64x2.shl(quarters, 62), sign);
  const sineSign = v128.and(i64x2.shl(i64x2.add(quarters, i64x2.splat(1)), 62), sign);
  const signedCosine = v128.xor(cosine, cosineSign);
  const signedSine = v128.xor(sine, sineSign);
  v128.store(at, f64x2.mul(radius, v128.bitselect(signedSine, signedCosine, turned)));
  v128.store(at, f64x2.mul(radius, v128.bitselect(signedCosine, signedSine, turned)), 16);
}

/**
 * Blocks to standard normals, in place. Of blocks a, b, c, d of a group: [a's first, b's first], [a's second, b's second],
 * [c's first, d's first], [c's second, d's second].
 */
export function toGaussians(buffer: usize, groups: i32): void {
  const end = buffer + <usize>groups * GROUP_BYTES;
  for (let at = buffer; at < end; at += GROUP_BYTES) {
    const high1 = v128.load(at);
    const low1 = v128.load(at, 16);
    const high2 = v128.load(at, 32);
    const low2 = v128.load(at, 48);
    const u1 = uniformPair(lowHalves(low1, high1));
    const v1 = uniformPair(highHalves(low1, high1));
    const u2 = uniformPair(lowHalves(low2, high2));
    const v2 = uniformPair(highHalves(low2, high2));
    gaussianPairs(at, u1, u2);
    gaussianPairs(at + 32, v1, v2);
  }
}

/** Blocks to uniforms, in place and in the order of `toGaussians`. */
export function toUniforms(buffer: usize, groups: i32): void {
  const end = buffer + <usize>groups * GROUP_BYTES;
  for (let at = buffer; at < end; at += GROUP_BYTES) {
    const high1 = v128.load(at);
    const low1 = v128.load(at, 16);
    const high2 = v128.load(at, 32);
    const low2 = v128.load(at, 48);
    v128.store(at, uniformPair(lowHalves(low1, high1)));
    v128.store(at, uniformPair(lowHalves(low2, high2)), 16);
    v128.store(at, uniformPair(highHalves(low1, high1)), 32);
    v128.store(at, uniformPair(highHalves(low2, high2)), 48);
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
