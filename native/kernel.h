/*
 * What every kernel rests on. A kernel takes the base of the engine's memory and addresses in it: bytes, counted from that base, so
 * that what is laid out there means the same after the memory has moved, and 32 bits are enough. Offset 0 says "not wanted".
 *
 * One translation unit a set of instructions (kernels.c), whose functions carry the set's name: all that is static is compiled
 * for that set, and nothing has to be inlined across files.
 */
#ifndef PLATEAU_KERNEL_H
#define PLATEAU_KERNEL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#ifndef VARIANT
#error "VARIANT requires the name of the set of instructions"
#endif

#define JOIN_NAMES(variant, name) variant##_##name
#define JOIN(variant, name) JOIN_NAMES(variant, name)

#if defined(_WIN32)
#define SHOWN __declspec(dllexport)
#else
#define SHOWN __attribute__((visibility("default")))
#endif

/* The build reads these lines: they are how the host learns the signatures. `address` is a position in the memory. */
#define KERNEL(result, name, ...) SHOWN result JOIN(VARIANT, name)(char *restrict memory, __VA_ARGS__)

#define KERNEL_WITHOUT_MEMORY(result, name, ...) SHOWN result JOIN(VARIANT, name)(__VA_ARGS__)

typedef uint32_t address;

#define INLINE static inline __attribute__((always_inline))
/* Long loops that many kernels have in common, compiled once. */
#define SHARED static __attribute__((noinline, unused))

/* The iterations that follow do not depend on each other, whatever the compiler can see: an output may be an input of its own place. */
#if defined(__clang__)
#define APART _Pragma("clang loop vectorize(assume_safety)")
#else
#define APART _Pragma("GCC ivdep")
#endif

INLINE double *doubles(char *memory, address at) { return (double *)(memory + at); }
INLINE float *floats(char *memory, address at) { return (float *)(memory + at); }
INLINE int32_t *integers(char *memory, address at) { return (int32_t *)(memory + at); }
INLINE uint32_t *words(char *memory, address at) { return (uint32_t *)(memory + at); }

INLINE int32_t lesser(int32_t a, int32_t b) { return a < b ? a : b; }
INLINE int32_t greater(int32_t a, int32_t b) { return a > b ? a : b; }

INLINE uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE uint32_t single_bits(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE float from_single_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/*
 * a * b + c. Two roundings in the plain kernels, so that their bytes are those of the reference; one fused rounding in the fast
 * ones, on machines that have it.
 */
#ifdef FUSED
#define MADD(a, b, c) __builtin_fma(a, b, c)
#define MADD_SINGLE(a, b, c) __builtin_fmaf(a, b, c)
#else
#define MADD(a, b, c) ((a) * (b) + (c))
#define MADD_SINGLE(a, b, c) ((a) * (b) + (c))
#endif

#endif
