import { CHUNK, CHUNK_BUFFER, drawBlocks, drawBlocksOfFour } from "./blocks";
import { toGaussians, toUniforms } from "./gaussians";
import { GROUP_BYTES } from "./threefry";

export { prepareKey } from "./threefry";

/**
 * The fills of src/numerics/random.ts, byte for byte. `firstBlock` is the block of the stream at which the fill begins (a
 * stream's position is twice that), `key` is what `prepareKey` wrote, `out` takes `count` float64s.
 */

/** The 32-bit words themselves, four a block; the first block's counter is given by its low and its high word. */
export function fillWords(low: i32, high: i32, replicate: i32, lane: i32, key: usize, out: usize, blocks: i32): void {
  let block = ((<u64>(<u32>high)) << 32) | <u64>(<u32>low);
  for (let from = 0; from < blocks; from += 4 * CHUNK) {
    const here = min(blocks - from, 4 * CHUNK);
    drawBlocks(block, replicate, lane, key, (here + 3) / 4);
    for (let i = 0; i < 4 * here; i++) {
      const at = <usize>(i >> 4) * GROUP_BYTES + 16 * (i & 3) + 4 * ((i >> 2) & 3);
      store<i32>(out + 4 * <usize>(4 * from + i), load<i32>(CHUNK_BUFFER + at));
    }
    block += 4 * CHUNK;
  }
}

/** Standard normals: ceil(count / 2) blocks. */
export function fillGaussian(firstBlock: f64, replicate: i32, lane: i32, key: usize, out: usize, count: i32): void {
  let block = <u64>firstBlock;
  for (let from = 0; from < count; from += 8 * CHUNK) {
    const values = min(count - from, 8 * CHUNK);
    drawBlocks(block, replicate, lane, key, (values + 7) / 8);
    toGaussians(CHUNK_BUFFER, (values + 7) / 8);
    storeValues(out + 8 * <usize>from, values);
    block += 4 * CHUNK;
  }
}

/**
 * Standard normals of four replicates, from `replicate` on, side by side: value i of the j-th is at out[4 i + j]. Each is
 * what `fillGaussian` gives for its replicate.
 */
export function fillGaussianOfFour(
  firstBlock: f64,
  replicate: i32,
  lane: i32,
  key: usize,
  out: usize,
  count: i32,
): void {
  const replicates = i32x4.add(i32x4.splat(replicate), i32x4(0, 1, 2, 3));
  let block = <u64>firstBlock;
  for (let from = 0; from < count; from += 2 * CHUNK) {
    const values = min(count - from, 2 * CHUNK);
    drawBlocksOfFour(block, replicates, lane, key, (values + 1) / 2);
    storeOfFour(out + 32 * <usize>from, values);
    block += CHUNK;
  }
}

/** Uniforms on (0, 1) from uniform number `position` of the stream on. */
export function fillUniform(position: f64, replicate: i32, lane: i32, key: usize, out: usize, count: i32): void {
  if (count <= 0) return;
  let block = <u64>position >> 1;
  let from = 0;
  if (<u64>position & 1) {
    drawBlocks(block++, replicate, lane, key, 1);
    toUniforms(CHUNK_BUFFER, 1);
    store<f64>(out, load<f64>(CHUNK_BUFFER, 16));
    from = 1;
  }
  for (; from < count; from += 8 * CHUNK) {
    const values = min(count - from, 8 * CHUNK);
    drawBlocks(block, replicate, lane, key, (values + 7) / 8);
    toUniforms(CHUNK_BUFFER, (values + 7) / 8);
    storeValues(out + 8 * <usize>from, values);
    block += 4 * CHUNK;
  }
}

/** Signs, +1 or -1: ceil(count / 128) blocks. */
export function fillRademacher(firstBlock: f64, replicate: i32, lane: i32, key: usize, out: usize, count: i32): void {
  let block = <u64>firstBlock;
  for (let from = 0; from < count; from += 512 * CHUNK) {
    const values = min(count - from, 512 * CHUNK);
    drawBlocks(block, replicate, lane, key, (values + 511) / 512);
    storeSigns(out + 8 * <usize>from, values);
    block += 4 * CHUNK;
  }
}

/** The chunk's values in the order of the stream. */
function storeValues(out: usize, values: i32): void {
  const whole = values / 8;
  let from = CHUNK_BUFFER;
  let to = out;
  for (let half = 0; half < 2 * whole; half++) {
    const first = v128.load(from);
    const second = v128.load(from, 16);
    v128.store(to, v128.shuffle<f64>(first, second, 0, 2));
    v128.store(to, v128.shuffle<f64>(first, second, 1, 3), 16);
    from += 32;
    to += 32;
  }
  for (let i = 0; i < values - 8 * whole; i++) {
    const at = (i >> 2) * 32 + (i & 1) * 16 + ((i >> 1) & 1) * 8;
    store<f64>(to + 8 * i, load<f64>(from + at));
  }
}

function storeOfFour(out: usize, values: i32): void {
  for (let value = 0; value < values; value++) {
    const from = CHUNK_BUFFER + <usize>(value >> 1) * GROUP_BYTES + 16 * (value & 1);
    const to = out + 32 * <usize>value;
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 32), 16);
  }
}

/** Two signs for each of the four values of two bits. */
const SIGNS = memory.data<f64>([1, 1, -1, 1, 1, -1, -1, -1], 16);

function storeSigns(out: usize, values: i32): void {
  let to = out;
  for (let i = 0; i < values; i += 32) {
    // Word w of block b of a group stands in lane b of the group's vector w.
    const word = i >> 5;
    const at = <usize>(word >> 4) * GROUP_BYTES + 16 * (word & 3) + 4 * ((word >> 2) & 3);
    let bits = load<u32>(CHUNK_BUFFER + at);
    const signs = min(values - i, 32);
    for (let pair = 0; pair < signs >> 1; pair++) {
      v128.store(to, v128.load(SIGNS + 16 * (bits & 3)));
      bits >>= 2;
      to += 16;
    }
    if (signs & 1) store<f64>(to, 1 - 2 * <f64>(bits & 1));
  }
}
