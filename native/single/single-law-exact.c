#include "single-draws.h"

/*
 * Law-exact passes (src/lab/draws/law-exact.ts) in float32, eight networks side by side: entry i of network j is number 8 i + j. Entries
 * 4 b to 4 b + 3 come from block b of a fill. Weights have variance 1, as in single-layer.h.
 */
#define SINGLE_NETWORKS 8
#define SINGLE_ROWS (CHUNK / SINGLE_NETWORKS)

enum { SINGLE_WEIGHTS = 0, SINGLE_COTANGENT = 2, SINGLE_BACKWARD = 5 };

/* Sizes (1, or 0 for a dead vector), the logarithms of the last normalisation, next blocks of the stream in use. */
typedef struct {
  float sizes[SINGLE_NETWORKS];
  double logs[SINGLE_NETWORKS];
  uint32_t blocks[SINGLE_NETWORKS];
} SingleFrame;

INLINE void open_single_frame(SingleFrame *frame) {
  memset(frame, 0, sizeof *frame);
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) frame->sizes[j] = 1;
}

INLINE int32_t most_seen_single(const int32_t *seen) {
  int32_t most = 0;
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) most = greater(most, seen[j]);
  return most;
}

/* Moves on by the blocks that as many normals take as `seen` says. */
INLINE void pass_single_blocks(SingleFrame *frame, const int32_t *seen) {
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) frame->blocks[j] += ((uint32_t)seen[j] + 3) / 4;
}

/* Draws `count` signs of each network and counts those that are positive. */
static void count_single_positive(SingleFrame *frame, Key key, uint32_t replicate, int32_t count, int32_t *positive) {
  Blocks drawn;
  uint32_t taken = 0;
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) positive[j] = count;
  for (int32_t left = count; left > 0; left -= 128) {
    draw_side_by_side(key, frame->blocks, taken++, replicate, SINGLE_WEIGHTS, SINGLE_NETWORKS, 1, &drawn);
    for (int32_t word = 0; word < 4; word++) {
      const int32_t bits = lesser(left - 32 * word, 32);
      if (bits <= 0) break;
      const uint32_t mask = bits == 32 ? 0xffffffffu : (1u << bits) - 1;
      for (int32_t j = 0; j < SINGLE_NETWORKS; j++) positive[j] -= __builtin_popcount(drawn.word[word][j] & mask);
    }
  }
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) frame->blocks[j] += taken;
}

/* Divides the first `count` entries of the vectors by their norms, given their squares; keeps the logarithms and the sizes. */
static void normalise_single_networks(SingleFrame *frame, float *restrict vectors, int32_t count, const float *sums) {
  float norms[SINGLE_NETWORKS];
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
    norms[j] = sums[j] > 0 ? sqrtf(sums[j]) : 1;
    frame->sizes[j] = sums[j] > 0 ? 1 : 0;
    frame->logs[j] = natural_log(sums[j]);
  }
  for (int32_t i = 0; i < count; i++) {
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) vectors[(int64_t)SINGLE_NETWORKS * i + j] /= norms[j];
  }
}

/* Normals of entries `from` to `from + count` of all networks: block row b, value k, network j at of[k][8 b + j]. */
INLINE void draw_single_normals(const SingleFrame *frame, Key key, int32_t from, int32_t count, uint32_t replicate,
                                uint32_t lane, SingleValues *values) {
  Blocks drawn;
  const int32_t rows = (count + 3) / 4;
  draw_side_by_side(key, frame->blocks, (uint32_t)from / 4, replicate, lane, SINGLE_NETWORKS, rows, &drawn);
  to_single_gaussians(&drawn, SINGLE_NETWORKS * rows, values);
}

INLINE const float *single_draws_of(const SingleValues *values, int32_t entry) {
  return values->of[entry % 4] + SINGLE_NETWORKS * (entry / 4);
}

/* z of `units` units (null: not kept) and h = f(z), whose norm's logarithm goes to the frame; writes `seen`. */
static void single_forward(SingleFrame *frame, float slope, uint32_t replicate, Key key, int32_t units, int32_t *seen,
                           float *z, float *hidden) {
  const bool rectified = slope == 0;
  if (rectified) count_single_positive(frame, key, replicate, units, seen);
  else for (int32_t j = 0; j < SINGLE_NETWORKS; j++) seen[j] = units;
  const int32_t most = most_seen_single(seen);
  float sums[SINGLE_NETWORKS] = {0};
  for (int32_t from = 0; from < most; from += 4 * SINGLE_ROWS) {
    const int32_t here = lesser(most - from, 4 * SINGLE_ROWS);
    SingleValues values;
    draw_single_normals(frame, key, from, here, replicate, SINGLE_WEIGHTS, &values);
    for (int32_t i = 0; i < here; i++) {
      const float *draws = single_draws_of(&values, i);
      float *h = hidden + (int64_t)SINGLE_NETWORKS * (from + i);
      for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
        const float draw = (rectified ? fabsf(draws[j]) : draws[j]) * frame->sizes[j];
        const float a = seen[j] > from + i ? draw : 0;
        const float value = a * (a > 0 ? 1 : slope);
        if (z) z[(int64_t)SINGLE_NETWORKS * (from + i) + j] = a;
        h[j] = value;
        sums[j] = MADD_SINGLE(value, value, sums[j]);
      }
    }
  }
  pass_single_blocks(frame, seen);
  normalise_single_networks(frame, hidden, z ? most : 0, sums);
}

/* delta times the activation's derivative, over its norm. */
static void mask_single_delta(SingleFrame *frame, float slope, const int32_t *seen, const float *restrict z,
                              float *restrict delta) {
  const int32_t most = most_seen_single(seen);
  float sums[SINGLE_NETWORKS] = {0};
  for (int32_t i = 0; i < most; i++) {
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
      const int64_t at = (int64_t)SINGLE_NETWORKS * i + j;
      delta[at] *= z[at] > 0 ? 1 : slope;
      sums[j] = MADD_SINGLE(delta[at], delta[at], sums[j]);
    }
  }
  normalise_single_networks(frame, delta, most, sums);
}

/* delta = W^T delta given W h = z, in the entries of h that are seen. */
static void single_backward(SingleFrame *frame, uint32_t replicate, Key key, const int32_t *seen_after,
                            const float *restrict z, const int32_t *seen, const float *restrict h,
                            float *restrict delta) {
  float along[SINGLE_NETWORKS] = {0};
  float sums[SINGLE_NETWORKS] = {0};
  const int32_t after = most_seen_single(seen_after);
  for (int32_t i = 0; i < after; i++) {
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
      const int64_t at = (int64_t)SINGLE_NETWORKS * i + j;
      along[j] = MADD_SINGLE(z[at], delta[at], along[j]);
    }
  }
  const int32_t most = most_seen_single(seen);
  for (int32_t from = 0; from < most; from += 4 * SINGLE_ROWS) {
    const int32_t here = lesser(most - from, 4 * SINGLE_ROWS);
    SingleValues values;
    draw_single_normals(frame, key, from, here, replicate, SINGLE_BACKWARD, &values);
    for (int32_t i = 0; i < here; i++) {
      const float *draws = single_draws_of(&values, i);
      const int64_t to = (int64_t)SINGLE_NETWORKS * (from + i);
      for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
        const float draw = draws[j] * frame->sizes[j];
        delta[to + j] = seen[j] > from + i ? draw : 0;
        sums[j] = MADD_SINGLE(h[to + j], delta[to + j], sums[j]);
      }
    }
  }
  pass_single_blocks(frame, seen);
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) along[j] -= sums[j];
  for (int32_t i = 0; i < most; i++) {
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
      const int64_t at = (int64_t)SINGLE_NETWORKS * i + j;
      delta[at] = MADD_SINGLE(h[at], along[j], delta[at]);
    }
  }
}

/* The cotangent: a uniformly random unit vector a network. */
static void start_single_back(SingleFrame *frame, uint32_t replicate, Key key, int32_t count, float *delta) {
  float sums[SINGLE_NETWORKS] = {0};
  for (int32_t from = 0; from < count; from += 4 * SINGLE_ROWS) {
    const int32_t here = lesser(count - from, 4 * SINGLE_ROWS);
    SingleValues values;
    draw_single_normals(frame, key, from, here, replicate, SINGLE_COTANGENT, &values);
    for (int32_t i = 0; i < here; i++) {
      const float *draws = single_draws_of(&values, i);
      for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
        delta[(int64_t)SINGLE_NETWORKS * (from + i) + j] = draws[j];
        sums[j] = MADD_SINGLE(draws[j], draws[j], sums[j]);
      }
    }
  }
  normalise_single_networks(frame, delta, count, sums);
}

/* `propagateLawExact` in float32; `offsets` are the logarithms of the squared scales of each layer's weights. */
KERNEL(void, propagateLawExactSingle, float slope, int32_t revive, uint32_t replicate, address key, int32_t depth,
       address widths, address offsets, address hidden, address logIncrements, address alive) {
  double *passed = doubles(memory, alive);
  SingleFrame frame;
  open_single_frame(&frame);
  for (int32_t j = 0; j < SINGLE_NETWORKS; j++) passed[j] = depth;
  for (int32_t layer = 1; layer <= depth; layer++) {
    int32_t seen[SINGLE_NETWORKS];
    single_forward(&frame, slope, replicate, key_at(memory, key), integers(memory, widths)[layer], seen, 0,
                   floats(memory, hidden));
    double *logs = doubles(memory, logIncrements) + SINGLE_NETWORKS * (layer - 1);
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
      logs[j] = frame.logs[j] + doubles(memory, offsets)[layer - 1];
      if (frame.sizes[j] != 0) continue;
      passed[j] = fmin(passed[j], layer - 1);
      /* A basis vector stands where the vector died. */
      if (revive) frame.sizes[j] = 1;
    }
  }
}

/* `backpropagateLawExact` in float32; `offsets` as above. */
KERNEL(void, backpropagateLawExactSingle, float slope, uint32_t replicate, address key, int32_t depth, address widths,
       address offsets, address z, address hidden, address delta, address seen, address logHidden,
       address logGradients) {
  const Key prepared = key_at(memory, key);
  const int32_t *width = integers(memory, widths);
  const double *offset = doubles(memory, offsets);
  float *back = floats(memory, delta);
  int64_t at = 0;
  SingleFrame frame;
  open_single_frame(&frame);
  for (int32_t layer = 1; layer <= depth; layer++) {
    int32_t *counts = integers(memory, seen) + SINGLE_NETWORKS * (layer - 1);
    double *before = doubles(memory, logHidden) + SINGLE_NETWORKS * (layer - 1);
    single_forward(&frame, slope, replicate, prepared, width[layer], counts, floats(memory, z) + at,
                   floats(memory, hidden) + at);
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
      before[SINGLE_NETWORKS + j] = before[j] + (frame.logs[j] + offset[layer - 1]);
    }
    at += (int64_t)SINGLE_NETWORKS * width[layer];
  }
  double logs[SINGLE_NETWORKS] = {0};
  open_single_frame(&frame);
  start_single_back(&frame, replicate, prepared, width[depth], back);
  for (int32_t layer = depth; layer >= 1; layer--) {
    const int32_t *counts = integers(memory, seen) + SINGLE_NETWORKS * (layer - 1);
    at -= (int64_t)SINGLE_NETWORKS * width[layer];
    mask_single_delta(&frame, slope, counts, floats(memory, z) + at, back);
    for (int32_t j = 0; j < SINGLE_NETWORKS; j++) {
      const int32_t place = SINGLE_NETWORKS * (layer - 1) + j;
      logs[j] += frame.logs[j];
      doubles(memory, logGradients)[place] = logs[j] + doubles(memory, logHidden)[place];
      logs[j] += offset[layer - 1];
    }
    if (layer == 1) return;
    single_backward(&frame, replicate, prepared, counts, floats(memory, z) + at, counts - SINGLE_NETWORKS,
                    floats(memory, hidden) + at - (int64_t)SINGLE_NETWORKS * width[layer - 1], back);
  }
}
