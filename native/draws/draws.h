/* Blocks of the streams of src/numerics/random.ts to uniforms and standard normals, byte for byte: two of each a block. */
#ifndef PLATEAU_DRAWS_H
#define PLATEAU_DRAWS_H

#include "../elementwise/elementary.h"
#include "threefry.h"

/* The first and the second value of each block of a chunk. */
typedef struct {
  _Alignas(64) double first[CHUNK];
  _Alignas(64) double second[CHUNK];
} Values;

enum { LAW_GAUSSIAN = 0, LAW_UNIFORM = 1, LAW_RADEMACHER = 2, LAW_ORTHOGONAL = 3, LAW_CAUCHY = 4, LAW_STUDENT_2 = 5 };

/* Two words of each of the first or the last WIDTH blocks, side by side: those of `a` are the lower ones. */
#if WIDTH == 8
#define FIRST_PAIRS(a, b) SHUFFLE(Words, a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23)
#define LAST_PAIRS(a, b) SHUFFLE(Words, a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31)
#elif WIDTH == 4
#define FIRST_PAIRS(a, b) SHUFFLE(Words, a, b, 0, 8, 1, 9, 2, 10, 3, 11)
#define LAST_PAIRS(a, b) SHUFFLE(Words, a, b, 4, 12, 5, 13, 6, 14, 7, 15)
#else
#define FIRST_PAIRS(a, b) SHUFFLE(Words, a, b, 0, 4, 1, 5)
#define LAST_PAIRS(a, b) SHUFFLE(Words, a, b, 2, 6, 3, 7)
#endif

/* Uniforms on (0, 1), odd multiples of 2^-53: the upper 52 of 64 bits as the mantissas of numbers from 1 on. */
INLINE Vector uniforms_of(Words low_and_high) {
  const Bits mantissas = (Bits)low_and_high >> 12;
  return (Vector)(mantissas | 0x3ff0000000000000u) - 0.9999999999999999;
}

/* One uniform of each block, from the words `high` and the next. */
INLINE void fill_uniforms(const Blocks *blocks, int high, int32_t lanes, double *values) {
  for (int32_t i = 0; i < lanes; i += WORD_LANES) {
    const Words upper = *(const UnalignedWords *)&blocks->word[high][i];
    const Words lower = *(const UnalignedWords *)&blocks->word[high + 1][i];
    store_vector(values + i, uniforms_of(FIRST_PAIRS(lower, upper)));
    store_vector(values + i + WIDTH, uniforms_of(LAST_PAIRS(lower, upper)));
  }
}

/* Two uniforms of each block. */
SHARED void to_uniforms(const Blocks *blocks, int32_t count, Values *values) {
  fill_uniforms(blocks, 0, LANES_FULL(count), values->first);
  fill_uniforms(blocks, 2, LANES_FULL(count), values->second);
}

/* Box and Muller's angle: the cosine and the sine of u turns, times the radius; `cosSinTwoPi` of src/numerics/elementary.ts. */
INLINE void place_on_circle(double radius, double u, double *first, double *second) {
  /* Rounded to whole quarters of a turn, which stand in the low bits: an odd multiple of 2^-53 never lies half-way. */
  const double quarters = 4 * u + ROUNDER;
  const double t = u - 0.25 * (quarters - ROUNDER);
  const double z = t * t;
  const double sine_high =
      -76.70585975304292 +
      z * (42.0586939378057 + z * (-15.094641279579799 + z * (3.8198307439800163 + z * -0.7124440626783193)));
  const double sine_rest =
      2.4492935982947064e-16 + z * (-41.34170224039976 + z * (81.60524927607504 + z * sine_high));
  const double sine = t * 6.283185307179586 + t * sine_rest;
  const double cosine_high =
      60.24464136502278 + z * (-26.426254911246687 + z * (7.903305164742355 + z * -1.7012215232036352));
  const double cosine_rest =
      19.739208802178716 - z * (64.9393940226683 + z * (-85.45681720668455 + z * cosine_high));
  const double cosine = 1 - z * cosine_rest;
  const uint64_t turn = bits_of(quarters);
  const uint64_t a = bits_of(cosine) ^ (turn << 62 & 0x8000000000000000u);
  const uint64_t b = bits_of(sine) ^ ((turn + 1) << 62 & 0x8000000000000000u);
  /* After an odd number of quarters they change places. */
  const uint64_t change = (a ^ b) & (0 - (turn & 1));
  *first = radius * from_bits(a ^ change);
  *second = radius * from_bits(b ^ change);
}

/* Two standard normals of each block. */
SHARED void to_gaussians(const Blocks *blocks, int32_t count, Values *values) {
  const int32_t lanes = LANES_FULL(count);
  double *restrict first = values->first;
  double *restrict second = values->second;
  to_uniforms(blocks, count, values);
  for (int32_t i = 0; i < lanes; i++) first[i] = -2 * log_of_normal(first[i]);
  for (int32_t i = 0; i < lanes; i++) place_on_circle(sqrt(first[i]), second[i], &first[i], &second[i]);
}

/* The blocks from `block` on of one replicate. */
INLINE void draw_blocks(Key key, uint64_t block, uint32_t replicate, uint32_t lane, int32_t count, Blocks *blocks) {
  const int32_t lanes = LANES_FULL(count);
  for (int32_t i = 0; i < lanes; i++) {
    blocks->word[0][i] = (uint32_t)(block + (uint32_t)i);
    blocks->word[1][i] = (uint32_t)((block + (uint32_t)i) >> 32);
    blocks->word[2][i] = replicate;
    blocks->word[3][i] = lane;
  }
  threefry(key, blocks, count);
}

/*
 * `rows` blocks of each of `side` replicates from `replicate` on, side by side: place row * side + j is the row-th block from
 * starts[j] + ahead on of the j-th. `side` divides CHUNK.
 */
INLINE void draw_side_by_side(Key key, const uint32_t *starts, uint32_t ahead, uint32_t replicate, uint32_t lane,
                              int32_t side, int32_t rows, Blocks *blocks) {
  const int32_t count = rows * side;
  for (int32_t row = 0; row * side < LANES_FULL(count); row++) {
    for (int32_t j = 0; j < side; j++) {
      blocks->word[0][row * side + j] = starts[j] + ahead + (uint32_t)row;
      blocks->word[1][row * side + j] = 0;
      blocks->word[2][row * side + j] = replicate + (uint32_t)j;
      blocks->word[3][row * side + j] = lane;
    }
  }
  threefry(key, blocks, count);
}

#endif
