/* Norms in logarithms (src/numerics/log-domain.ts), byte for byte. */
#ifndef PLATEAU_LOG_DOMAIN_H
#define PLATEAU_LOG_DOMAIN_H

#include "../draws/fills.h"

/* 2^-900 and 2^1020: between them a sum of squares has lost nothing. */
#define LEAST_TRUSTED 0x1p-900
#define GREATEST_TRUSTED 0x1p1020

INLINE bool is_trusted(double sum) { return sum >= LEAST_TRUSTED && sum <= GREATEST_TRUSTED; }

INLINE double sum_of_squares(const double *vector, int32_t count) {
  double sum = 0;
  for (int32_t i = 0; i < count; i++) sum += vector[i] * vector[i];
  return sum;
}

INLINE void scale_by(double *restrict vector, int32_t count, double factor) {
  for (int32_t i = 0; i < count; i++) vector[i] *= factor;
}

INLINE void divide_by(double *restrict vector, int32_t count, double divisor) {
  for (int32_t i = 0; i < count; i++) vector[i] /= divisor;
}

static double normalise_scaled(double *vector, int32_t count) {
  double largest = 0;
  for (int32_t i = 0; i < count; i++) {
    const double size = fabs(vector[i]);
    if (!(size < INFINITY)) return NAN;
    if (size > largest) largest = size;
  }
  if (largest == 0) return -INFINITY;
  divide_by(vector, count, largest);
  const double sum = sum_of_squares(vector, count);
  divide_by(vector, count, sqrt(sum));
  return natural_log(sum) + 2 * natural_log(largest);
}

/*
 * Divides a vector by its Euclidean norm, in place, and gives the logarithm of its squared norm before that. A vector of
 * zeros stays and gives -infinity; one with a NaN or an infinite entry stays and gives NaN.
 */
static double normalise(double *vector, int32_t count) {
  const double sum = sum_of_squares(vector, count);
  if (!is_trusted(sum)) return normalise_scaled(vector, count);
  divide_by(vector, count, sqrt(sum));
  return log_of_normal(sum);
}

/* A uniformly random unit vector: standard normals from the beginning of a stream, over their norm. */
INLINE void fill_direction(Key key, uint32_t replicate, uint32_t lane, double *out, int32_t count) {
  fill_gaussian(key, 0, replicate, lane, out, count);
  normalise(out, count);
}

#endif
