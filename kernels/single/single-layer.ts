import { CHUNK, CHUNK_BUFFER } from "../draws/blocks";
import { log } from "../elementwise/elementary";
import { maddSingle } from "../products/madd";
import { toSingleGaussians, toSingleUniforms } from "./single-draws";
import { GROUP_BYTES, threefry } from "../draws/threefry";
import { UNIFORM } from "../draws/weights";

/**
 * Layers of float32 numbers. Block `row / 4 * columns + column` of a layer holds the weights of four rows of one column, so
 * that a column which meets a zero is not drawn; lanes are four columns of a list. Weights have variance 1 (or, uniform, lie in
 * [-1, 1)): their scale belongs to the logarithms of the norms. Vectors of columns have room for a multiple of four.
 */

/**
 * Lists the columns whose entry in `input` or `derivative` (0: none) is not 0, and puts their entries one after another; a last
 * quadruple is filled up with zeros at column 0. Gives the number of quadruples.
 */
export function listColumns(input: usize, derivative: usize, columns: i32, list: usize, packed: usize): i32 {
  let count = 0;
  for (let column = 0; column < columns; column++) {
    const value = load<f32>(input + 4 * <usize>column);
    store<i32>(list + 4 * <usize>count, column);
    store<f32>(packed + 4 * <usize>count, value);
    count += i32(value != 0 || (derivative != 0 && load<f32>(derivative + 4 * <usize>column) != 0));
  }
  for (; count % 4 != 0; count++) {
    store<i32>(list + 4 * <usize>count, 0);
    store<f32>(packed + 4 * <usize>count, 0);
  }
  return count / 4;
}

/**
 * output = W packed over `quadruples` of listed columns. With `keep`, the rows whose derivative (`slope` where the output is not
 * positive) is not 0 stay there, one after another; gives the end of what was kept.
 */
export function applyDrawnSingle(
  law: i32,
  firstBlock: u32,
  replicate: i32,
  key: usize,
  rows: i32,
  columns: i32,
  list: usize,
  packed: usize,
  quadruples: i32,
  output: usize,
  keep: usize,
  slope: f32,
): usize {
  const rowBytes = <usize>quadruples * 16;
  let kept = keep;
  for (let row = 0; row < rows; row += 4) {
    let a = f32x4.splat(0);
    let b = a;
    let c = a;
    let d = a;
    for (let from = 0; from < quadruples; from += CHUNK) {
      const here = min(CHUNK, quadruples - from);
      const offset = <usize>from * 16;
      draw(law, firstBlock + (row / 4) * columns, replicate, key, list + offset, here);
      for (let i = 0; i < here; i++) {
        const at = CHUNK_BUFFER + <usize>i * GROUP_BYTES;
        const x = v128.load(packed + offset + 16 * <usize>i);
        a = maddSingle(v128.load(at), x, a);
        b = maddSingle(v128.load(at, 16), x, b);
        c = maddSingle(v128.load(at, 32), x, c);
        d = maddSingle(v128.load(at, 48), x, d);
      }
      if (keep) storeRows(here, kept + offset, rowBytes);
    }
    v128.store(output + 4 * <usize>row, sumOfLanes(a, b, c, d));
    if (keep) kept = dropMasked(output + 4 * <usize>row, min(4, rows - row), slope, kept, rowBytes);
  }
  return kept;
}

function draw(law: i32, firstBlock: u32, replicate: i32, key: usize, list: usize, groups: i32): void {
  const first = i32x4.splat(firstBlock);
  for (let group = 0; group < groups; group++) {
    const at = CHUNK_BUFFER + <usize>group * GROUP_BYTES;
    v128.store(at, i32x4.add(first, v128.load(list + 16 * <usize>group)));
    v128.store(at, i32x4.splat(0), 16);
  }
  threefry(key, i32x4.splat(replicate), i32x4.splat(0), CHUNK_BUFFER, groups);
  if (law == UNIFORM) toSingleUniforms(groups);
  else toSingleGaussians(groups);
}

function storeRows(groups: i32, out: usize, rowBytes: usize): void {
  for (let i = 0; i < groups; i++) {
    const at = CHUNK_BUFFER + <usize>i * GROUP_BYTES;
    const to = out + 16 * <usize>i;
    v128.store(to, v128.load(at));
    v128.store(to + rowBytes, v128.load(at, 16));
    v128.store(to + 2 * rowBytes, v128.load(at, 32));
    v128.store(to + 3 * rowBytes, v128.load(at, 48));
  }
}

function dropMasked(output: usize, rows: i32, slope: f32, first: usize, rowBytes: usize): usize {
  if (slope != 0) return first + <usize>rows * rowBytes;
  let to = first;
  let from = first;
  for (let row = 0; row < rows; row++) {
    if (load<f32>(output + 4 * <usize>row) > 0) {
      if (to != from) for (let i: usize = 0; i < rowBytes; i += 16) v128.store(to + i, v128.load(from + i));
      to += rowBytes;
    }
    from += rowBytes;
  }
  return to;
}

/** output = the sum of the listed rows times their factors, `quadruples` of columns. */
export function addRowsSingle(count: i32, addresses: usize, factors: usize, quadruples: i32, output: usize): void {
  const bytes = <usize>quadruples * 16;
  memory.fill(output, 0, bytes);
  let row = 0;
  for (; row + 3 < count; row += 4) {
    const list = addresses + 4 * <usize>row;
    const a = <usize>load<u32>(list);
    const b = <usize>load<u32>(list, 4);
    const c = <usize>load<u32>(list, 8);
    const d = <usize>load<u32>(list, 12);
    const by = factors + 4 * <usize>row;
    for (let at: usize = 0; at < bytes; at += 16) {
      let sum = maddSingle(v128.load(a + at), v128.load32_splat(by), v128.load(output + at));
      sum = maddSingle(v128.load(b + at), v128.load32_splat(by, 4), sum);
      sum = maddSingle(v128.load(c + at), v128.load32_splat(by, 8), sum);
      v128.store(output + at, maddSingle(v128.load(d + at), v128.load32_splat(by, 12), sum));
    }
  }
  for (; row < count; row++) {
    const from = <usize>load<u32>(addresses + 4 * <usize>row);
    const factor = v128.load32_splat(factors + 4 * <usize>row);
    for (let at: usize = 0; at < bytes; at += 16) {
      v128.store(output + at, maddSingle(v128.load(from + at), factor, v128.load(output + at)));
    }
  }
}

/** Divides a vector by its norm and gives the logarithm of its squared norm, in float64; entries beyond `count` become 0. */
export function normaliseSingle(vector: usize, count: i32): f64 {
  for (let i = count; i % 4 != 0; i++) store<f32>(vector + 4 * <usize>i, 0);
  const end = vector + 4 * <usize>count;
  let sums = f32x4.splat(0);
  for (let at = vector; at < end; at += 16) sums = maddSingle(v128.load(at), v128.load(at), sums);
  const low = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
  const sum = low + f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
  if (sum == 0) return -Infinity;
  const factor = f32x4.splat(1 / Mathf.sqrt(sum));
  for (let at = vector; at < end; at += 16) v128.store(at, f32x4.mul(v128.load(at), factor));
  return log(sum);
}

/** The sums of the lanes of four vectors, in the lanes of one. */
// @ts-ignore: decorator
@inline
function sumOfLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
