/* Threefry 4x32 with 20 rounds (src/numerics/threefry.ts) of a chunk of counters: a lane is a block of a stream. */
#ifndef PLATEAU_THREEFRY_H
#define PLATEAU_THREEFRY_H

#include "../vector.h"

/*
 * Blocks that are drawn at a time: 4 KiB of words and as much of values stay in the nearest cache. Loops over a chunk run to a
 * multiple of 16, the lanes of the widest vector, and what they make beyond the blocks that are wanted is not looked at.
 */
#define CHUNK 256
#define LANES_FULL(count) (((count) + 15) & ~15)

/* The four words of each counter, which become the four words of its block. */
typedef struct {
  _Alignas(64) uint32_t word[4][CHUNK];
} Blocks;

/* The four words of a key and their parity; the host keeps room for 384 bytes. */
typedef struct {
  uint32_t word[5];
} Key;

INLINE Key key_at(char *memory, address at) {
  Key key;
  memcpy(&key, memory + at, sizeof key);
  return key;
}

typedef uint32_t Words __attribute__((vector_size(8 * WIDTH)));
typedef uint32_t UnalignedWords __attribute__((vector_size(8 * WIDTH), aligned(4), may_alias));

#define WORD_LANES (2 * WIDTH)
/* Vectors of blocks that go side by side: a word waits for the one before it, and while it does the other vector's are mixed. */
#define SIDE_BY_SIDE 2

INLINE Words rotate(Words x, int bits) { return x << bits | x >> (32 - bits); }

/* The four words of blocks side by side. */
typedef struct {
  Words word[4][SIDE_BY_SIDE];
} Mixed;

INLINE void inject(Mixed *x, Key key, int vectors, uint32_t n) {
  UNROLLED for (int v = 0; v < vectors; v++) {
    x->word[0][v] += key.word[n % 5];
    x->word[1][v] += key.word[(n + 1) % 5];
    x->word[2][v] += key.word[(n + 2) % 5];
    x->word[3][v] += key.word[(n + 3) % 5] + n;
  }
}

/* One round: word 0 with word `b`, word 2 with word `d`. */
INLINE void mix(Mixed *x, int vectors, int b, int bits, int d, int other_bits) {
  UNROLLED for (int v = 0; v < vectors; v++) {
    x->word[0][v] += x->word[b][v];
    x->word[2][v] += x->word[d][v];
  }
  UNROLLED for (int v = 0; v < vectors; v++) {
    x->word[b][v] = rotate(x->word[b][v], bits) ^ x->word[0][v];
    x->word[d][v] = rotate(x->word[d][v], other_bits) ^ x->word[2][v];
  }
}

INLINE void mix_evenly(Mixed *x, int vectors) {
  mix(x, vectors, 1, 10, 3, 26);
  mix(x, vectors, 3, 11, 1, 21);
  mix(x, vectors, 1, 13, 3, 27);
  mix(x, vectors, 3, 23, 1, 5);
}

INLINE void mix_oddly(Mixed *x, int vectors) {
  mix(x, vectors, 1, 6, 3, 20);
  mix(x, vectors, 3, 17, 1, 11);
  mix(x, vectors, 1, 25, 3, 10);
  mix(x, vectors, 3, 18, 1, 20);
}

/* Counters from `at` on by their blocks. */
INLINE void mix_blocks(Key key, Blocks *blocks, int32_t at, int vectors) {
  Mixed x;
  UNROLLED for (int w = 0; w < 4; w++) {
    UNROLLED for (int v = 0; v < vectors; v++) {
      x.word[w][v] = *(const UnalignedWords *)&blocks->word[w][at + v * WORD_LANES];
    }
  }
  inject(&x, key, vectors, 0);
  mix_evenly(&x, vectors);
  inject(&x, key, vectors, 1);
  mix_oddly(&x, vectors);
  inject(&x, key, vectors, 2);
  mix_evenly(&x, vectors);
  inject(&x, key, vectors, 3);
  mix_oddly(&x, vectors);
  inject(&x, key, vectors, 4);
  mix_evenly(&x, vectors);
  inject(&x, key, vectors, 5);
  UNROLLED for (int w = 0; w < 4; w++) {
    UNROLLED for (int v = 0; v < vectors; v++) {
      *(UnalignedWords *)&blocks->word[w][at + v * WORD_LANES] = x.word[w][v];
    }
  }
}

/* Replaces the first `count` counters by their blocks. */
SHARED void threefry(Key key, Blocks *blocks, int32_t count) {
  const int32_t lanes = LANES_FULL(count);
  int32_t at = 0;
  for (; at + SIDE_BY_SIDE * WORD_LANES <= lanes; at += SIDE_BY_SIDE * WORD_LANES) {
    mix_blocks(key, blocks, at, SIDE_BY_SIDE);
  }
  for (; at < lanes; at += WORD_LANES) mix_blocks(key, blocks, at, 1);
}

#endif
