/* Fresh weights of one layer (src/lab/draws/weights.ts), drawn from lane 0 of the replicate's stream. */
#ifndef PLATEAU_WEIGHTS_H
#define PLATEAU_WEIGHTS_H

#include "haar.h"

/* The first block of which nothing has been drawn. */
INLINE uint64_t next_block(uint64_t position) { return (position + 1) >> 1; }

/* The position of the stream after `count` weights of a law that takes as many draws for each. */
INLINE uint64_t position_after(int32_t law, uint64_t position, int32_t count) {
  if (law == LAW_UNIFORM) return position + (uint32_t)count;
  const uint64_t values = law == LAW_RADEMACHER ? 128 : 2;
  return 2 * (next_block(position) + ((uint64_t)count + values - 1) / values);
}

/* Pairs of uniforms that are drawn at a time. */
#define STUDENT_PAIRS 256

/* Student's t with one or two degrees of freedom by the polar method. */
static uint64_t fill_student(Key key, int32_t freedom, uint64_t position, uint32_t replicate, double *out,
                             int32_t count) {
  double uniforms[2 * STUDENT_PAIRS];
  uint64_t used = position;
  int32_t pair = STUDENT_PAIRS;
  for (int32_t index = 0; index < count; pair++) {
    if (pair == STUDENT_PAIRS) {
      fill_uniform(key, used, replicate, 0, uniforms, 2 * STUDENT_PAIRS);
      pair = 0;
    }
    used += 2;
    const double u = 2 * uniforms[2 * pair] - 1;
    const double v = 2 * uniforms[2 * pair + 1] - 1;
    const double w = u * u + v * v;
    if (w >= 1) continue;
    const double excess = freedom == 1 ? 1 / (w * w) - 1 : 2 * (1 / w - 1);
    out[index++] = u * sqrt(excess / w);
  }
  return used;
}

static uint64_t fill_standard(Key key, int32_t law, uint64_t position, uint32_t replicate, double *out, int32_t fan_in,
                              int32_t count) {
  if (law == LAW_ORTHOGONAL) return fill_haar(key, next_block(position), replicate, out, fan_in);
  if (law >= LAW_CAUCHY) return fill_student(key, law == LAW_CAUCHY ? 1 : 2, position, replicate, out, count);
  if (law == LAW_GAUSSIAN) fill_gaussian(key, next_block(position), replicate, 0, out, count);
  if (law == LAW_RADEMACHER) fill_rademacher(key, next_block(position), replicate, 0, out, count);
  if (law == LAW_UNIFORM) {
    fill_uniform(key, position, replicate, 0, out, count);
    for (int32_t i = 0; i < count; i++) out[i] = 2 * out[i] - 1;
  }
  return position_after(law, position, count);
}

/* `fan_out` rows of `fan_in`, from uniform `position` on; gives the position after them. */
static uint64_t fill_weights(Key key, int32_t law, double factor, uint64_t position, uint32_t replicate, double *out,
                             int32_t fan_in, int32_t fan_out) {
  const int32_t count = fan_in * fan_out;
  const uint64_t after = fill_standard(key, law, position, replicate, out, fan_in, count);
  scale_by(out, count, factor);
  return after;
}

#endif
