/* Steps by the gradient of each weight alone. */
#ifndef PLATEAU_CHAIN_STEPS_H
#define PLATEAU_CHAIN_STEPS_H

#include "chain-backward.h"
#include "chain-forward.h"

/* Adam's scales of each of the first `last` steps, (rate negated, square), after which they stay as they are. */
typedef struct {
  const double *rows;
  int32_t last;
} Scales;

/* Each chain has its own number of steps, because one that has escaped makes place for another. */
static void set_scales(ChainFrame *frame, Scales scales) {
  for (int32_t j = 0; j < CHAINS; j++) {
    const int32_t row = lesser(frame->steps[j], scales.last - 1);
    frame->adam_rate[j] = scales.rows[2 * row];
    frame->adam_square[j] = scales.rows[2 * row + 1];
    frame->steps[j]++;
  }
}

/* One step down from the slopes in the frame. */
INLINE void move(int32_t kind, bool guarded, Chains chains) {
  Vector suffix[CHAIN_VECTORS];
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) suffix[v] = load_vector(chains.frame->slope + v * WIDTH);
  walk_down(kind, guarded, chains, suffix);
}

/* `steps` steps, after which output and products are those of the weights; what goes down and up stays in registers at both ends. */
INLINE void take_steps(int32_t kind, bool guarded, Chains chains, int32_t steps, Scales scales) {
  ChainFrame *frame = chains.frame;
  const Vector target = splat(frame->target), scale = splat(frame->loss_scale);
  Vector product[CHAIN_VECTORS];
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) product[v] = load_vector(frame->output + v * WIDTH);
  for (int32_t step = 0; step < steps; step++) {
    if (kind == ADAM) set_scales(frame, scales);
    UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) product[v] = scale * (product[v] - target);
    walk_down(kind, guarded, chains, product);
    multiply_up(chains, product);
  }
  UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) store_vector(frame->output + v * WIDTH, product[v]);
}

/* Every kind's own loops; `guarded`: epsilon is 0, so that a denominator may be. */
#define OF_KIND(name, kind, guarded)                                                                                    \
  static void move_##name(Chains chains) { move(kind, guarded, chains); }                                               \
  static void take_##name(Chains chains, int32_t steps, Scales scales) { take_steps(kind, guarded, chains, steps, scales); }

OF_KIND(gradient, GRADIENT_DESCENT, false)
OF_KIND(momentum, MOMENTUM, false)
OF_KIND(rmsprop, RMSPROP, false)
OF_KIND(guarded_rmsprop, RMSPROP, true)
OF_KIND(adam, ADAM, false)
OF_KIND(guarded_adam, ADAM, true)
OF_KIND(adagrad, ADAGRAD, false)
OF_KIND(guarded_adagrad, ADAGRAD, true)

static void gradients_of_chains(Chains chains) { move(KEEP_GRADIENT, false, chains); }

#endif
