#include "../elementwise/elementwise.h"
#include "../eigenvalues/row-lanes.h"

/*
 * Products of a block of rows with one vector, and their combination back into it: what an orthogonalisation against many vectors
 * consists of. Several rows a pass, so that the vector is read once for all of them; each sum keeps its own order.
 */

/* Sum of x * y, one term after another: bound by the latency of one addition a term, whatever the machine's width. */
KERNEL(double, dot, int32_t length, address x, address y) {
  const double *a = doubles(memory, x), *b = doubles(memory, y);
  double sum = 0;
  for (int32_t i = 0; i < length; i++) sum += a[i] * b[i];
  return sum;
}

/* out[r] = sum over c of matrix[r][c] * x[c]. */
KERNEL(void, dots, int32_t rows, int32_t length, address matrix, address x, address out) {
  const double *factor = doubles(memory, x);
  double *to = doubles(memory, out);
  for (int32_t r = 0; r < rows; r += LANE_ROWS) {
    const double *first = doubles(memory, matrix) + (int64_t)r * length;
    sum_rows(SUM_PRODUCTS, first, length, lesser(LANE_ROWS, rows - r), length, factor, to + r);
  }
}

/* x -= coefficients[r] * matrix[r], row after row. */
KERNEL(void, subtractRows, int32_t rows, int32_t length, address matrix, address coefficients, address x) {
  const double *share = doubles(memory, coefficients);
  double *restrict to = doubles(memory, x);
  int32_t r = 0;
  for (; r + 4 <= rows; r += 4) {
    const double *a = doubles(memory, matrix) + (int64_t)r * length;
    const double *b = a + length, *c = b + length, *d = c + length;
    const double fa = -share[r], fb = -share[r + 1], fc = -share[r + 2], fd = -share[r + 3];
    APART
    for (int32_t i = 0; i < length; i++) {
      to[i] = MADD(fd, d[i], MADD(fc, c[i], MADD(fb, b[i], MADD(fa, a[i], to[i]))));
    }
  }
  for (; r < rows; r++) add_multiple(length, -share[r], doubles(memory, matrix) + (int64_t)r * length, to);
}
