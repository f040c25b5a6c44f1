/* Products with weights that lie in memory, row-major. Sums run over their index from 0 up; outputs go side by side. */
#ifndef PLATEAU_STORED_LAYER_H
#define PLATEAU_STORED_LAYER_H

#include "../eigenvalues/row-lanes.h"

/* output = W input, for `rows` x `columns` weights. */
static void multiply_rows(const double *weights, int32_t rows, int32_t columns, const double *input, double *output) {
  for (int32_t row = 0; row < rows; row += LANE_ROWS) {
    const int32_t present = lesser(LANE_ROWS, rows - row);
    sum_rows(SUM_PRODUCTS, weights + (int64_t)row * columns, columns, present, columns, input, output + row);
  }
}

/* output[c] = sum over r of factors[r] * row r [c]: `count` rows at the listed addresses, `columns` numbers each. */
static void add_listed_rows(char *memory, int32_t count, const address *rows, const double *factors, int32_t columns,
                            double *restrict output) {
  memset(output, 0, 8 * (size_t)columns);
  int32_t row = 0;
  for (; row + 4 <= count; row += 4) {
    const double *a = doubles(memory, rows[row]), *b = doubles(memory, rows[row + 1]);
    const double *c = doubles(memory, rows[row + 2]), *d = doubles(memory, rows[row + 3]);
    const double fa = factors[row], fb = factors[row + 1], fc = factors[row + 2], fd = factors[row + 3];
    for (int32_t i = 0; i < columns; i++) {
      output[i] = output[i] + a[i] * fa + b[i] * fb + c[i] * fc + d[i] * fd;
    }
  }
  for (; row < count; row++) {
    const double *a = doubles(memory, rows[row]);
    const double factor = factors[row];
    for (int32_t i = 0; i < columns; i++) output[i] += a[i] * factor;
  }
}

#endif
