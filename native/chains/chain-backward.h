/* What is done with the gradient g of a weight as soon as it is known. */
#ifndef PLATEAU_CHAIN_BACKWARD_H
#define PLATEAU_CHAIN_BACKWARD_H

#include "chain-frame.h"

/* The numbers of src/lab/wasm/chains/chain-frame.ts; the last says that g takes the place of the product of the weights before. */
enum {
  GRADIENT_DESCENT = 0,
  MOMENTUM = 1,
  SIGN_DESCENT = 2,
  NORMALISED_DESCENT = 3,
  CLIPPED_DESCENT = 4,
  RMSPROP = 5,
  ADAM = 6,
  ADAGRAD = 7,
  KEEP_GRADIENT = 8
};

/* direction / (sqrt(v) + epsilon), 0 where the denominator is, which `guarded` says may be. */
INLINE Vector over_root(bool guarded, Vector direction, Vector v, Vector epsilon) {
  const Vector denominator = square_roots(v) + epsilon;
  const Vector quotient = direction / denominator;
  return guarded ? keep_lanes(~(denominator == 0), quotient) : quotient;
}

/* One layer of one vector of chains; `offset` is its first chain. Gives slope times the product of the weights from there on. */
INLINE Vector down(int32_t kind, bool guarded, const ChainFrame *frame, double *at, int32_t offset, Vector suffix) {
  /* Subtracting rate * q is adding (-rate) * q, rounding for rounding, and that is one fused operation where there are such. */
  const Vector rate = splat(-frame->rate);
  const Vector epsilon = splat(frame->epsilon);
  const Vector w = load_vector(at);
  const Vector g = load_vector(at + PREFIX) * suffix;
  if (kind == KEEP_GRADIENT) {
    store_vector(at + PREFIX, g);
  } else if (kind == GRADIENT_DESCENT) {
    store_vector(at, madd_vector(rate, g, w));
  } else if (kind == MOMENTUM) {
    const Vector m = madd_vector(splat(frame->keep_first), load_vector(at + FIRST), g);
    store_vector(at + FIRST, m);
    store_vector(at, madd_vector(rate, m, w));
  } else if (kind == RMSPROP) {
    const Vector v =
        madd_vector(splat(frame->keep_second), load_vector(at + SECOND_ALONE), splat(frame->new_second) * (g * g));
    store_vector(at + SECOND_ALONE, v);
    store_vector(at, madd_vector(rate, over_root(guarded, g, v, epsilon), w));
  } else if (kind == ADAGRAD) {
    const Vector v = madd_vector(g, g, load_vector(at + SECOND_ALONE));
    store_vector(at + SECOND_ALONE, v);
    store_vector(at, madd_vector(rate, over_root(guarded, g, v, epsilon), w));
  } else {
    const Vector m = madd_vector(splat(frame->keep_first), load_vector(at + FIRST), splat(frame->new_first) * g);
    const Vector v =
        madd_vector(splat(frame->keep_second), load_vector(at + SECOND), splat(frame->new_second) * (g * g));
    store_vector(at + FIRST, m);
    store_vector(at + SECOND, v);
    const Vector quotient = over_root(guarded, m, v * load_vector(frame->adam_square + offset), epsilon);
    store_vector(at, madd_vector(load_vector(frame->adam_rate + offset), quotient, w));
  }
  return suffix * w;
}

/* From the last layer to the first: g = product before * (slope * product after); `suffix` comes in as the slope. */
INLINE void walk_down(int32_t kind, bool guarded, Chains chains, Vector *suffix) {
  /* A copy that no store to a layer can change. */
  const ChainFrame frame = *chains.frame;
  double *at = chains.layers + (chains.depth - 1) * chains.stride;
  for (int64_t layer = chains.depth; layer > 0; layer--, at -= chains.stride) {
    UNROLLED for (int32_t v = 0; v < CHAIN_VECTORS; v++) {
      suffix[v] = down(kind, guarded, &frame, at + v * WIDTH, v * WIDTH, suffix[v]);
    }
  }
}

#endif
