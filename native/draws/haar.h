/* Haar-distributed orthogonal matrices (src/numerics/haar.ts), byte for byte, from lane 0 of a replicate. */
#ifndef PLATEAU_HAAR_H
#define PLATEAU_HAAR_H

#include "../propagation/log-domain.h"
#include "../eigenvalues/row-lanes.h"

/* A vector is replaced by a uniform point on the sphere of its own norm; takes `count` normals. */
INLINE void apply_haar(Key key, uint64_t block, uint32_t replicate, const double *vector, double *out, int32_t count) {
  const double norm = sqrt(sum_of_squares(vector, count));
  fill_gaussian(key, block, replicate, 0, out, count);
  scale_by(out, count, norm / sqrt(sum_of_squares(out, count)));
}

/* Turns x into the vector of the reflection that maps x to the first axis, and gives the sign that comes with it. */
INLINE double to_reflection(double *x, int32_t size) {
  const double norm = sqrt(sum_of_squares(x, size));
  const double sign = x[0] < 0 ? -1 : 1;
  x[0] += sign * norm;
  scale_by(x, size, 1 / sqrt(norm * fabs(x[0])));
  return -sign;
}

INLINE void reflect(double *restrict row, const double *restrict u, int32_t size, double sign, double projection) {
  for (int32_t i = 0; i < size; i++) row[i] = sign * (row[i] - projection * u[i]);
}

/* Reflects `size` rows of `size` entries, `stride` numbers apart. */
INLINE void reflect_rows(double *rows, int32_t stride, const double *u, int32_t size, double sign) {
  for (int32_t r = 0; r < size; r += LANE_ROWS) {
    const int32_t present = lesser(LANE_ROWS, size - r);
    double projections[LANE_ROWS];
    sum_rows(SUM_PRODUCTS, rows + (int64_t)r * stride, stride, present, size, u, projections);
    for (int32_t j = 0; j < present; j++) reflect(rows + (int64_t)(r + j) * stride, u, size, sign, projections[j]);
  }
}

/* A matrix into `out`, row by row, from `block` on; gives the position after it. The row after its last is overwritten. */
static uint64_t fill_haar(Key key, uint64_t block, uint32_t replicate, double *out, int32_t dimension) {
  const int64_t entries = (int64_t)dimension * dimension;
  double *direction = out + entries;
  memset(out, 0, 8 * (size_t)entries);
  fill_gaussian(key, block++, replicate, 0, direction, 1);
  /* In one dimension a sign, and exactly: a reflection would round it. */
  direction[-1] = direction[0] < 0 ? -1 : 1;
  for (int32_t size = 2; size <= dimension; size++) {
    const int32_t corner = dimension - size;
    fill_gaussian(key, block, replicate, 0, direction, size);
    block += (uint64_t)(size + 1) / 2;
    const double sign = to_reflection(direction, size);
    double *first = out + (int64_t)corner * dimension + corner;
    first[0] = 1;
    reflect_rows(first, dimension, direction, size, sign);
  }
  return 2 * block;
}

#endif
