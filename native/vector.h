/*
 * Vectors of float64s as wide as the machine's, for loops whose sums have to stay in registers from one turn to the next, or whose
 * lanes change places. Everything else is a plain loop.
 */
#ifndef PLATEAU_VECTOR_H
#define PLATEAU_VECTOR_H

#include "kernel.h"

/* A build may ask for vectors wider than the machine's, which the compiler then puts together: how those are tested without it. */
#if !defined(WIDTH)
#if defined(__AVX512F__)
#define WIDTH 8
#elif defined(__AVX__)
#define WIDTH 4
#else
#define WIDTH 2
#endif
#endif

typedef double Vector __attribute__((vector_size(8 * WIDTH)));
typedef double UnalignedVector __attribute__((vector_size(8 * WIDTH), aligned(8), may_alias));

INLINE Vector load_vector(const double *at) { return *(const UnalignedVector *)at; }
INLINE void store_vector(double *at, Vector value) { *(UnalignedVector *)at = value; }
INLINE Vector splat(double x) { return x - (Vector){0}; }

/* All bits of the lanes where something holds, as comparisons give them. */
typedef uint64_t Bits __attribute__((vector_size(8 * WIDTH)));
typedef int64_t Mask __attribute__((vector_size(8 * WIDTH)));

INLINE Vector select_lanes(Mask where, Vector a, Vector b) { return (Vector)((where & (Mask)a) | (~where & (Mask)b)); }
INLINE Vector keep_lanes(Mask where, Vector a) { return (Vector)(where & (Mask)a); }
INLINE Vector absolute(Vector x) { return (Vector)((Mask)x & (INT64_MAX - (Mask){0})); }

/* Lanes of a and b by number, those of b after those of a; `numbers` is the type of a vector of such. */
#if defined(__clang__)
#define SHUFFLE(numbers, a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(numbers, a, b, ...) __builtin_shuffle(a, b, (numbers){__VA_ARGS__})
#endif

INLINE bool any_lane(Mask where) {
  int64_t any = 0;
  for (int32_t i = 0; i < WIDTH; i++) any |= where[i];
  return any != 0;
}

INLINE bool all_lanes(Mask where) {
  int64_t all = -1;
  for (int32_t i = 0; i < WIDTH; i++) all &= where[i];
  return all != 0;
}

INLINE Vector square_roots(Vector x) {
  Vector roots;
  for (int32_t i = 0; i < WIDTH; i++) roots[i] = sqrt(x[i]);
  return roots;
}

#if defined(FUSED) && WIDTH == 8 && defined(__AVX512F__)
#include <immintrin.h>
INLINE Vector madd_vector(Vector a, Vector b, Vector c) { return (Vector)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c); }
#elif defined(FUSED) && WIDTH == 4 && defined(__FMA__)
#include <immintrin.h>
INLINE Vector madd_vector(Vector a, Vector b, Vector c) { return (Vector)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c); }
#elif defined(FUSED) && WIDTH == 2 && defined(__aarch64__)
#include <arm_neon.h>
INLINE Vector madd_vector(Vector a, Vector b, Vector c) {
  return (Vector)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b);
}
#else
INLINE Vector madd_vector(Vector a, Vector b, Vector c) { return a * b + c; }
#endif

/*
 * sum + *number * factors. A number that several products want, compilers load into all lanes of a register, once. AVX-512 has it from
 * memory with each product, which costs nothing where loads are not what a loop waits for; into a register, it takes a turn of the
 * adder on processors that do such vectors in halves (Zen 4).
 */
#if defined(__AVX512F__) && WIDTH == 8 && !defined(FUSED)
INLINE Vector add_product(Vector sum, const double *number, Vector factors) {
  Vector product;
  __asm__("vmulpd %1%{1to8%}, %2, %0" : "=v"(product) : "m"(*number), "v"(factors));
  return sum + product;
}
#else
INLINE Vector add_product(Vector sum, const double *number, Vector factors) {
  return madd_vector(splat(*number), factors, sum);
}
#endif

#if defined(__clang__)
#define UNROLLED _Pragma("clang loop unroll(full)")
#else
#define UNROLLED _Pragma("GCC unroll 8")
#endif

#endif
