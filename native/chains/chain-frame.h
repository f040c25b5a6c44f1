/*
 * Chains side by side: enough independent products to hide their latency with vectors of four or eight. A frame holds what belongs
 * to them as a whole, one float64 a chain; the layers follow it, each `stride` bytes: the weights, the products of the weights before
 * (or gradients), then the optimiser's m and v where it keeps them. src/lab/wasm/chains/chain-frame.ts lays it out for the host.
 */
#ifndef PLATEAU_CHAIN_FRAME_H
#define PLATEAU_CHAIN_FRAME_H

#include "../vector.h"

#define CHAINS 32
#define CHAIN_VECTORS (CHAINS / WIDTH)

typedef struct {
  /* Product of all weights. */
  double output[CHAINS];
  /* Derivative of the loss with respect to the output; for sign descent its sign. */
  double slope[CHAINS];
  /* Smallest and largest size of a partial product on the way to the output. */
  double least[CHAINS];
  double greatest[CHAINS];
  /* All bits of a chain that is still followed; all bits of one that has reached half the target. */
  int64_t active[CHAINS];
  int64_t escaped[CHAINS];
  /* Norm of the gradient. */
  double norm[CHAINS];
  /* Adam's two scales of the step at hand. */
  double adam_rate[CHAINS];
  double adam_square[CHAINS];
  /* Steps already taken. */
  int32_t steps[CHAINS];
  double target;
  double loss_scale;
  double rate;
  /* Share of the past that m keeps, and of the new gradient; the same of v. */
  double keep_first;
  double new_first;
  double keep_second;
  double new_second;
  double epsilon;
  double threshold;
} ChainFrame;

#define FRAME_BYTES ((sizeof(ChainFrame) + 63) / 64 * 64)

/* Chains of one depth in a frame: `layers` are `stride` numbers apart. */
typedef struct {
  ChainFrame *frame;
  double *layers;
  int64_t depth;
  int64_t stride;
} Chains;

INLINE Chains chains_at(char *memory, address at, uint32_t depth, uint32_t stride) {
  return (Chains){(ChainFrame *)(memory + at), (double *)(memory + at + FRAME_BYTES), depth, stride / 8};
}

/* Within a layer, after the weights; v follows m where there is one. */
#define PREFIX CHAINS
#define FIRST (2 * CHAINS)
#define SECOND_ALONE (2 * CHAINS)
#define SECOND (3 * CHAINS)

/* +1, -1, or 0 of 0 and NaN. */
INLINE Vector signs(Vector x) {
  const Vector one = splat(1);
  return keep_lanes(x > 0, one) - keep_lanes(x < 0, one);
}

#endif
