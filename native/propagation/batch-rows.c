#include "../draws/weights.h"

/* Matrices with a row an example. Each sum runs along its own row from the first entry up; rows go side by side. */

KERNEL(double, drawWeights, int32_t law, double factor, double position, uint32_t replicate, address key, address out,
       int32_t fanIn, int32_t fanOut) {
  double *to = doubles(memory, out);
  return (double)fill_weights(key_at(memory, key), law, factor, (uint64_t)position, replicate, to, fanIn, fanOut);
}

/* `normalise` of each row; the logarithms go to `logs`. */
KERNEL(void, normaliseRows, int32_t rows, int32_t width, address matrix, address logs) {
  double *to = doubles(memory, logs);
  for (int32_t row = 0; row < rows; row += LANE_ROWS) {
    double *at = doubles(memory, matrix) + (int64_t)row * width;
    const int32_t present = lesser(LANE_ROWS, rows - row);
    double sums[LANE_ROWS];
    sum_rows(SUM_SQUARES, at, width, present, width, at, sums);
    for (int32_t r = 0; r < present; r++) {
      if (is_trusted(sums[r])) {
        divide_by(at + (int64_t)r * width, width, sqrt(sums[r]));
        to[row + r] = log_of_normal(sums[r]);
      } else {
        to[row + r] = normalise_scaled(at + (int64_t)r * width, width);
      }
    }
  }
}

/* out[row] = factors[row] * matrix[row]. */
KERNEL(void, scaleRows, int32_t rows, int32_t width, address factors, address matrix, address out) {
  for (int32_t row = 0; row < rows; row++) {
    const double factor = doubles(memory, factors)[row];
    const double *from = doubles(memory, matrix) + (int64_t)row * width;
    double *to = doubles(memory, out) + (int64_t)row * width;
    APART
    for (int32_t i = 0; i < width; i++) to[i] = factor * from[i];
  }
}

/* Rows whose distances from one row are summed side by side. */
#define COMPARED_ROWS 8

/* |u - v|^2 / 2 of every pair of `count` rows at the listed addresses, first by the earlier row, then by the later one. */
KERNEL(void, pairDistances, int32_t count, address addresses, int32_t width, address out) {
  const address *rows = words(memory, addresses);
  double *to = doubles(memory, out);
  for (int32_t first = 0; first < count; first++) {
    const double *u = doubles(memory, rows[first]);
    int32_t second = first + 1;
    for (; second + COMPARED_ROWS <= count; second += COMPARED_ROWS) {
      const double *others[COMPARED_ROWS];
      double sums[COMPARED_ROWS] = {0};
      for (int32_t r = 0; r < COMPARED_ROWS; r++) others[r] = doubles(memory, rows[second + r]);
      for (int32_t i = 0; i < width; i++) {
        for (int32_t r = 0; r < COMPARED_ROWS; r++) {
          const double difference = u[i] - others[r][i];
          sums[r] += difference * difference;
        }
      }
      for (int32_t r = 0; r < COMPARED_ROWS; r++) *to++ = sums[r] * 0.5;
    }
    for (; second < count; second++) {
      const double *v = doubles(memory, rows[second]);
      double sum = 0;
      for (int32_t i = 0; i < width; i++) {
        const double difference = u[i] - v[i];
        sum += difference * difference;
      }
      *to++ = sum * 0.5;
    }
  }
}
