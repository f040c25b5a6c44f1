#include "elementwise.h"

/* Elementwise loops on float64s; an output may be an input. */

/* out = a * b. */
KERNEL(void, hadamard, int32_t length, address a, address b, address out) {
  const double *x = doubles(memory, a), *y = doubles(memory, b);
  double *to = doubles(memory, out);
  APART
  for (int32_t i = 0; i < length; i++) to[i] = x[i] * y[i];
}

/* out += a * b. */
KERNEL(void, addHadamard, int32_t length, address a, address b, address out) {
  const double *x = doubles(memory, a), *y = doubles(memory, b);
  double *to = doubles(memory, out);
  APART
  for (int32_t i = 0; i < length; i++) to[i] = MADD(x[i], y[i], to[i]);
}

/* x *= alpha. */
KERNEL(void, scale, int32_t length, double alpha, address x) {
  double *to = doubles(memory, x);
  for (int32_t i = 0; i < length; i++) to[i] *= alpha;
}

KERNEL(void, axpy, int32_t length, double alpha, address x, address y) {
  add_multiple(length, alpha, doubles(memory, x), doubles(memory, y));
}

/* matrix[r][c] += row[c]. */
KERNEL(void, addRow, int32_t rows, int32_t columns, address row, address matrix) {
  const double *from = doubles(memory, row);
  for (int32_t r = 0; r < rows; r++) {
    double *to = doubles(memory, matrix) + (int64_t)r * columns;
    APART
    for (int32_t c = 0; c < columns; c++) to[c] += from[c];
  }
}

/* row[c] = or += the sum over r of matrix[r][c], from the first row down. */
KERNEL(void, sumRows, int32_t rows, int32_t columns, address matrix, address row, bool accumulate) {
  double *to = doubles(memory, row);
  if (!accumulate) memset(to, 0, 8 * (size_t)columns);
  for (int32_t r = 0; r < rows; r++) {
    const double *from = doubles(memory, matrix) + (int64_t)r * columns;
    APART
    for (int32_t c = 0; c < columns; c++) to[c] += from[c];
  }
}
