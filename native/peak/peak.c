#include "../vector.h"

/* What one core does at most with these instructions, in registers only; the host counts the operations. */

/* Values that do not wait for each other: as many as hide the latency of one operation, in pairs. */
#define PAIRS 6

typedef float SingleVector __attribute__((vector_size(8 * WIDTH)));
typedef uint32_t WordVector __attribute__((vector_size(8 * WIDTH)));

/*
 * What is done to a pair stays together: compilers would deal multiplications and additions out in turn, at which processors whose
 * adders are apart from their multipliers (Zen 4) lose a sixth of their rate.
 */
#if defined(__aarch64__)
#define TOGETHER(a, b) __asm__ volatile("" : "+w"(a), "+w"(b))
#elif defined(__AVX512F__) && WIDTH == 8
#define TOGETHER(a, b) __asm__ volatile("" : "+v"(a), "+v"(b))
#elif defined(__x86_64__) && (WIDTH == 2 || (defined(__AVX__) && WIDTH == 4))
#define TOGETHER(a, b) __asm__ volatile("" : "+x"(a), "+x"(b))
#else
#define TOGETHER(a, b) ((void)0)
#endif

#if defined(FUSED) && WIDTH == 8 && defined(__AVX512F__)
INLINE SingleVector madd_singles(SingleVector a, SingleVector b, SingleVector c) {
  return (SingleVector)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
#elif defined(FUSED) && WIDTH == 4 && defined(__FMA__)
INLINE SingleVector madd_singles(SingleVector a, SingleVector b, SingleVector c) {
  return (SingleVector)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
#elif defined(FUSED) && WIDTH == 2 && defined(__aarch64__)
INLINE SingleVector madd_singles(SingleVector a, SingleVector b, SingleVector c) {
  return (SingleVector)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}
#elif defined(FUSED)
INLINE SingleVector madd_singles(SingleVector a, SingleVector b, SingleVector c) { return a * b + c; }
#endif

/* One multiply-add on both of a pair. */
#ifdef FUSED
#define MULTIPLY_ADD(fused, a, b, factors, terms) \
  do {                                            \
    (a) = fused(a, factors, terms);               \
    (b) = fused(b, factors, terms);               \
  } while (0)
#else
#define MULTIPLY_ADD(fused, a, b, factors, terms) \
  do {                                            \
    (a) = (a) * (factors);                        \
    (b) = (b) * (factors);                        \
    TOGETHER(a, b);                               \
    (a) = (a) + (terms);                          \
    (b) = (b) + (terms);                          \
    TOGETHER(a, b);                               \
  } while (0)
#endif

/* Float64 lanes of a vector; float32s and words have twice as many. */
KERNEL_WITHOUT_MEMORY(int32_t, vectorLanes, void) { return WIDTH; }

/* `rounds` multiply-adds on each of 12 vectors. */
KERNEL_WITHOUT_MEMORY(double, peakDouble, int32_t rounds, double factor, double term) {
  Vector one[PAIRS], other[PAIRS];
  const Vector factors = splat(factor), terms = splat(term);
  UNROLLED for (int32_t i = 0; i < PAIRS; i++) {
    one[i] = terms + i;
    other[i] = terms - i;
  }
  for (int32_t round = 0; round < rounds; round++) {
    UNROLLED for (int32_t i = 0; i < PAIRS; i++) MULTIPLY_ADD(madd_vector, one[i], other[i], factors, terms);
  }
  Vector sum = splat(0);
  UNROLLED for (int32_t i = 0; i < PAIRS; i++) sum = sum + one[i] + other[i];
  return sum[0] + sum[1];
}

/* The same in float32. */
KERNEL_WITHOUT_MEMORY(float, peakSingle, int32_t rounds, float factor, float term) {
  SingleVector one[PAIRS], other[PAIRS];
  const SingleVector factors = factor - (SingleVector){0}, terms = term - (SingleVector){0};
  UNROLLED for (int32_t i = 0; i < PAIRS; i++) {
    one[i] = terms + (float)i;
    other[i] = terms - (float)i;
  }
  for (int32_t round = 0; round < rounds; round++) {
    UNROLLED for (int32_t i = 0; i < PAIRS; i++) MULTIPLY_ADD(madd_singles, one[i], other[i], factors, terms);
  }
  SingleVector sum = {0};
  UNROLLED for (int32_t i = 0; i < PAIRS; i++) sum = sum + one[i] + other[i];
  return sum[0] + sum[1];
}

/* `rounds` turns of addition, rotation (3 operations) and exclusive or on each of 6 vectors of words. */
KERNEL_WITHOUT_MEMORY(uint32_t, peakWords, int32_t rounds, uint32_t start) {
  WordVector values[PAIRS];
  const WordVector key = start - (WordVector){0};
  for (int32_t i = 0; i < PAIRS; i++) values[i] = key + (uint32_t)(2 * i + 1);
  for (int32_t round = 0; round < rounds; round++) {
    for (int32_t i = 0; i < PAIRS; i++) {
      const WordVector sum = values[i] + key;
      values[i] = (sum << 13 | sum >> 19) ^ key;
    }
  }
  WordVector all = {0};
  for (int32_t i = 0; i < PAIRS; i++) all = all + values[i];
  return all[0];
}

/* a[i] = b[i] + factor * c[i]: 24 bytes of traffic each. */
KERNEL(void, triad, address a, address b, address c, double factor, int32_t count) {
  double *to = doubles(memory, a);
  const double *x = doubles(memory, b), *y = doubles(memory, c);
  APART
  for (int32_t i = 0; i < count; i++) to[i] = x[i] + factor * y[i];
}
