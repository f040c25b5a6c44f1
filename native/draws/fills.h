/*
 * The fills of src/numerics/random.ts, byte for byte. `block` is the block of the stream at which the fill begins (a stream's position
 * is twice that).
 */
#ifndef PLATEAU_FILLS_H
#define PLATEAU_FILLS_H

#include "draws.h"

/* The chunk's values in the order of the stream. */
INLINE void store_values(const Values *values, int32_t count, double *restrict out) {
  const int32_t pairs = count / 2;
  for (int32_t i = 0; i < pairs; i++) {
    out[2 * i] = values->first[i];
    out[2 * i + 1] = values->second[i];
  }
  if (count & 1) out[count - 1] = values->first[pairs];
}

/* Standard normals: ceil(count / 2) blocks. */
static void fill_gaussian(Key key, uint64_t block, uint32_t replicate, uint32_t lane, double *out, int32_t count) {
  Blocks blocks;
  Values values;
  for (int32_t from = 0; from < count; from += 2 * CHUNK, block += CHUNK) {
    const int32_t here = lesser(count - from, 2 * CHUNK);
    draw_blocks(key, block, replicate, lane, (here + 1) / 2, &blocks);
    to_gaussians(&blocks, (here + 1) / 2, &values);
    store_values(&values, here, out + from);
  }
}

/* Uniforms on (0, 1) from uniform number `position` of the stream on. */
static void fill_uniform(Key key, uint64_t position, uint32_t replicate, uint32_t lane, double *out, int32_t count) {
  if (count <= 0) return;
  Blocks blocks;
  Values values;
  uint64_t block = position >> 1;
  int32_t from = 0;
  if (position & 1) {
    draw_blocks(key, block++, replicate, lane, 1, &blocks);
    to_uniforms(&blocks, 1, &values);
    out[from++] = values.second[0];
  }
  for (; from < count; from += 2 * CHUNK, block += CHUNK) {
    const int32_t here = lesser(count - from, 2 * CHUNK);
    draw_blocks(key, block, replicate, lane, (here + 1) / 2, &blocks);
    to_uniforms(&blocks, (here + 1) / 2, &values);
    store_values(&values, here, out + from);
  }
}

/* Signs, +1 or -1: ceil(count / 128) blocks, bit after bit and word after word. */
static void fill_rademacher(Key key, uint64_t block, uint32_t replicate, uint32_t lane, double *out, int32_t count) {
  Blocks blocks;
  for (int32_t from = 0; from < count; from += 128 * CHUNK, block += CHUNK) {
    const int32_t here = lesser(count - from, 128 * CHUNK);
    draw_blocks(key, block, replicate, lane, (here + 127) / 128, &blocks);
    for (int32_t i = 0; i < here; i += 32) {
      const uint32_t word = blocks.word[i / 32 % 4][i / 128];
      const int32_t signs = lesser(here - i, 32);
      for (int32_t bit = 0; bit < signs; bit++) out[from + i + bit] = 1 - 2 * (double)(int32_t)(word >> bit & 1);
    }
  }
}

#endif
