/* A few rows by a few vectors of a product, in registers over all its terms. */
#ifndef PLATEAU_PRODUCT_TILE_H
#define PLATEAU_PRODUCT_TILE_H

#include "../vector.h"

/* Sums, vectors of B, a number of A in all lanes and a product fill the registers: 16 of them, 32 with AVX-512 and NEON. */
#if WIDTH == 8
#define TILE_ROWS 6
#define TILE_VECTORS 3
#elif WIDTH == 4
#define TILE_ROWS 4
#define TILE_VECTORS 2
#elif defined(__aarch64__)
#define TILE_ROWS 4
#define TILE_VECTORS 4
#else
#define TILE_ROWS 4
#define TILE_VECTORS 2
#endif

/* Strides count numbers. */
typedef struct {
  const double *a;
  int64_t a_row;
  int64_t a_step;
  const double *b;
  int64_t b_step;
  double *c;
  int64_t c_row;
  int32_t terms;
  bool accumulate;
} Tile;

/* c = or += A B for `rows` x `vectors`, which are constants where this is inlined. */
INLINE void multiply_tile(const Tile *tile, int32_t rows, int32_t vectors) {
  Vector sums[TILE_ROWS][TILE_VECTORS];
  UNROLLED for (int32_t r = 0; r < rows; r++) {
    UNROLLED for (int32_t v = 0; v < vectors; v++) {
      sums[r][v] = tile->accumulate ? load_vector(tile->c + r * tile->c_row + v * WIDTH) : splat(0);
    }
  }
  const double *a = tile->a;
  const double *b = tile->b;
  for (int32_t term = 0; term < tile->terms; term++, a += tile->a_step, b += tile->b_step) {
    Vector factors[TILE_VECTORS];
    UNROLLED for (int32_t v = 0; v < vectors; v++) factors[v] = load_vector(b + v * WIDTH);
    UNROLLED for (int32_t r = 0; r < rows; r++) {
      const double *number = a + r * tile->a_row;
      UNROLLED for (int32_t v = 0; v < vectors; v++) sums[r][v] = add_product(sums[r][v], number, factors[v]);
    }
  }
  UNROLLED for (int32_t r = 0; r < rows; r++) {
    UNROLLED for (int32_t v = 0; v < vectors; v++) store_vector(tile->c + r * tile->c_row + v * WIDTH, sums[r][v]);
  }
}

/* The same for any number of rows up to TILE_ROWS. */
INLINE void multiply_rows_of_tile(const Tile *tile, int32_t rows, int32_t vectors) {
  switch (rows) {
    case 1: multiply_tile(tile, 1, vectors); break;
    case 2: multiply_tile(tile, 2, vectors); break;
    case 3: multiply_tile(tile, 3, vectors); break;
#if TILE_ROWS > 4
    case 5: multiply_tile(tile, 5, vectors); break;
    case 6: multiply_tile(tile, 6, vectors); break;
#endif
    default: multiply_tile(tile, 4, vectors);
  }
}

static void multiply_any_tile(const Tile *tile, int32_t rows, int32_t vectors) {
  switch (vectors) {
    case 1: multiply_rows_of_tile(tile, rows, 1); break;
#if TILE_VECTORS > 2
    case 3: multiply_rows_of_tile(tile, rows, 3); break;
#endif
#if TILE_VECTORS > 3
    case 4: multiply_rows_of_tile(tile, rows, 4); break;
#endif
    default: multiply_rows_of_tile(tile, rows, 2);
  }
}

#endif
