import { PANEL, packColumns, packPairs, packRows } from "./pack-panels";
import { productTile } from "./product-tile";

/**
 * Matrix products, row-major, in tiles of 2 x 8 outputs. Each output's sum runs over its terms from the first up; where the
 * terms are cut into blocks, the next block goes on from what is in c, so that blocks change no byte.
 *
 * Blocks of 256 terms: a panel of B is 16 KiB, half of a small first-level cache. 128 rows and 256 columns a block: 256 and
 * 512 KiB, which a second-level cache of 1 MiB keeps. A matrix B of at most 16 KiB is read where it is.
 */
const TERMS: i32 = 256;
const ROWS: i32 = 128;
const COLUMNS: i32 = 256;
const DIRECT_BYTES: i32 = 16384;
/** A column of A is read where it is if rows are this short: 256 bytes apart, 128 of them keep clear of each other in the cache. */
const DIRECT_STRIDE: i32 = 32;

/** Layouts: C = A B, C = A^T B, C = A B^T. */
export const NN: i32 = 0;
export const TN: i32 = 1;
export const NT: i32 = 2;

/** Bytes of scratch memory that `multiply` needs: a block of B, a block of A, the tile at an edge. */
export function multiplyScratchBytes(): usize {
  return TILE + 128;
}
const PACKED_A: usize = <usize>(TERMS * COLUMNS * 8);
const TILE: usize = PACKED_A + <usize>(TERMS * ROWS * 8);

/** c (m x n) = or += the product over k terms; `a`, `b`, `c` and `scratch` are bytes, a multiple of 8 (16 is quicker). */
export function multiply(
  layout: i32,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  accumulate: bool,
  scratch: usize,
): void {
  if (k == 0 && !accumulate) memory.fill(c, 0, <usize>m * <usize>n * 8);
  for (let from = 0; from < k; from += TERMS) {
    const terms = min(TERMS, k - from);
    for (let column = 0; column < n; column += COLUMNS) {
      const aBlock = a + <usize>(layout == TN ? from * m : from) * 8;
      const bBlock = b + <usize>(layout == NT ? column * k + from : from * n + column) * 8;
      const cBlock = c + <usize>column * 8;
      multiplyBlock(
        layout,
        m,
        n,
        k,
        terms,
        min(COLUMNS, n - column),
        aBlock,
        bBlock,
        cBlock,
        accumulate || from > 0,
        scratch,
      );
    }
  }
}

/** The part of a product that has `terms` of the terms and `columns` of the columns. */
function multiplyBlock(
  layout: i32,
  m: i32,
  n: i32,
  k: i32,
  terms: i32,
  columns: i32,
  a: usize,
  b: usize,
  c: usize,
  accumulate: bool,
  scratch: usize,
): void {
  const direct = layout != NT && terms * n * 8 <= DIRECT_BYTES;
  if (!direct) packB(layout, n, k, terms, columns, b, scratch);
  for (let row = 0; row < m; row += ROWS) {
    const rows = min(ROWS, m - row);
    let aBlock = a + <usize>(layout == TN ? row : row * k) * 8;
    let aStep: usize = layout == TN ? <usize>m * 8 : 8;
    let aRow: usize = layout == TN ? 8 : <usize>k * 8;
    const packed = layout == TN && rows % 2 == 0 && m > DIRECT_STRIDE && terms * m * 8 > DIRECT_BYTES;
    if (packed) {
      packPairs(terms, rows, aBlock, aStep, scratch + PACKED_A);
      aBlock = scratch + PACKED_A;
      aStep = 16;
      aRow = 8;
    }
    const pairStep = packed ? <usize>terms * 16 : 2 * aRow;
    for (let column = 0; column < columns; column += PANEL) {
      const width = min(PANEL, columns - column);
      let panel = b + <usize>column * 8;
      let panelStep = <usize>n * 8;
      if (!direct) {
        panel = scratch + <usize>(column * terms) * 8;
        panelStep = 64;
      } else if (width < PANEL) {
        packRows(terms, width, panel, panelStep, scratch);
        panel = scratch;
        panelStep = 64;
      }
      const out = c + <usize>(row * n + column) * 8;
      if (width == PANEL) {
        multiplyPanel(rows, terms, aBlock, aRow, aStep, pairStep, panel, panelStep, out, <usize>n * 8, accumulate);
      } else {
        multiplyEdge(
          rows,
          width,
          terms,
          aBlock,
          aRow,
          aStep,
          pairStep,
          panel,
          out,
          <usize>n * 8,
          accumulate,
          scratch + TILE,
        );
      }
    }
  }
}

function packB(layout: i32, n: i32, k: i32, terms: i32, columns: i32, b: usize, out: usize): void {
  for (let column = 0; column < columns; column += PANEL) {
    const width = min(PANEL, columns - column);
    if (layout == NT) packColumns(terms, width, b + <usize>(column * k) * 8, <usize>k * 8, out);
    else packRows(terms, width, b + <usize>column * 8, <usize>n * 8, out);
    out += <usize>(terms * PANEL) * 8;
  }
}

/** Eight columns of c, two rows a tile; an odd last row goes with itself. */
function multiplyPanel(
  rows: i32,
  terms: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  pairStep: usize,
  b: usize,
  bStep: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  let row = 0;
  for (; row + 2 <= rows; row += 2) {
    productTile(terms, a, a + aRow, aStep, b, bStep, c, c + cRow, accumulate);
    a += pairStep;
    c += 2 * cRow;
  }
  if (row < rows) productTile(terms, a, a, aStep, b, bStep, c, c, accumulate);
}

/** The last columns of c, fewer than eight, by way of a tile of their own. */
function multiplyEdge(
  rows: i32,
  width: i32,
  terms: i32,
  a: usize,
  aRow: usize,
  aStep: usize,
  pairStep: usize,
  b: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
  tile: usize,
): void {
  const bytes = <usize>width * 8;
  for (let row = 0; row < rows; row += 2) {
    const single = row + 1 == rows;
    if (accumulate) {
      memory.copy(tile, c, bytes);
      if (!single) memory.copy(tile + 64, c + cRow, bytes);
    }
    productTile(terms, a, single ? a : a + aRow, aStep, b, 64, tile, single ? tile : tile + 64, accumulate);
    memory.copy(c, tile, bytes);
    if (!single) memory.copy(c + cRow, tile + 64, bytes);
    a += pairStep;
    c += 2 * cRow;
  }
}
