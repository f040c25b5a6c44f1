#include "activation.h"
#include "drawn-layer.h"
#include "stored-layer.h"

/* next = W now, with fresh weights; gives the position of the stream after them. */
static uint64_t apply_fresh(Key key, int32_t law, double factor, uint64_t position, uint32_t replicate, int32_t fan_in,
                            int32_t fan_out, double *now, double *next, int32_t *pairs, double *weights) {
  const uint64_t block = next_block(position);
  if (law == LAW_ORTHOGONAL) {
    apply_haar(key, block, replicate, now, next, fan_out);
    scale_by(next, fan_out, factor);
    return 2 * (block + (uint64_t)(fan_out + 1) / 2);
  }
  if (is_drawn_by_pair(law, position, fan_in, fan_out)) {
    const int32_t used = list_pairs(now, 0, fan_in, pairs);
    const DrawnLayer layer = {key, law, factor, (uint32_t)block, replicate, (uint32_t)fan_in / 2, now};
    apply_drawn(&layer, fan_out, pairs, used, next, 0, 0);
    return position_after(law, position, fan_in * fan_out);
  }
  const uint64_t after = fill_weights(key, law, factor, position, replicate, weights, fan_in, fan_out);
  multiply_rows(weights, fan_out, fan_in, now, next);
  return after;
}

/*
 * Forward pass of one network (`propagate` in src/lab/reference/propagate.ts). `widths` are depth + 1 integers; `factors` the
 * numbers that take each layer's standard draws to its weights; `now` holds the input and, like `next`, has room for the
 * widest layer; `weights` for the largest layer; `pairs` for half the widest. Gives the number of layers passed before the
 * first death.
 */
KERNEL(int32_t, propagateNetwork, int32_t law, double slope, int32_t revive, uint32_t replicate, address key,
       int32_t depth, address widths, address factors, address now, address next, address pairs, address weights,
       address logIncrements) {
  double *vector = doubles(memory, now);
  double *logs = doubles(memory, logIncrements);
  const int32_t *width = integers(memory, widths);
  uint64_t position = 0;
  int32_t alive = depth;
  for (int32_t layer = 1; layer <= depth; layer++) {
    const int32_t fan_out = width[layer];
    const double factor = doubles(memory, factors)[layer - 1];
    position = apply_fresh(key_at(memory, key), law, factor, position, replicate, width[layer - 1], fan_out, vector,
                           doubles(memory, next), integers(memory, pairs), doubles(memory, weights));
    activate_vector(fan_out, slope, doubles(memory, next), vector);
    logs[layer - 1] = normalise(vector, fan_out);
    if (logs[layer - 1] != -INFINITY) continue;
    alive = lesser(alive, layer - 1);
    if (!revive) {
      for (int32_t rest = layer; rest < depth; rest++) logs[rest] = -INFINITY;
      return alive;
    }
    memset(vector, 0, 8 * (size_t)fan_out);
    vector[0] = 1;
  }
  return alive;
}
