#ifndef PLATEAU_CHAIN_FORWARD_H
#define PLATEAU_CHAIN_FORWARD_H

#include "chain-frame.h"

/* The outputs; with `keep` the products of the weights before each layer; where `ranged` the range of the partial products' sizes, NaN left out. */
INLINE void walk_up(Chains chains, bool keep, bool ranged) {
  Vector product[CHAIN_VECTORS], least[CHAIN_VECTORS], greatest[CHAIN_VECTORS];
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) product[v] = least[v] = greatest[v] = splat(1);
  double *at = chains.layers;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
      if (keep) store_vector(at + PREFIX + v * WIDTH, product[v]);
      product[v] = product[v] * load_vector(at + v * WIDTH);
      if (!ranged) continue;
      const Vector size = absolute(product[v]);
      least[v] = select_lanes(size < least[v], size, least[v]);
      greatest[v] = select_lanes(size > greatest[v], size, greatest[v]);
    }
  }
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
    store_vector(chains.frame->output + v * WIDTH, product[v]);
    if (!ranged) continue;
    store_vector(chains.frame->least + v * WIDTH, least[v]);
    store_vector(chains.frame->greatest + v * WIDTH, greatest[v]);
  }
}

static void forward_chains(Chains chains) { walk_up(chains, true, false); }
static void forward_chains_in_range(Chains chains) { walk_up(chains, true, true); }
static void range_of_chains(Chains chains) { walk_up(chains, false, true); }

#endif
