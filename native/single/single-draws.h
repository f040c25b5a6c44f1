/*
 * Float32 draws: four numbers a block. Not the reference's: two uniforms of 31 and 32 bits make two normals, at most 6.66 in
 * absolute value.
 */
#ifndef PLATEAU_SINGLE_DRAWS_H
#define PLATEAU_SINGLE_DRAWS_H

#include "../draws/draws.h"

/* The four values of each block of a chunk. */
typedef struct {
  _Alignas(64) float of[4][CHUNK];
} SingleValues;

/* -2 ln u for u = (k + 1/2) 2^-31 with k the upper 31 bits of a word, which is a squared radius. */
INLINE float single_square(uint32_t word) {
  const float u = MADD_SINGLE((float)(int32_t)(word >> 1), 4.656612873077393e-10f, 2.3283064365386963e-10f);
  /* The exponent field changes at sqrt(1/2), not at 1. */
  const uint32_t shifted = single_bits(u) + 0x004afb0du;
  const float exponent = (float)((int32_t)(shifted >> 23) - 127);
  const float f = from_single_bits((shifted & 0x007fffffu) + 0x3f3504f3u) - 1;
  const float g = f * f;
  /* ln(1 + f) / f on [sqrt(1/2) - 1, sqrt(2) - 1], interpolated at Chebyshev nodes: relative error 3e-8. */
  const float first = MADD_SINGLE(-0.49999997f, f, 1.0f);
  const float second = MADD_SINGLE(-0.25001353f, f, 0.33334193f);
  const float third = MADD_SINGLE(-0.16577993f, f, 0.19955933f);
  const float fourth = MADD_SINGLE(-0.14269258f, f, 0.14977401f);
  const float high = MADD_SINGLE(MADD_SINGLE(0.08533313f, g, fourth), g, third);
  const float series = MADD_SINGLE(MADD_SINGLE(high, g, second), g, first);
  return -2 * MADD_SINGLE(exponent, 0.6931471805599453f, f * series);
}

/* Radius, given squared, times cosine and sine of a word's turn, which is 2^32. */
INLINE void place_single(float square, uint32_t turns, float *first, float *second) {
  const float radius = sqrtf(square);
  /* Quarters are rounded off in integers, at most an eighth is left. */
  const uint32_t quarters = (turns + 0x20000000u) >> 30;
  const float t = (float)(int32_t)(turns - (quarters << 30)) * 2.3283064365386963e-10f;
  const float z = t * t;
  /* sin(2 pi t) / t and (cos(2 pi t) - 1) / t^2 in t^2, for |t| <= 1/8: errors 3e-9 and 2e-10. */
  const float sine_high = MADD_SINGLE(MADD_SINGLE(-75.40161f, z, 81.592545f), z, -41.341663f);
  const float sine = t * MADD_SINGLE(sine_high, z, 6.2831855f);
  const float cosine_high = MADD_SINGLE(MADD_SINGLE(59.424107f, z, -85.44882f), z, 64.93937f);
  const float cosine = MADD_SINGLE(MADD_SINGLE(cosine_high, z, -19.739208f), z, 1.0f);
  /* After an odd number of quarters they change places. */
  const uint32_t change = (single_bits(sine) ^ single_bits(cosine)) & (0 - (quarters & 1));
  const uint32_t cosine_sign = (quarters + 1) << 30 & 0x80000000u;
  const uint32_t sine_sign = quarters << 30 & 0x80000000u;
  *first = radius * from_single_bits(single_bits(cosine) ^ change ^ cosine_sign);
  *second = radius * from_single_bits(single_bits(sine) ^ change ^ sine_sign);
}

/* Four standard normals of each block. */
SHARED void to_single_gaussians(const Blocks *blocks, int32_t count, SingleValues *values) {
  const int32_t lanes = LANES_FULL(count);
  for (int32_t pair = 0; pair < 4; pair += 2) {
    float *restrict first = values->of[pair];
    float *restrict second = values->of[pair + 1];
    const uint32_t *restrict radii = blocks->word[pair];
    const uint32_t *restrict turns = blocks->word[pair + 1];
    for (int32_t i = 0; i < lanes; i++) place_single(single_square(radii[i]), turns[i], &first[i], &second[i]);
  }
}

/* Four uniforms on [-1, 1) of each block. */
SHARED void to_single_uniforms(const Blocks *blocks, int32_t count, SingleValues *values) {
  const int32_t lanes = LANES_FULL(count);
  for (int32_t word = 0; word < 4; word++) {
    for (int32_t i = 0; i < lanes; i++) {
      values->of[word][i] = (float)(int32_t)blocks->word[word][i] * 4.656612873077393e-10f;
    }
  }
}

#endif
