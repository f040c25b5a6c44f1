#include "log-domain.h"

/*
 * Law-exact passes (src/lab/draws/law-exact.ts) of eight networks side by side, whose lanes are replicates: entry i of network j
 * is number 8 i + j, and all that is one network's sum over its units stays in order. Inputs have norm 1 and hold no NaN. Of
 * units that a network does not see no entry is kept; up to the largest number seen by any, zeros stand for them.
 */
#define NETWORKS 8

#define STREAM_WEIGHTS 0
#define STREAM_COTANGENT 2
#define STREAM_BACKWARD 5

/* Rows of draws in a chunk: a block has two entries of one network. */
#define ROWS_IN_CHUNK (CHUNK / NETWORKS)

/*
 * What the networks carry along: the sizes of the vectors at hand (1 where it was divided by its norm, 0 where it is dead, NaN
 * where it holds a NaN), the logarithms that the last normalisation gave, the next blocks of the stream in use.
 */
typedef struct {
  double sizes[NETWORKS];
  double logs[NETWORKS];
  uint32_t blocks[NETWORKS];
} Frame;

/* All sizes 1, all streams at their beginning. */
INLINE void open_frame(Frame *frame) {
  memset(frame, 0, sizeof *frame);
  for (int32_t j = 0; j < NETWORKS; j++) frame->sizes[j] = 1;
}

INLINE int32_t most_seen(const int32_t *seen) {
  int32_t most = 0;
  for (int32_t j = 0; j < NETWORKS; j++) most = greater(most, seen[j]);
  return most;
}

INLINE void pass_gaussians(Frame *frame, const int32_t *seen) {
  for (int32_t j = 0; j < NETWORKS; j++) frame->blocks[j] += ((uint32_t)seen[j] + 1) / 2;
}

/* Draws `count` signs of each network and counts those that are positive. */
INLINE void count_positive(Frame *frame, Key key, uint32_t replicate, int32_t count, int32_t *positive) {
  Blocks drawn;
  int32_t negative[NETWORKS] = {0};
  uint32_t taken = 0;
  for (int32_t left = count; left > 0; left -= 128) {
    draw_side_by_side(key, frame->blocks, taken++, replicate, STREAM_WEIGHTS, NETWORKS, 1, &drawn);
    for (int32_t word = 0; word < 4; word++) {
      const int32_t bits = lesser(left - 32 * word, 32);
      if (bits <= 0) break;
      const uint32_t mask = bits == 32 ? 0xffffffffu : (1u << bits) - 1;
      for (int32_t j = 0; j < NETWORKS; j++) negative[j] += __builtin_popcount(drawn.word[word][j] & mask);
    }
  }
  for (int32_t j = 0; j < NETWORKS; j++) {
    positive[j] = count - negative[j];
    frame->blocks[j] += taken;
  }
}

/*
 * Writes the logarithms of the squared norms, given the sums of squares, divides each vector by its norm where `divides`,
 * and updates the sizes, which were those of the vectors before they were mapped: what was dead and is 0 needs no second look.
 * `lane` has room for one network's vector.
 */
static void normalise_networks(Frame *frame, bool divides, double *vectors, int32_t count, const double *squares,
                               double *lane) {
  double sums[NETWORKS];
  double norms[NETWORKS];
  bool trusted = true;
  for (int32_t j = 0; j < NETWORKS; j++) {
    /* A 1 in the place of the square of a vector that was dead, and is, changes none of its zeros. */
    sums[j] = frame->sizes[j] == 0 && squares[j] == 0 ? 1 : squares[j];
    norms[j] = sqrt(sums[j]);
    trusted = trusted && is_trusted(sums[j]);
  }
  if (!trusted) {
    for (int32_t j = 0; j < NETWORKS; j++) {
      for (int32_t i = 0; i < count; i++) lane[i] = vectors[(int64_t)NETWORKS * i + j];
      const double log = normalise(lane, count);
      for (int32_t i = 0; i < count; i++) vectors[(int64_t)NETWORKS * i + j] = lane[i];
      frame->logs[j] = log;
      frame->sizes[j] = log == -INFINITY ? 0 : log == log ? 1 : NAN;
    }
    return;
  }
  for (int32_t i = 0; divides && i < count; i++) {
    for (int32_t j = 0; j < NETWORKS; j++) vectors[(int64_t)NETWORKS * i + j] /= norms[j];
  }
  for (int32_t j = 0; j < NETWORKS; j++) {
    const bool dead = frame->sizes[j] == 0 && squares[j] == 0;
    frame->logs[j] = dead ? -INFINITY : log_of_normal(sums[j]);
  }
}

/* Normals of all networks, `rows` blocks each, `ahead` after the next. */
INLINE void draw_normals(const Frame *frame, Key key, int32_t ahead, uint32_t replicate, uint32_t lane, int32_t rows,
                         Values *values) {
  Blocks drawn;
  draw_side_by_side(key, frame->blocks, (uint32_t)ahead, replicate, lane, NETWORKS, rows, &drawn);
  to_gaussians(&drawn, NETWORKS * rows, values);
}

/* One unit of all networks: z and h = f(z), whose square is added to `squares`. */
INLINE void place_unit(const double *restrict draws, bool rectified, double slope, const double *factors,
                       const int32_t *seen, int32_t unit, double *restrict z, double *restrict h,
                       double *restrict squares) {
  for (int32_t j = 0; j < NETWORKS; j++) {
    const double draw = rectified ? fabs(draws[j]) : draws[j];
    const double product = draw * factors[j];
    const double a = seen[j] > unit ? product : 0;
    const double value = a * (a > 0 ? 1 : slope);
    if (z) z[j] = a;
    h[j] = value;
    squares[j] += value * value;
  }
}

/*
 * z of `units` units and h = f(z), of which the norm's logarithm goes to the frame; writes `seen`. With `z` it is kept and h is
 * divided by its norm; without (null), h is not of use afterwards.
 */
INLINE void draw_forward(Frame *frame, double slope, double factor, uint32_t replicate, Key key, int32_t units,
                         int32_t *seen, double *z, double *hidden, double *lane) {
  const bool rectified = slope == 0;
  if (rectified) count_positive(frame, key, replicate, units, seen);
  else for (int32_t j = 0; j < NETWORKS; j++) seen[j] = units;
  const int32_t most = most_seen(seen);
  double factors[NETWORKS];
  double squares[NETWORKS] = {0};
  for (int32_t j = 0; j < NETWORKS; j++) factors[j] = factor * frame->sizes[j];
  for (int32_t from = 0; from < most; from += 2 * ROWS_IN_CHUNK) {
    const int32_t here = lesser(most - from, 2 * ROWS_IN_CHUNK);
    Values values;
    draw_normals(frame, key, from / 2, replicate, STREAM_WEIGHTS, (here + 1) / 2, &values);
    for (int32_t unit = 0; unit < here; unit++) {
      const double *draws = (unit & 1 ? values.second : values.first) + NETWORKS * (unit / 2);
      const int64_t to = (int64_t)NETWORKS * (from + unit);
      place_unit(draws, rectified, slope, factors, seen, from + unit, z ? z + to : 0, hidden + to, squares);
    }
  }
  pass_gaussians(frame, seen);
  normalise_networks(frame, z != 0, hidden, most, squares, lane);
}

/* delta times the activation's derivative, over its norm, of which the logarithm goes to the frame. */
static void mask_delta(Frame *frame, double slope, const int32_t *seen, const double *restrict z,
                       double *restrict delta, double *lane) {
  const int32_t most = most_seen(seen);
  double squares[NETWORKS] = {0};
  for (int32_t i = 0; i < most; i++) {
    for (int32_t j = 0; j < NETWORKS; j++) {
      const int64_t at = (int64_t)NETWORKS * i + j;
      delta[at] *= z[at] > 0 ? 1 : slope;
      squares[j] += delta[at] * delta[at];
    }
  }
  normalise_networks(frame, true, delta, most, squares, lane);
}

/* delta = W^T delta given W h = z, in the entries of h that are seen. */
static void draw_backward(Frame *frame, double factor, uint32_t replicate, Key key, const int32_t *seen_after,
                          const double *restrict z, const int32_t *seen, const double *restrict h,
                          double *restrict delta) {
  double along[NETWORKS] = {0};
  const int32_t after = most_seen(seen_after);
  for (int32_t i = 0; i < after; i++) {
    for (int32_t j = 0; j < NETWORKS; j++) along[j] += z[(int64_t)NETWORKS * i + j] * delta[(int64_t)NETWORKS * i + j];
  }
  const int32_t most = most_seen(seen);
  double factors[NETWORKS];
  double sums[NETWORKS] = {0};
  for (int32_t j = 0; j < NETWORKS; j++) factors[j] = factor * frame->sizes[j];
  for (int32_t from = 0; from < most; from += 2 * ROWS_IN_CHUNK) {
    const int32_t here = lesser(most - from, 2 * ROWS_IN_CHUNK);
    Values values;
    draw_normals(frame, key, from / 2, replicate, STREAM_BACKWARD, (here + 1) / 2, &values);
    for (int32_t unit = 0; unit < here; unit++) {
      const double *draws = (unit & 1 ? values.second : values.first) + NETWORKS * (unit / 2);
      const int64_t to = (int64_t)NETWORKS * (from + unit);
      for (int32_t j = 0; j < NETWORKS; j++) {
        const double product = draws[j] * factors[j];
        const double a = seen[j] > from + unit ? product : 0;
        delta[to + j] = a;
        sums[j] += h[to + j] * a;
      }
    }
  }
  pass_gaussians(frame, seen);
  for (int32_t j = 0; j < NETWORKS; j++) along[j] -= sums[j];
  for (int32_t i = 0; i < most; i++) {
    for (int32_t j = 0; j < NETWORKS; j++) {
      const int64_t at = (int64_t)NETWORKS * i + j;
      delta[at] += h[at] * along[j];
    }
  }
}

/* The cotangent: a uniformly random unit vector a network. */
static void start_back(Frame *frame, uint32_t replicate, Key key, int32_t count, double *delta, double *lane) {
  double squares[NETWORKS] = {0};
  for (int32_t from = 0; from < count; from += 2 * ROWS_IN_CHUNK) {
    const int32_t here = lesser(count - from, 2 * ROWS_IN_CHUNK);
    Values values;
    draw_normals(frame, key, from / 2, replicate, STREAM_COTANGENT, (here + 1) / 2, &values);
    for (int32_t unit = 0; unit < here; unit++) {
      const double *draws = (unit & 1 ? values.second : values.first) + NETWORKS * (unit / 2);
      for (int32_t j = 0; j < NETWORKS; j++) {
        delta[(int64_t)NETWORKS * (from + unit) + j] = draws[j];
        squares[j] += draws[j] * draws[j];
      }
    }
  }
  normalise_networks(frame, true, delta, count, squares, lane);
}

/*
 * Forward pass alone, as in `propagateNetwork`: rows of `logIncrements` are layers, of eight numbers each; `alive` is eight
 * numbers; `hidden` has room for the widest layer of eight networks, `lane` for that of one.
 */
KERNEL(void, propagateLawExact, double slope, int32_t revive, uint32_t replicate, address key, int32_t depth,
       address widths, address factors, address hidden, address lane, address logIncrements, address alive) {
  const Key prepared = key_at(memory, key);
  double *passed = doubles(memory, alive);
  Frame frame;
  open_frame(&frame);
  for (int32_t j = 0; j < NETWORKS; j++) passed[j] = depth;
  for (int32_t layer = 1; layer <= depth; layer++) {
    const int32_t units = integers(memory, widths)[layer];
    const double factor = doubles(memory, factors)[layer - 1];
    int32_t seen[NETWORKS];
    draw_forward(&frame, slope, factor, replicate, prepared, units, seen, 0, doubles(memory, hidden),
                 doubles(memory, lane));
    memcpy(doubles(memory, logIncrements) + NETWORKS * (layer - 1), frame.logs, sizeof frame.logs);
    for (int32_t j = 0; j < NETWORKS; j++) {
      if (frame.sizes[j] != 0) continue;
      passed[j] = fmin(passed[j], layer - 1);
      /* A basis vector stands where the vector died. */
      if (revive) frame.sizes[j] = 1;
    }
  }
}

/*
 * Forward and backward pass, as in `backpropagateNetwork`. `z` and `hidden` have room for the units of all layers but the
 * input, of eight networks, `delta` for the widest layer, `seen` for 32 bytes a layer. Rows of `logHidden` (depth + 1, the first
 * is there) and `logGradients` (depth) are eight numbers.
 */
KERNEL(void, backpropagateLawExact, double slope, uint32_t replicate, address key, int32_t depth, address widths,
       address factors, address z, address hidden, address delta, address seen, address lane, address logHidden,
       address logGradients) {
  const Key prepared = key_at(memory, key);
  const int32_t *width = integers(memory, widths);
  const double *factor = doubles(memory, factors);
  double *spare = doubles(memory, lane);
  double *back = doubles(memory, delta);
  int64_t at = 0;
  Frame frame;
  open_frame(&frame);
  for (int32_t layer = 1; layer <= depth; layer++) {
    int32_t *counts = integers(memory, seen) + NETWORKS * (layer - 1);
    double *before = doubles(memory, logHidden) + NETWORKS * (layer - 1);
    draw_forward(&frame, slope, factor[layer - 1], replicate, prepared, width[layer], counts, doubles(memory, z) + at,
                 doubles(memory, hidden) + at, spare);
    for (int32_t j = 0; j < NETWORKS; j++) before[NETWORKS + j] = before[j] + frame.logs[j];
    at += (int64_t)NETWORKS * width[layer];
  }
  double logs[NETWORKS] = {0};
  open_frame(&frame);
  start_back(&frame, replicate, prepared, width[depth], back, spare);
  for (int32_t layer = depth; layer >= 1; layer--) {
    const int32_t *counts = integers(memory, seen) + NETWORKS * (layer - 1);
    at -= (int64_t)NETWORKS * width[layer];
    mask_delta(&frame, slope, counts, doubles(memory, z) + at, back, spare);
    for (int32_t j = 0; j < NETWORKS; j++) {
      logs[j] += frame.logs[j];
      const int32_t place = NETWORKS * (layer - 1) + j;
      doubles(memory, logGradients)[place] = logs[j] + doubles(memory, logHidden)[place];
    }
    if (layer == 1) return;
    draw_backward(&frame, factor[layer - 1], replicate, prepared, counts, doubles(memory, z) + at, counts - NETWORKS,
                  doubles(memory, hidden) + at - (int64_t)NETWORKS * width[layer - 1], back);
  }
}
