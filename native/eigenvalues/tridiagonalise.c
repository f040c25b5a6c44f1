#include "row-lanes.h"

/*
 * One pass of a tridiagonalisation (src/numerics/dense-eigenvalues.ts) over the packed lower triangle of the leading rows of a
 * symmetric matrix: a[i][j] -= u[i] p[j] + p[i] u[j] (never fused), and y = the new a times v.
 *
 * Row i brings a[i][j] v[j] to y[i] and a[i][j] v[i] to y[j]; rows from 0 up, so that every sum runs over its index from 0 up.
 */

/* Rows at a time: the lanes of the sums that run along a row; columns are those of the others. */
#define BAND WIDTH

/* Numbers from row `at` to the next: eight rows are as long as the last of them. */
INLINE int64_t row_length(int32_t at) { return (at & ~7) + 8; }

INLINE double updated(double entry, double ui, double pj, double pi, double uj) { return entry - (ui * pj + pi * uj); }

/* WIDTH columns from `j` on of WIDTH rows from `at` on, which are left in `block` as columns. */
INLINE Vector update_block(int32_t at, int32_t j, int64_t stride, double *rows, const double *u, const double *p,
                           const double *v, Vector added, Vector *block) {
  const Vector pj = load_vector(p + j);
  const Vector uj = load_vector(u + j);
  UNROLLED for (int32_t r = 0; r < WIDTH; r++) {
    block[r] = load_vector(rows + r * stride + j) - (splat(u[at + r]) * pj + splat(p[at + r]) * uj);
    store_vector(rows + r * stride + j, block[r]);
    added = add_product(added, v + at + r, block[r]);
  }
  transpose(block);
  return added;
}

/* Columns before the rows' own of BAND rows from `at` on, a multiple of BAND; `sums` are what they bring to the rows' entries of y. */
INLINE void update_band(int32_t at, int64_t stride, double *rows, const double *u, const double *p, const double *v,
                        double *y, double *sums) {
  Vector total = splat(0);
  for (int32_t j = 0; j < at; j += WIDTH) {
    Vector block[WIDTH];
    store_vector(y + j, update_block(at, j, stride, rows, u, p, v, load_vector(y + j), block));
    UNROLLED for (int32_t c = 0; c < WIDTH; c++) total = add_product(total, v + j + c, block[c]);
  }
  store_vector(sums, total);
}

/* One row, whose columns before `from` are done and summed. */
INLINE void update_row(int32_t i, int32_t from, double *restrict row, const double *restrict u, const double *restrict p,
                       const double *restrict v, double *restrict y, double sum) {
  for (int32_t j = from; j < i; j++) {
    const double entry = updated(row[j], u[i], p[j], p[i], u[j]);
    row[j] = entry;
    y[j] = y[j] + entry * v[i];
    sum = sum + entry * v[j];
  }
  const double entry = updated(row[i], u[i], p[i], p[i], u[i]);
  row[i] = entry;
  y[i] = sum + entry * v[i];
}

KERNEL(void, updateAndMultiply, int32_t size, address matrix, address u, address p, address v, address y) {
  const double *us = doubles(memory, u), *ps = doubles(memory, p), *vs = doubles(memory, v);
  double *ys = doubles(memory, y);
  double *rows = doubles(memory, matrix);
  int32_t at = 0;
  for (; at + BAND <= size; at += BAND) {
    const int64_t stride = row_length(at);
    double sums[BAND];
    update_band(at, stride, rows, us, ps, vs, ys, sums);
    for (int32_t r = 0; r < BAND; r++) {
      update_row(at + r, at, rows + (int64_t)r * stride, us, ps, vs, ys, sums[r]);
    }
    rows += BAND * stride;
  }
  for (; at < size; rows += row_length(at++)) update_row(at, 0, rows, us, ps, vs, ys, 0);
}
