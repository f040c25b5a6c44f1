/*
 * Sums along the rows of a matrix, each from its first column to its last: lanes are rows, so that a few rows' columns have to change
 * places with each other, block by block.
 */
#ifndef PLATEAU_ROW_LANES_H
#define PLATEAU_ROW_LANES_H

#include "../vector.h"

/* Groups of WIDTH rows that go side by side: enough additions that do not wait for each other. */
#define GROUPS (WIDTH == 2 ? 4 : 2)
#define LANE_ROWS (GROUPS * WIDTH)

/* Lanes of a where the bit is not set in the lane's number, of b one step on where it is; and the others. */
#if WIDTH == 8
#define STEP_ONE_LOW(a, b) SHUFFLE(Mask, a, b, 0, 8, 2, 10, 4, 12, 6, 14)
#define STEP_ONE_HIGH(a, b) SHUFFLE(Mask, a, b, 1, 9, 3, 11, 5, 13, 7, 15)
#define STEP_TWO_LOW(a, b) SHUFFLE(Mask, a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define STEP_TWO_HIGH(a, b) SHUFFLE(Mask, a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define STEP_FOUR_LOW(a, b) SHUFFLE(Mask, a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define STEP_FOUR_HIGH(a, b) SHUFFLE(Mask, a, b, 4, 5, 6, 7, 12, 13, 14, 15)
#elif WIDTH == 4
#define STEP_ONE_LOW(a, b) SHUFFLE(Mask, a, b, 0, 4, 2, 6)
#define STEP_ONE_HIGH(a, b) SHUFFLE(Mask, a, b, 1, 5, 3, 7)
#define STEP_TWO_LOW(a, b) SHUFFLE(Mask, a, b, 0, 1, 4, 5)
#define STEP_TWO_HIGH(a, b) SHUFFLE(Mask, a, b, 2, 3, 6, 7)
#else
#define STEP_ONE_LOW(a, b) SHUFFLE(Mask, a, b, 0, 2)
#define STEP_ONE_HIGH(a, b) SHUFFLE(Mask, a, b, 1, 3)
#endif

/* Numbers whose places differ in the bit `step` of row and column change places. */
#define EXCHANGE(rows, step, low, high)          \
  UNROLLED for (int32_t i = 0; i < WIDTH; i++) { \
    if (i & (step)) continue;                    \
    const Vector a = rows[i];                    \
    const Vector b = rows[i + (step)];           \
    rows[i] = low(a, b);                         \
    rows[i + (step)] = high(a, b);               \
  }

/* Rows become columns, in place. */
INLINE void transpose(Vector *rows) {
  EXCHANGE(rows, 1, STEP_ONE_LOW, STEP_ONE_HIGH)
#if WIDTH >= 4
  EXCHANGE(rows, 2, STEP_TWO_LOW, STEP_TWO_HIGH)
#endif
#if WIDTH == 8
  EXCHANGE(rows, 4, STEP_FOUR_LOW, STEP_FOUR_HIGH)
#endif
}

/* WIDTH columns of WIDTH rows `stride` numbers apart: vector c has the rows' numbers of column c. */
INLINE void load_columns(const double *first, int64_t stride, Vector *columns) {
  UNROLLED for (int32_t r = 0; r < WIDTH; r++) columns[r] = load_vector(first + r * stride);
  transpose(columns);
}

/* One column of WIDTH rows. */
INLINE Vector load_column(const double *first, int64_t stride) {
  Vector column = splat(0);
  for (int32_t r = 0; r < WIDTH; r++) column[r] = first[r * stride];
  return column;
}

/* What is summed: x[c] times the matrix's entry, or the entry's square. */
enum { SUM_PRODUCTS, SUM_SQUARES };

INLINE Vector add_term(int32_t kind, Vector sum, Vector column, const double *x, int32_t c) {
  if (kind == SUM_SQUARES) return sum + column * column;
  return add_product(sum, x + c, column);
}

/* Sums of LANE_ROWS rows `stride` numbers apart. */
INLINE void sum_all_lanes(int32_t kind, const double *rows, int64_t stride, int32_t columns, const double *x, double *out) {
  Vector sums[GROUPS];
  UNROLLED for (int32_t g = 0; g < GROUPS; g++) sums[g] = splat(0);
  int32_t c = 0;
  for (; c + WIDTH <= columns; c += WIDTH) {
    Vector block[GROUPS][WIDTH];
    UNROLLED for (int32_t g = 0; g < GROUPS; g++) load_columns(rows + g * WIDTH * stride + c, stride, block[g]);
    UNROLLED for (int32_t i = 0; i < WIDTH; i++) {
      UNROLLED for (int32_t g = 0; g < GROUPS; g++) sums[g] = add_term(kind, sums[g], block[g][i], x, c + i);
    }
  }
  for (; c < columns; c++) {
    UNROLLED for (int32_t g = 0; g < GROUPS; g++) {
      sums[g] = add_term(kind, sums[g], load_column(rows + g * WIDTH * stride + c, stride), x, c);
    }
  }
  UNROLLED for (int32_t g = 0; g < GROUPS; g++) store_vector(out + g * WIDTH, sums[g]);
}

/* Sums of `present` rows, WIDTH at the most: lanes beyond them have the last row once more. */
INLINE void sum_few_rows(int32_t kind, const double *rows, int64_t stride, int32_t present, int32_t columns,
                         const double *x, double *out) {
  const double *at[WIDTH];
  for (int32_t r = 0; r < WIDTH; r++) at[r] = rows + lesser(r, present - 1) * stride;
  Vector sum = splat(0);
  int32_t c = 0;
  for (; c + WIDTH <= columns; c += WIDTH) {
    Vector block[WIDTH];
    UNROLLED for (int32_t r = 0; r < WIDTH; r++) block[r] = load_vector(at[r] + c);
    transpose(block);
    UNROLLED for (int32_t i = 0; i < WIDTH; i++) sum = add_term(kind, sum, block[i], x, c + i);
  }
  for (; c < columns; c++) {
    Vector column = splat(0);
    for (int32_t r = 0; r < WIDTH; r++) column[r] = at[r][c];
    sum = add_term(kind, sum, column, x, c);
  }
  for (int32_t r = 0; r < present; r++) out[r] = sum[r];
}

/* Sums of `present` rows, LANE_ROWS at the most, `stride` numbers apart. */
INLINE void sum_rows(int32_t kind, const double *rows, int64_t stride, int32_t present, int32_t columns,
                     const double *x, double *out) {
  if (present == LANE_ROWS) {
    sum_all_lanes(kind, rows, stride, columns, x, out);
    return;
  }
  for (int32_t r = 0; r < present; r += WIDTH) {
    sum_few_rows(kind, rows + r * stride, stride, lesser(WIDTH, present - r), columns, x, out + r);
  }
}

#endif
