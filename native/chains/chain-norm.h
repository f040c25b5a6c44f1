/* Steps that need the norm of the whole gradient first; the gradients stand where the products before were. */
#ifndef PLATEAU_CHAIN_NORM_H
#define PLATEAU_CHAIN_NORM_H

#include "chain-frame.h"
#include "../propagation/log-domain.h"

/* Relative to the largest entry; 0 for zeros, and the first entry that is not finite where there is one. */
static double scaled_norm(const double *gradient, int64_t depth, int64_t stride) {
  double largest = 0;
  for (int64_t layer = 0; layer < depth; layer++) {
    const double size = fabs(gradient[layer * stride]);
    if (!(size < INFINITY)) return size;
    if (size > largest) largest = size;
  }
  if (largest == 0) return 0;
  double sum = 0;
  for (int64_t layer = 0; layer < depth; layer++) {
    const double part = gradient[layer * stride] / largest;
    sum += part * part;
  }
  return largest * sqrt(sum);
}

/* `euclideanNorm` of src/numerics/euclidean-norm.ts of each chain's gradient. */
static void norms_of_gradients(Chains chains) {
  Vector sums[CHAIN_VECTORS];
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) sums[v] = splat(0);
  const double *at = chains.layers + PREFIX;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
      const Vector g = load_vector(at + v * WIDTH);
      sums[v] = madd_vector(g, g, sums[v]);
    }
  }
  for (int32_t j = 0; j < CHAINS; j++) {
    const double sum = sums[j / WIDTH][j % WIDTH];
    chains.frame->norm[j] =
        is_trusted(sum) ? sqrt(sum) : scaled_norm(chains.layers + PREFIX + j, chains.depth, chains.stride);
  }
}

/* w -= rate (g / (|g| + epsilon)). */
static void move_normalised(Chains chains) {
  norms_of_gradients(chains);
  const double rate = -chains.frame->rate;
  double denominators[CHAINS];
  for (int32_t j = 0; j < CHAINS; j++) denominators[j] = chains.frame->norm[j] + chains.frame->epsilon;
  double *restrict at = chains.layers;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    for (int32_t j = 0; j < CHAINS; j++) {
      const double quotient = denominators[j] == 0 ? 0 : at[PREFIX + j] / denominators[j];
      at[j] = MADD(rate, quotient, at[j]);
    }
  }
}

/* w -= rate g where |g| is at most the threshold, else w -= (rate (threshold / |g|)) g. */
static void move_clipped(Chains chains) {
  norms_of_gradients(chains);
  const double rate = chains.frame->rate;
  const double threshold = chains.frame->threshold;
  double factors[CHAINS];
  for (int32_t j = 0; j < CHAINS; j++) {
    const double norm = chains.frame->norm[j];
    factors[j] = -(norm <= threshold ? rate : rate * (threshold / norm));
  }
  double *restrict at = chains.layers;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    for (int32_t j = 0; j < CHAINS; j++) at[j] = MADD(factors[j], at[PREFIX + j], at[j]);
  }
}

#endif
