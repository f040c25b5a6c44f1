#include "product-tile.h"

/*
 * Matrix products, row-major. Each output's sum runs over its terms from the first up; where the terms are cut into blocks, the
 * next block goes on from what is in c, so that blocks change no byte.
 *
 * Blocks of terms such that a panel of B stays in the first-level cache beside what streams past it; blocks of rows and columns such
 * that those of A and B stay in the second.
 */
#define PANEL (TILE_VECTORS * WIDTH)
#define TERMS (PANEL > 16 ? 128 : 256)
#define BLOCK_ROWS (20 * TILE_ROWS)
#define BLOCK_COLUMNS 240
/* A matrix B of at most so many bytes is read where it is. */
#define DIRECT_BYTES 16384
/* Columns of A are read where they are if rows are this short: they keep clear of each other in the cache. */
#define DIRECT_STRIDE 128

enum { LAYOUT_NN = 0, LAYOUT_TN = 1, LAYOUT_NT = 2 };

#define PACKED_B_BYTES (256 * 256 * 8)
#define PACKED_A_BYTES (256 * 128 * 8)

/* Where the operands of a product lie; strides count numbers. */
typedef struct {
  int32_t layout, m, n, k;
  const double *a, *b;
  double *c;
  double *packed_b, *packed_a, *edge;
} Product;

/* Vectors of the next panel where `columns` are left; a last part of a vector counts as one. */
INLINE int32_t panel_vectors(int32_t columns) {
  const int32_t left = columns / WIDTH;
  if (left == 0) return 1;
  if (left == TILE_VECTORS + 1 && TILE_VECTORS > 2) return (left + 1) / 2;
  return lesser(left, TILE_VECTORS);
}

/* out[term][0..width) = B's part from `term` and `column` on, with zeros up to whole vectors. */
static void pack_panel(const Product *p, int32_t from, int32_t terms, int32_t column, int32_t width, int32_t padded,
                       double *restrict out) {
  if (p->layout == LAYOUT_NT) {
    for (int32_t c = 0; c < padded; c++) {
      const double *row = p->b + (int64_t)(column + c) * p->k + from;
      for (int32_t t = 0; t < terms; t++) out[t * padded + c] = c < width ? row[t] : 0;
    }
    return;
  }
  for (int32_t t = 0; t < terms; t++) {
    const double *row = p->b + (int64_t)(from + t) * p->n + column;
    for (int32_t c = 0; c < width; c++) out[t * padded + c] = row[c];
    for (int32_t c = width; c < padded; c++) out[t * padded + c] = 0;
  }
}

/* out[row tile][term][row] = A's part, for layout TN, where rows of A are terms. */
static void pack_rows(const Product *p, int32_t from, int32_t terms, int32_t row, int32_t rows, double *restrict out) {
  for (int32_t tile = 0; tile < rows; tile += TILE_ROWS) {
    const int32_t here = lesser(TILE_ROWS, rows - tile);
    for (int32_t t = 0; t < terms; t++) {
      const double *column = p->a + (int64_t)(from + t) * p->m + row + tile;
      for (int32_t r = 0; r < here; r++) out[(int64_t)tile * terms + t * TILE_ROWS + r] = column[r];
    }
  }
}

/* A tile whose last vector reaches beyond the matrix, by way of memory of its own. */
static void multiply_edge(const Product *p, Tile tile, int32_t rows, int32_t width) {
  double *c = tile.c;
  const int64_t c_row = tile.c_row;
  tile.c = p->edge;
  tile.c_row = WIDTH;
  for (int32_t r = 0; tile.accumulate && r < rows; r++) memcpy(tile.c + r * WIDTH, c + r * c_row, 8 * (size_t)width);
  multiply_any_tile(&tile, rows, 1);
  for (int32_t r = 0; r < rows; r++) memcpy(c + r * c_row, tile.c + r * WIDTH, 8 * (size_t)width);
}

/* One panel of columns of a block of rows. */
static void multiply_panel(const Product *p, Tile tile, int32_t row, int32_t rows, bool packed, int32_t width,
                           int32_t vectors) {
  const double *a = tile.a;
  double *c = tile.c;
  for (int32_t r = 0; r < rows; r += TILE_ROWS) {
    const int32_t here = lesser(TILE_ROWS, rows - r);
    tile.a = packed ? p->packed_a + (int64_t)r * tile.terms : a + (row + r) * tile.a_row;
    tile.c = c + (row + r) * tile.c_row;
    if (packed) {
      Tile from_packed = tile;
      from_packed.a_row = 1;
      from_packed.a_step = TILE_ROWS;
      if (width < WIDTH) multiply_edge(p, from_packed, here, width);
      else multiply_any_tile(&from_packed, here, vectors);
    } else if (width < WIDTH) {
      multiply_edge(p, tile, here, width);
    } else {
      multiply_any_tile(&tile, here, vectors);
    }
  }
}

/* The part of a product that has `terms` of the terms and `columns` of the columns. */
static void multiply_block(const Product *p, int32_t from, int32_t terms, int32_t column, int32_t columns,
                           bool accumulate) {
  const bool transposed = p->layout == LAYOUT_TN;
  const bool direct = p->layout != LAYOUT_NT && (int64_t)terms * p->n * 8 <= DIRECT_BYTES;
  if (!direct) {
    double *out = p->packed_b;
    for (int32_t at = 0; at < columns;) {
      const int32_t padded = panel_vectors(columns - at) * WIDTH;
      pack_panel(p, from, terms, column + at, lesser(padded, columns - at), padded, out);
      out += terms * padded;
      at += padded;
    }
  }
  const bool packed = transposed && p->m > DIRECT_STRIDE && p->n > PANEL;
  for (int32_t row = 0; row < p->m; row += BLOCK_ROWS) {
    const int32_t rows = lesser(BLOCK_ROWS, p->m - row);
    if (packed) pack_rows(p, from, terms, row, rows, p->packed_a);
    const double *panel = p->packed_b;
    for (int32_t at = 0; at < columns;) {
      const int32_t vectors = panel_vectors(columns - at);
      const int32_t width = lesser(vectors * WIDTH, columns - at);
      Tile tile = {
          p->a + (transposed ? (int64_t)from * p->m : from), transposed ? 1 : p->k, transposed ? p->m : 1,
          panel, vectors * WIDTH, p->c + column + at, p->n, terms, accumulate,
      };
      if (direct && width == vectors * WIDTH) {
        tile.b = p->b + (int64_t)from * p->n + column + at;
        tile.b_step = p->n;
      } else if (direct) {
        pack_panel(p, from, terms, column + at, width, WIDTH, p->packed_b);
        tile.b = p->packed_b;
      }
      multiply_panel(p, tile, row, rows, packed, width, vectors);
      panel += terms * vectors * WIDTH;
      at += vectors * WIDTH;
    }
  }
}

/* Bytes of scratch memory that `multiply` needs: a block of B, a block of A, the tile at an edge. */
KERNEL_WITHOUT_MEMORY(uint32_t, multiplyScratchBytes, void) {
  return PACKED_B_BYTES + PACKED_A_BYTES + 8 * TILE_ROWS * WIDTH;
}

/* c (m x n) = or += the product over k terms. Layouts: C = A B, C = A^T B, C = A B^T. */
KERNEL(void, multiply, int32_t layout, int32_t m, int32_t n, int32_t k, address a, address b, address c,
       bool accumulate, address scratch) {
  double *spare = doubles(memory, scratch);
  const Product product = {
      layout, m, n, k, doubles(memory, a), doubles(memory, b), doubles(memory, c),
      spare, spare + PACKED_B_BYTES / 8, spare + (PACKED_B_BYTES + PACKED_A_BYTES) / 8,
  };
  if (k == 0 && !accumulate) memset(product.c, 0, 8 * (size_t)m * (size_t)n);
  for (int32_t from = 0; from < k; from += TERMS) {
    for (int32_t column = 0; column < n; column += BLOCK_COLUMNS) {
      multiply_block(&product, from, lesser(TERMS, k - from), column, lesser(BLOCK_COLUMNS, n - column),
                     accumulate || from > 0);
    }
  }
}
