/* Threefry 4x32 with 20 rounds (src/numerics/threefry.ts) of a chunk of counters: a lane is a block of a stream. */
#ifndef PLATEAU_THREEFRY_H
#define PLATEAU_THREEFRY_H

#include "../kernel.h"

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

INLINE uint32_t rotate(uint32_t x, int bits) { return x << bits | x >> (32 - bits); }

#define MIX(a, b, bits)  \
  do {                   \
    a += b;              \
    b = rotate(b, bits) ^ a; \
  } while (0)

#define INJECT(n)                        \
  do {                                   \
    x0 += key.word[(n) % 5];             \
    x1 += key.word[((n) + 1) % 5];       \
    x2 += key.word[((n) + 2) % 5];       \
    x3 += key.word[((n) + 3) % 5] + (n); \
  } while (0)

#define ROUNDS_EVEN \
  MIX(x0, x1, 10);  \
  MIX(x2, x3, 26);  \
  MIX(x0, x3, 11);  \
  MIX(x2, x1, 21);  \
  MIX(x0, x1, 13);  \
  MIX(x2, x3, 27);  \
  MIX(x0, x3, 23);  \
  MIX(x2, x1, 5)

#define ROUNDS_ODD \
  MIX(x0, x1, 6);  \
  MIX(x2, x3, 20); \
  MIX(x0, x3, 17); \
  MIX(x2, x1, 11); \
  MIX(x0, x1, 25); \
  MIX(x2, x3, 10); \
  MIX(x0, x3, 18); \
  MIX(x2, x1, 20)

/* Replaces the first `count` counters by their blocks. */
SHARED void threefry(Key key, Blocks *blocks, int32_t count) {
  const int32_t lanes = LANES_FULL(count);
  uint32_t *restrict w0 = blocks->word[0];
  uint32_t *restrict w1 = blocks->word[1];
  uint32_t *restrict w2 = blocks->word[2];
  uint32_t *restrict w3 = blocks->word[3];
  for (int32_t i = 0; i < lanes; i++) {
    uint32_t x0 = w0[i], x1 = w1[i], x2 = w2[i], x3 = w3[i];
    INJECT(0);
    ROUNDS_EVEN;
    INJECT(1);
    ROUNDS_ODD;
    INJECT(2);
    ROUNDS_EVEN;
    INJECT(3);
    ROUNDS_ODD;
    INJECT(4);
    ROUNDS_EVEN;
    INJECT(5);
    w0[i] = x0;
    w1[i] = x1;
    w2[i] = x2;
    w3[i] = x3;
  }
}

#endif
