#include "chain-frame.h"
#include "../draws/draws.h"

/*
 * Chains of consecutive replicates into a frame, with an optimiser that has not begun: their draws go side by side. `key` is what
 * `prepareKey` wrote.
 */

/* Rows of draws in a chunk. */
#define PLACED_ROWS (CHUNK / CHAINS)

static void clear_state(Chains chains) {
  memset(chains.frame->steps, 0, sizeof chains.frame->steps);
  for (int64_t layer = 0; layer < chains.depth && chains.stride > FIRST; layer++) {
    memset(chains.layers + layer * chains.stride + FIRST, 0, 8 * (size_t)(chains.stride - FIRST));
  }
}

static const uint32_t no_blocks[CHAINS] = {0};

/* Weights (2 u - 1) scale: a block of the stream has two uniforms. */
KERNEL(void, placeUniformChains, address at, uint32_t depth, uint32_t stride, uint32_t replicate, uint32_t lane,
       address key, double scale) {
  const Chains chains = chains_at(memory, at, depth, stride);
  clear_state(chains);
  for (int64_t from = 0; from < chains.depth; from += 2 * PLACED_ROWS) {
    const int32_t here = lesser((int32_t)(chains.depth - from), 2 * PLACED_ROWS);
    const int32_t rows = (here + 1) / 2;
    Blocks blocks;
    Values values;
    draw_side_by_side(key_at(memory, key), no_blocks, (uint32_t)from / 2, replicate, lane, CHAINS, rows, &blocks);
    to_uniforms(&blocks, CHAINS * rows, &values);
    for (int32_t i = 0; i < here; i++) {
      const double *u = (i & 1 ? values.second : values.first) + CHAINS * (i / 2);
      double *layer = chains.layers + (from + i) * chains.stride;
      for (int32_t j = 0; j < CHAINS; j++) layer[j] = (u[j] + u[j] - 1) * scale;
    }
  }
}

/* Weights g scale, where g is the first standard normal of its block. */
KERNEL(void, placeGaussianChains, address at, uint32_t depth, uint32_t stride, uint32_t replicate, uint32_t lane,
       address key, double scale) {
  const Chains chains = chains_at(memory, at, depth, stride);
  clear_state(chains);
  for (int64_t from = 0; from < chains.depth; from += PLACED_ROWS) {
    const int32_t here = lesser((int32_t)(chains.depth - from), PLACED_ROWS);
    Blocks blocks;
    Values values;
    draw_side_by_side(key_at(memory, key), no_blocks, (uint32_t)from, replicate, lane, CHAINS, here, &blocks);
    to_gaussians(&blocks, CHAINS * here, &values);
    for (int32_t i = 0; i < here; i++) {
      double *layer = chains.layers + (from + i) * chains.stride;
      for (int32_t j = 0; j < CHAINS; j++) layer[j] = values.first[CHAINS * i + j] * scale;
    }
  }
}

/* The weights in a frame, one chain after another. */
KERNEL(void, readChains, address at, uint32_t depth, uint32_t stride, address rows) {
  const Chains chains = chains_at(memory, at, depth, stride);
  double *to = doubles(memory, rows);
  for (int64_t layer = 0; layer < chains.depth; layer++) {
    for (int32_t j = 0; j < CHAINS; j++) to[j * chains.depth + layer] = chains.layers[layer * chains.stride + j];
  }
}
