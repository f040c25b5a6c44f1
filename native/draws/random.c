#include "fills.h"

/* Puts the four words of a key, and their parity with Skein's constant, where the other kernels look for them. */
KERNEL(void, prepareKey, address key, uint32_t k0, uint32_t k1, uint32_t k2, uint32_t k3) {
  const Key prepared = {{k0, k1, k2, k3, 0x1bd11bdau ^ k0 ^ k1 ^ k2 ^ k3}};
  memcpy(memory + key, &prepared, sizeof prepared);
}

/* The 32-bit words themselves, four a block; the first block's counter is given by its low and its high word. */
KERNEL(void, fillWords, uint32_t low, uint32_t high, uint32_t replicate, uint32_t lane, address key, address out,
       int32_t blocks) {
  uint64_t block = (uint64_t)high << 32 | low;
  uint32_t *to = words(memory, out);
  Blocks drawn;
  for (int32_t from = 0; from < blocks; from += CHUNK, block += CHUNK) {
    const int32_t here = lesser(blocks - from, CHUNK);
    draw_blocks(key_at(memory, key), block, replicate, lane, here, &drawn);
    for (int32_t i = 0; i < here; i++) {
      for (int32_t word = 0; word < 4; word++) to[4 * (from + i) + word] = drawn.word[word][i];
    }
  }
}

KERNEL(void, fillGaussian, double firstBlock, uint32_t replicate, uint32_t lane, address key, address out,
       int32_t count) {
  fill_gaussian(key_at(memory, key), (uint64_t)firstBlock, replicate, lane, doubles(memory, out), count);
}

/* Standard normals of four replicates, from `replicate` on, side by side: value i of the j-th is at out[4 i + j]. */
KERNEL(void, fillGaussianOfFour, double firstBlock, uint32_t replicate, uint32_t lane, address key, address out,
       int32_t count) {
  const uint32_t starts[4] = {(uint32_t)firstBlock, (uint32_t)firstBlock, (uint32_t)firstBlock, (uint32_t)firstBlock};
  double *to = doubles(memory, out);
  Blocks blocks;
  Values values;
  for (int32_t from = 0; from < count; from += CHUNK / 2) {
    const int32_t here = lesser(count - from, CHUNK / 2);
    const int32_t rows = (here + 1) / 2;
    draw_side_by_side(key_at(memory, key), starts, (uint32_t)from / 2, replicate, lane, 4, rows, &blocks);
    to_gaussians(&blocks, 4 * rows, &values);
    for (int32_t i = 0; i < here; i++) {
      const double *drawn = i & 1 ? values.second : values.first;
      for (int32_t j = 0; j < 4; j++) to[4 * (from + i) + j] = drawn[4 * (i / 2) + j];
    }
  }
}

KERNEL(void, fillUniform, double position, uint32_t replicate, uint32_t lane, address key, address out,
       int32_t count) {
  fill_uniform(key_at(memory, key), (uint64_t)position, replicate, lane, doubles(memory, out), count);
}

KERNEL(void, fillRademacher, double firstBlock, uint32_t replicate, uint32_t lane, address key, address out,
       int32_t count) {
  fill_rademacher(key_at(memory, key), (uint64_t)firstBlock, replicate, lane, doubles(memory, out), count);
}
