import { CHUNK, CHUNK_BUFFER, drawBlocks } from "../draws/blocks";
import { toSingleGaussians } from "./single-draws";
import { GROUP_BYTES } from "../draws/threefry";

/** Float32 standard normals: value 4 b + k is the k-th of block `firstBlock` + b. */
export function fillSingleGaussian(
  firstBlock: f64,
  replicate: i32,
  lane: i32,
  key: usize,
  out: usize,
  count: i32,
): void {
  let block = <u64>firstBlock;
  for (let from = 0; from < count; from += 16 * CHUNK) {
    const values = min(count - from, 16 * CHUNK);
    const groups = (values + 15) / 16;
    drawBlocks(block, replicate, lane, key, groups);
    toSingleGaussians(groups);
    let to = out + 4 * <usize>from;
    for (let group = 0; group < values / 16; group++) {
      storeGroup(CHUNK_BUFFER + <usize>group * GROUP_BYTES, to);
      to += 64;
    }
    for (let i = values & ~15; i < values; i++) {
      const at = <usize>(i >> 4) * GROUP_BYTES + 16 * (i & 3) + 4 * ((i >> 2) & 3);
      store<f32>(out + 4 * <usize>(from + i), load<f32>(CHUNK_BUFFER + at));
    }
    block += 4 * CHUNK;
  }
}

/** A group's lanes, which are blocks, become rows of memory. */
function storeGroup(from: usize, to: usize): void {
  const a = v128.load(from);
  const b = v128.load(from, 16);
  const c = v128.load(from, 32);
  const d = v128.load(from, 48);
  const lowEven = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const lowOdd = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const highEven = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const highOdd = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(lowEven, lowOdd, 0, 2));
  v128.store(to, v128.shuffle<i64>(lowEven, lowOdd, 1, 3), 16);
  v128.store(to, v128.shuffle<i64>(highEven, highOdd, 0, 2), 32);
  v128.store(to, v128.shuffle<i64>(highEven, highOdd, 1, 3), 48);
}
