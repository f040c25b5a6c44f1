#include "chain-norm.h"
#include "chain-signs.h"
#include "chain-steps.h"

static void move_chains(Chains chains, int32_t kind, bool guarded) {
  switch (kind) {
    case GRADIENT_DESCENT: move_gradient(chains); break;
    case MOMENTUM: move_momentum(chains); break;
    case SIGN_DESCENT: move_by_sign(chains); break;
    case RMSPROP: (guarded ? move_guarded_rmsprop : move_rmsprop)(chains); break;
    case ADAM: (guarded ? move_guarded_adam : move_adam)(chains); break;
    case ADAGRAD: (guarded ? move_guarded_adagrad : move_adagrad)(chains); break;
    default:
      gradients_of_chains(chains);
      if (kind == NORMALISED_DESCENT) move_normalised(chains);
      else move_clipped(chains);
  }
}

/* lossScale (output - target), or its sign. */
static void set_slopes(ChainFrame *frame, int32_t kind) {
  for (int32_t j = 0; j < CHAINS; j++) {
    const double slope = frame->loss_scale * (frame->output[j] - frame->target);
    frame->slope[j] = kind != SIGN_DESCENT ? slope : slope > 0 ? 1 : slope < 0 ? -1 : 0;
  }
}

static void start_chains(Chains chains, int32_t kind) {
  if (kind == SIGN_DESCENT) range_of_chains(chains);
  else forward_chains(chains);
}

/* `hasEscaped` of src/lab/reference/chains/chain-descent.ts: no overflow and no underflow on the way. */
static bool has_escaped(const double *weights, int64_t depth, int64_t stride) {
  double logged = 0;
  double product = 1;
  for (int64_t layer = 0; layer < depth; layer++) {
    product *= weights[layer * stride];
    const double size = fabs(product);
    if (size < 1e-150 || size > 1e150) {
      if (!(size > 0)) return false;
      logged += natural_log(size);
      product = product > 0 ? 1 : -1;
    }
  }
  if (logged == 0) return product >= 0.5;
  return product > 0 && logged + natural_log(product) >= natural_log(0.5);
}

/*
 * Goes forward and marks the active chains that have escaped; whether there are any. Within the range below the output is the
 * product as it was taken.
 */
static bool have_escaped(Chains chains, int32_t kind) {
  ChainFrame *frame = chains.frame;
  if (kind == SIGN_DESCENT) range_of_chains(chains);
  else forward_chains_in_range(chains);
  bool any = false;
  for (int32_t offset = 0; offset < CHAINS; offset += WIDTH) {
    const Mask safe = (load_vector(frame->least + offset) >= 1e-150) & (load_vector(frame->greatest + offset) <= 1e150);
    Mask escaped = load_vector(frame->output + offset) >= 0.5;
    if (!all_lanes(safe)) {
      for (int32_t j = 0; j < WIDTH; j++) {
        escaped[j] = has_escaped(chains.layers + offset + j, chains.depth, chains.stride) ? -1 : 0;
      }
    }
    for (int32_t j = 0; j < WIDTH; j++) escaped[j] &= frame->active[offset + j];
    memcpy(frame->escaped + offset, &escaped, sizeof escaped);
    any |= any_lane(escaped);
  }
  return any;
}

/* Output and products of the weights as they are. */
KERNEL(void, startChains, address at, uint32_t depth, uint32_t stride, int32_t kind) {
  start_chains(chains_at(memory, at, depth, stride), kind);
}

/*
 * `steps` steps of the chains of a frame; `startChains` came before. `table` has Adam's pair of scales (rate negated, square) of each
 * step from the first to the `last`-th, after which they stay as they are. `guarded` says that epsilon is 0.
 */
KERNEL(void, descendChains, address at, uint32_t depth, uint32_t stride, int32_t kind, bool guarded, int32_t steps,
       address table, int32_t last) {
  const Chains chains = chains_at(memory, at, depth, stride);
  const Scales scales = {doubles(memory, table), last};
  switch (kind) {
    case GRADIENT_DESCENT: take_gradient(chains, steps, scales); return;
    case MOMENTUM: take_momentum(chains, steps, scales); return;
    case RMSPROP: (guarded ? take_guarded_rmsprop : take_rmsprop)(chains, steps, scales); return;
    case ADAM: (guarded ? take_guarded_adam : take_adam)(chains, steps, scales); return;
    case ADAGRAD: (guarded ? take_guarded_adagrad : take_adagrad)(chains, steps, scales); return;
    default: break;
  }
  for (int32_t step = 0; step < steps; step++) {
    set_slopes(chains.frame, kind);
    move_chains(chains, kind, guarded);
    start_chains(chains, kind);
  }
}

/*
 * Steps until an active chain has reached half of the target 1, which `escaped` then says, and at most `budget`; returns how
 * many were taken.
 */
KERNEL(int32_t, escapeChains, address at, uint32_t depth, uint32_t stride, int32_t kind, bool guarded, int32_t budget,
       address table, int32_t last) {
  const Chains chains = chains_at(memory, at, depth, stride);
  const Scales scales = {doubles(memory, table), last};
  int32_t step = 0;
  for (; !have_escaped(chains, kind) && step < budget; step++) {
    /* Below the target the slope is negative, whatever the output overflows or underflows to. */
    if (kind == SIGN_DESCENT) for (int32_t j = 0; j < CHAINS; j++) chains.frame->slope[j] = -1;
    else set_slopes(chains.frame, kind);
    if (kind == ADAM) set_scales(chains.frame, scales);
    move_chains(chains, kind, guarded);
  }
  return step;
}
