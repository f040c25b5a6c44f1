import { CHUNK, CHUNK_BUFFER } from "../draws/blocks";
import { toGaussians, toUniforms } from "../draws/gaussians";
import { GROUP_BYTES, threefry } from "../draws/threefry";
import { UNIFORM } from "../draws/weights";

/**
 * A layer's weights drawn where they are needed and not before: a weight is a pure function of its place, so those that meet
 * a zero are never made. Columns go in pairs, as the draws do; lanes are four rows, so that a vector of draws is a column
 * of them, and no sum over columns is split.
 */

/** Lists the pairs of columns that have an entry different from 0 in `input` or in `other` (0: none); gives their number. */
export function listPairs(input: usize, other: usize, columns: i32, pairs: usize): i32 {
  let count = 0;
  for (let pair = 0; pair < columns / 2; pair++) {
    const at = <usize>pair * 16;
    let used = load<f64>(input + at) != 0 || load<f64>(input + at, 8) != 0;
    if (other) used = used || load<f64>(other + at) != 0 || load<f64>(other + at, 8) != 0;
    store<i32>(pairs + 4 * <usize>count, pair);
    count += i32(used);
  }
  return count;
}

/**
 * output = W input over the listed pairs of columns, where W (`rows` x `columns`, `columns` even) is filled row by row from
 * `firstBlock` on, below block 2^32. `output` has room for a multiple of four rows.
 *
 * With `keep`, the weights of the listed columns stay there, row after row, those of a row apart whose derivative is 0: it is
 * `slope` where its output is not positive. Room for all rows, and three more, is needed. Gives the end of what was kept.
 */
export function applyDrawn(
  law: i32,
  factor: f64,
  firstBlock: u32,
  replicate: i32,
  key: usize,
  rows: i32,
  columns: i32,
  pairs: usize,
  pairCount: i32,
  input: usize,
  output: usize,
  keep: usize,
  slope: f64,
): usize {
  const quadruples = (rows + 3) / 4;
  memory.fill(output, 0, 32 * <usize>quadruples);
  if (pairCount == 0) return keep;
  const rowBlocks = columns / 2;
  const rowBytes = <usize>pairCount * 16;
  // Narrow layers have several quadruples of rows in a chunk, wide ones several chunks in a quadruple.
  const together = max(1, CHUNK / pairCount);
  let kept = keep;
  for (let first = 0; first < quadruples; first += together) {
    const here = min(together, quadruples - first);
    for (let from = 0; from < pairCount; from += CHUNK) {
      const width = min(CHUNK, pairCount - from);
      const list = pairs + 4 * <usize>from;
      for (let i = 0; i < here; i++) {
        countRows(firstBlock + 4 * (first + i) * rowBlocks, rowBlocks, list, width, groupAt(i * width));
      }
      draw(law, replicate, key, here * width);
      for (let i = 0; i < here; i++) {
        const at = groupAt(i * width);
        const sums = output + 32 * <usize>(first + i);
        if (keep) storeRows(at, width, factor, kept + 4 * i * rowBytes + 16 * <usize>from, rowBytes);
        addProducts(at, width, factor, list, input, sums);
      }
    }
    if (keep) kept = dropMasked(output + 32 * <usize>first, min(4 * here, rows - 4 * first), slope, kept, rowBytes);
  }
  return kept;
}

// @ts-ignore: decorator
@inline
function groupAt(group: i32): usize {
  return CHUNK_BUFFER + <usize>group * GROUP_BYTES;
}

/** Counters of four rows, one a lane, for the listed pairs. */
function countRows(firstBlock: u32, rowBlocks: i32, list: usize, count: i32, buffer: usize): void {
  const rows = i32x4.add(i32x4.splat(firstBlock), i32x4(0, rowBlocks, 2 * rowBlocks, 3 * rowBlocks));
  let at = buffer;
  for (let i = 0; i < count; i++) {
    v128.store(at, i32x4.add(rows, v128.load32_splat(list + 4 * <usize>i)));
    v128.store(at, i32x4.splat(0), 16);
    at += GROUP_BYTES;
  }
}

function draw(law: i32, replicate: i32, key: usize, groups: i32): void {
  threefry(key, i32x4.splat(replicate), i32x4.splat(0), CHUNK_BUFFER, groups);
  if (law == UNIFORM) {
    toUniforms(CHUNK_BUFFER, groups);
    const end = groupAt(groups);
    const one = f64x2.splat(1);
    for (let at = CHUNK_BUFFER; at < end; at += 16) {
      const u = v128.load(at);
      v128.store(at, f64x2.sub(f64x2.add(u, u), one));
    }
  } else toGaussians(CHUNK_BUFFER, groups);
}

/** Adds weight times input to the four rows' sums, pair after pair. */
function addProducts(buffer: usize, count: i32, factor: f64, list: usize, input: usize, sums: usize): void {
  const factors = f64x2.splat(factor);
  let low = v128.load(sums);
  let high = v128.load(sums, 16);
  let at = buffer;
  for (let i = 0; i < count; i++) {
    const column = input + 16 * <usize>load<i32>(list + 4 * <usize>i);
    const even = v128.load64_splat(column);
    const odd = v128.load64_splat(column, 8);
    low = f64x2.add(low, f64x2.mul(f64x2.mul(v128.load(at), factors), even));
    high = f64x2.add(high, f64x2.mul(f64x2.mul(v128.load(at, 32), factors), even));
    low = f64x2.add(low, f64x2.mul(f64x2.mul(v128.load(at, 16), factors), odd));
    high = f64x2.add(high, f64x2.mul(f64x2.mul(v128.load(at, 48), factors), odd));
    at += GROUP_BYTES;
  }
  v128.store(sums, low);
  v128.store(sums, high, 16);
}

/** The weights of four rows, `rowBytes` apart: lanes become rows of memory. */
function storeRows(buffer: usize, count: i32, factor: f64, out: usize, rowBytes: usize): void {
  const factors = f64x2.splat(factor);
  let at = buffer;
  const end = out + 16 * <usize>count;
  for (let to = out; to < end; to += 16) {
    const a = f64x2.mul(v128.load(at), factors);
    const b = f64x2.mul(v128.load(at, 16), factors);
    const c = f64x2.mul(v128.load(at, 32), factors);
    const d = f64x2.mul(v128.load(at, 48), factors);
    v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
    v128.store(to + rowBytes, v128.shuffle<f64>(a, b, 1, 3));
    v128.store(to + 2 * rowBytes, v128.shuffle<f64>(c, d, 0, 2));
    v128.store(to + 3 * rowBytes, v128.shuffle<f64>(c, d, 1, 3));
    at += GROUP_BYTES;
  }
}

/** Moves the rows whose derivative is not 0 together; gives their end. */
function dropMasked(sums: usize, rows: i32, slope: f64, first: usize, rowBytes: usize): usize {
  if (slope != 0) return first + <usize>rows * rowBytes;
  let to = first;
  let from = first;
  for (let row = 0; row < rows; row++) {
    if (load<f64>(sums + 8 * <usize>row) > 0) {
      if (to != from) for (let i: usize = 0; i < rowBytes; i += 16) v128.store(to + i, v128.load(from + i));
      to += rowBytes;
    }
    from += rowBytes;
  }
  return to;
}
