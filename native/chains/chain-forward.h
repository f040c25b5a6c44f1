#ifndef PLATEAU_CHAIN_FORWARD_H
#define PLATEAU_CHAIN_FORWARD_H

#include "chain-frame.h"

/* From the first layer to the last: leaves the products of the weights before each layer there, and in `product` that of all. */
INLINE void multiply_up(Chains chains, Vector *product) {
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) product[v] = splat(1);
  double *at = chains.layers;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
      store_vector(at + PREFIX + v * WIDTH, product[v]);
      product[v] = product[v] * load_vector(at + v * WIDTH);
    }
  }
}

static void forward_chains(Chains chains) {
  Vector product[CHAIN_VECTORS];
  multiply_up(chains, product);
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) store_vector(chains.frame->output + v * WIDTH, product[v]);
}

/* The outputs and the range of the partial products' sizes, NaN left out; with `keep` the products of the weights before each layer. */
INLINE void walk_up_in_range(Chains chains, bool keep) {
  Vector product[CHAIN_VECTORS], least[CHAIN_VECTORS], greatest[CHAIN_VECTORS];
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) product[v] = least[v] = greatest[v] = splat(1);
  double *at = chains.layers;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
      if (keep) store_vector(at + PREFIX + v * WIDTH, product[v]);
      product[v] = product[v] * load_vector(at + v * WIDTH);
      const Vector size = absolute(product[v]);
      least[v] = select_lanes(size < least[v], size, least[v]);
      greatest[v] = select_lanes(size > greatest[v], size, greatest[v]);
    }
  }
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
    store_vector(chains.frame->output + v * WIDTH, product[v]);
    store_vector(chains.frame->least + v * WIDTH, least[v]);
    store_vector(chains.frame->greatest + v * WIDTH, greatest[v]);
  }
}

static void forward_chains_in_range(Chains chains) { walk_up_in_range(chains, true); }
static void range_of_chains(Chains chains) { walk_up_in_range(chains, false); }

#endif
