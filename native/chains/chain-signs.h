/*
 * Sign descent, w_i -= rate * s_i, where s_i is the sign of the slope (+1, -1 or 0 in the frame) times the signs of all other
 * weights. Where no partial product underflows, all weights are other than 0 and s_i is sign(slope) sign(output) sign(w_i).
 */
#ifndef PLATEAU_CHAIN_SIGNS_H
#define PLATEAU_CHAIN_SIGNS_H

#include "chain-frame.h"

/* Far from underflow, so that the sign of the output is that of the product; and not NaN. */
INLINE bool is_plain(const ChainFrame *frame, int32_t offset) {
  const Vector output = load_vector(frame->output + offset);
  return all_lanes((load_vector(frame->least + offset) >= 1e-150) & (output == output));
}

INLINE void move_plain(Chains chains, int32_t offset) {
  const Vector slope = load_vector(chains.frame->slope + offset);
  const Vector move = splat(chains.frame->rate) * (slope * signs(load_vector(chains.frame->output + offset)));
  double *at = chains.layers + offset;
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    const Vector w = load_vector(at);
    store_vector(at, w - (Vector)((Mask)move ^ ((Mask)w & INT64_MIN)));
  }
}

static void move_by_products(Chains chains, int32_t offset) {
  const Vector rate = splat(chains.frame->rate);
  double *at = chains.layers + offset;
  Vector prefix = load_vector(chains.frame->slope + offset);
  for (int64_t layer = 0; layer < chains.depth; layer++, at += chains.stride) {
    store_vector(at + PREFIX, prefix);
    prefix = prefix * signs(load_vector(at));
  }
  Vector suffix = splat(1);
  for (int64_t layer = chains.depth; layer > 0; layer--) {
    at -= chains.stride;
    const Vector w = load_vector(at);
    store_vector(at, w - rate * (load_vector(at + PREFIX) * suffix));
    suffix = suffix * signs(w);
  }
}

static void move_by_sign(Chains chains) {
  for (int32_t offset = 0; offset < CHAINS; offset += WIDTH) {
    if (is_plain(chains.frame, offset)) move_plain(chains, offset);
    else move_by_products(chains, offset);
  }
}

#endif
