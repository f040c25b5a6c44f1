/* Piecewise linear activations of vectors of float64s; the derivative at 0 and at NaN is the one below 0. */
#ifndef PLATEAU_ACTIVATION_H
#define PLATEAU_ACTIVATION_H

#include "../kernel.h"

/* h = z where z > 0, else slope * z; h may be z. */
INLINE void activate_vector(int32_t count, double slope, const double *z, double *h) {
  APART
  for (int32_t i = 0; i < count; i++) h[i] = z[i] > 0 ? z[i] : slope * z[i];
}

/* The derivative, 1 where z > 0, else the slope, and h = z times it; h may be z. */
INLINE void differentiate_vector(int32_t count, double slope, const double *z, double *h, double *derivative) {
  APART
  for (int32_t i = 0; i < count; i++) {
    const double value = z[i];
    const double factor = value > 0 ? 1 : slope;
    derivative[i] = factor;
    h[i] = value * factor;
  }
}

INLINE void multiply_vectors(int32_t count, double *restrict vector, const double *restrict factors) {
  for (int32_t i = 0; i < count; i++) vector[i] *= factors[i];
}

#endif
