/**
 * Copies of parts of a matrix in the order in which a product reads them: for each term of the sum, the numbers of one panel side
 * by side. Where a panel is wider than what is left of the matrix, the rest is 0. Positions are bytes.
 */

/** Numbers a panel has for each term. */
export const PANEL: i32 = 8;

/** out[p][0..8) = matrix[p][0..width) for `k` rows that are `stride` bytes apart. */
export function packRows(k: i32, width: i32, matrix: usize, stride: usize, out: usize): void {
  const end = out + <usize>k * 64;
  if (width == PANEL) {
    for (; out < end; out += 64, matrix += stride) {
      v128.store(out, v128.load(matrix));
      v128.store(out, v128.load(matrix, 16), 16);
      v128.store(out, v128.load(matrix, 32), 32);
      v128.store(out, v128.load(matrix, 48), 48);
    }
    return;
  }
  memory.fill(out, 0, <usize>k * 64);
  for (; out < end; out += 64, matrix += stride) {
    for (let c = 0; c < width; c++) store<f64>(out + ((<usize>c) << 3), load<f64>(matrix + ((<usize>c) << 3)));
  }
}

/** out[p][0..8) = matrix[0..width)[p] for `k` columns of rows that are `stride` bytes apart. */
export function packColumns(k: i32, width: i32, matrix: usize, stride: usize, out: usize): void {
  if (width < PANEL) memory.fill(out, 0, <usize>k * 64);
  let c = 0;
  for (; c + 4 <= width; c += 4) packFourColumns(k, matrix + <usize>c * stride, stride, out + ((<usize>c) << 3));
  for (; c < width; c++) packColumn(k, matrix + <usize>c * stride, out + ((<usize>c) << 3));
}

function packFourColumns(k: i32, row0: usize, stride: usize, out: usize): void {
  let row1 = row0 + stride;
  let row2 = row1 + stride;
  let row3 = row2 + stride;
  const end = out + <usize>(k & ~1) * 64;
  for (; out < end; out += 128) {
    const x0 = v128.load(row0);
    const x1 = v128.load(row1);
    const x2 = v128.load(row2);
    const x3 = v128.load(row3);
    v128.store(out, v128.shuffle<i64>(x0, x1, 0, 2));
    v128.store(out, v128.shuffle<i64>(x2, x3, 0, 2), 16);
    v128.store(out, v128.shuffle<i64>(x0, x1, 1, 3), 64);
    v128.store(out, v128.shuffle<i64>(x2, x3, 1, 3), 80);
    row0 += 16;
    row1 += 16;
    row2 += 16;
    row3 += 16;
  }
  if (k & 1) {
    store<f64>(out, load<f64>(row0));
    store<f64>(out, load<f64>(row1), 8);
    store<f64>(out, load<f64>(row2), 16);
    store<f64>(out, load<f64>(row3), 24);
  }
}

function packColumn(k: i32, row: usize, out: usize): void {
  const end = out + <usize>k * 64;
  for (; out < end; out += 64, row += 8) store<f64>(out, load<f64>(row));
}

/** out[i / 2][p] = (matrix[p][i], matrix[p][i + 1]) for an even number of columns of `k` rows `stride` bytes apart. */
export function packPairs(k: i32, columns: i32, matrix: usize, stride: usize, out: usize): void {
  const pair = (<usize>k) << 4;
  let i = 0;
  for (; i + 8 <= columns; i += 8) {
    packFourPairs(k, matrix, stride, out, pair);
    matrix += 64;
    out += 4 * pair;
  }
  for (; i < columns; i += 2) {
    let from = matrix;
    const end = out + pair;
    for (; out < end; out += 16, from += stride) v128.store(out, v128.load(from));
    matrix += 16;
  }
}

/** A cache line of each row. */
function packFourPairs(k: i32, matrix: usize, stride: usize, out: usize, pair: usize): void {
  let out1 = out + pair;
  let out2 = out1 + pair;
  let out3 = out2 + pair;
  for (let p = 0; p < k; p++) {
    v128.store(out, v128.load(matrix));
    v128.store(out1, v128.load(matrix, 16));
    v128.store(out2, v128.load(matrix, 32));
    v128.store(out3, v128.load(matrix, 48));
    out += 16;
    out1 += 16;
    out2 += 16;
    out3 += 16;
    matrix += stride;
  }
}
