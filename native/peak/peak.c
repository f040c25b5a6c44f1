#include "../vector.h"

/* What one core does at most with these instructions, in registers only; the host counts the operations. */

/* Values that do not wait for each other: as many as hide the latency of one operation. */
#define APART_VALUES 12

typedef float SingleVector __attribute__((vector_size(8 * WIDTH)));
typedef uint32_t WordVector __attribute__((vector_size(8 * WIDTH)));

/* Float64 lanes of a vector; float32s and words have twice as many. */
KERNEL_WITHOUT_MEMORY(int32_t, vectorLanes, void) { return WIDTH; }

/* `rounds` multiply-adds on each of 12 vectors. */
KERNEL_WITHOUT_MEMORY(double, peakDouble, int32_t rounds, double factor, double term) {
  Vector values[APART_VALUES];
  UNROLLED for (int32_t i = 0; i < APART_VALUES; i++) values[i] = splat(term + i);
  for (int32_t round = 0; round < rounds; round++) {
    for (int32_t i = 0; i < APART_VALUES; i++) values[i] = madd_vector(values[i], splat(factor), splat(term));
  }
  Vector sum = splat(0);
  for (int32_t i = 0; i < APART_VALUES; i++) sum = sum + values[i];
  return sum[0] + sum[1];
}

/* The same in float32, multiplication and addition apart. */
KERNEL_WITHOUT_MEMORY(float, peakSingle, int32_t rounds, float factor, float term) {
  SingleVector values[APART_VALUES];
  for (int32_t i = 0; i < APART_VALUES; i++) values[i] = term + (float)i - (SingleVector){0};
  for (int32_t round = 0; round < rounds; round++) {
    for (int32_t i = 0; i < APART_VALUES; i++) values[i] = values[i] * factor + term;
  }
  SingleVector sum = {0};
  for (int32_t i = 0; i < APART_VALUES; i++) sum = sum + values[i];
  return sum[0] + sum[1];
}

/* `rounds` turns of addition, rotation (3 operations) and exclusive or on each of 6 vectors of words. */
KERNEL_WITHOUT_MEMORY(uint32_t, peakWords, int32_t rounds, uint32_t start) {
  WordVector values[APART_VALUES / 2];
  const WordVector key = start - (WordVector){0};
  for (int32_t i = 0; i < APART_VALUES / 2; i++) values[i] = key + (uint32_t)(2 * i + 1);
  for (int32_t round = 0; round < rounds; round++) {
    for (int32_t i = 0; i < APART_VALUES / 2; i++) {
      const WordVector sum = values[i] + key;
      values[i] = (sum << 13 | sum >> 19) ^ key;
    }
  }
  WordVector all = {0};
  for (int32_t i = 0; i < APART_VALUES / 2; i++) all = all + values[i];
  return all[0];
}

/* a[i] = b[i] + factor * c[i]: 24 bytes of traffic each. */
KERNEL(void, triad, address a, address b, address c, double factor, int32_t count) {
  double *to = doubles(memory, a);
  const double *x = doubles(memory, b), *y = doubles(memory, c);
  APART
  for (int32_t i = 0; i < count; i++) to[i] = x[i] + factor * y[i];
}
