/*
 * Products of offset_i + r^2 over some numbers, in their order, as logarithms: src/lab/reference/chains/chain-gradient-flow.ts, byte for byte. A
 * partial product is logged before it can leave float64's range.
 */
#ifndef PLATEAU_CHAIN_OTHERS_H
#define PLATEAU_CHAIN_OTHERS_H

#include "../elementwise/elementary.h"

/* ln q(r) = half the logarithm of the product. */
static double log_others(const double *offsets, int32_t count, double r) {
  const double square = r * r;
  double sum = 0;
  double product = 1;
  for (int32_t i = 0; i < count; i++) {
    product *= offsets[i] + square;
    if (product < 1e-150 || product > 1e150) {
      sum += natural_log(product);
      product = 1;
    }
  }
  return 0.5 * (sum + natural_log(product));
}

/* Points of a panel of the quadrature, side by side. */
#define POINTS 16

/* ln q of all points at once. */
static void log_others_of_points(const double *restrict offsets, int32_t count, const double *restrict r,
                                 double *restrict out) {
  double squares[POINTS], products[POINTS], sums[POINTS] = {0};
  for (int32_t j = 0; j < POINTS; j++) {
    squares[j] = r[j] * r[j];
    products[j] = 1;
  }
  for (int32_t i = 0; i < count; i++) {
    int32_t extreme = 0;
    for (int32_t j = 0; j < POINTS; j++) {
      products[j] *= offsets[i] + squares[j];
      extreme |= (products[j] < 1e-150) | (products[j] > 1e150);
    }
    for (int32_t j = 0; extreme && j < POINTS; j++) {
      if (!(products[j] < 1e-150 || products[j] > 1e150)) continue;
      sums[j] += natural_log(products[j]);
      products[j] = 1;
    }
  }
  logs_of(POINTS, products, products);
  for (int32_t j = 0; j < POINTS; j++) out[j] = 0.5 * (sums[j] + products[j]);
}

/* Derivative of ln(r q(r)) with respect to ln r. */
static double log_slope(const double *offsets, int32_t count, double r) {
  const double square = r * r;
  double slope = 1;
  for (int32_t i = 0; i < count; i++) slope += square / (offsets[i] + square);
  return slope;
}

#endif
