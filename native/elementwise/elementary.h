/* Logarithm and exponential of src/numerics/elementary.ts, operation by operation: bytes are equal. */
#ifndef PLATEAU_ELEMENTARY_H
#define PLATEAU_ELEMENTARY_H

#include "../kernel.h"

#define LN2_HIGH 0.6931471803691238
#define LN2_LOW 1.9082149292705877e-10

/* Natural logarithm of a positive, finite, normal number. */
INLINE double log_of_normal(double x) {
  /* 1 - sqrt(1/2) in units of the exponent field, the exponent field of 2^52, the mantissa, sqrt(1/2). */
  const uint64_t shifted = bits_of(x) + 0x00095f6200000000u;
  const double k = from_bits(shifted >> 52 | 0x4330000000000000u) - 4503599627371519.0;
  const double f = from_bits((shifted & 0x000fffffffffffffu) + 0x3fe6a09e00000000u) - 1;
  const double s = f / (2 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (0.3999999999940942 + w * (0.22222198432149784 + w * 0.15313837699209373));
  const double odd =
      z * (0.6666666666666735 + w * (0.2857142874366239 + w * (0.1818357216161805 + w * 0.14798198605116586)));
  const double half_square = 0.5 * f * f;
  const double tail = s * (half_square + (even + odd)) + k * LN2_LOW;
  return k * LN2_HIGH - (half_square - tail - f);
}

static inline double log_of_unusual(double x) {
  if (x == 0) return -INFINITY;
  if (x > 0 && x < INFINITY) return log_of_normal(x * 18014398509481984.0) - 54 * LN2_HIGH - 54 * LN2_LOW;
  return x > 0 ? INFINITY : NAN;
}

/* Natural logarithm: 0 gives -infinity; negative numbers and NaN give NaN. */
INLINE double natural_log(double x) {
  return x >= 0x1p-1022 && x < INFINITY ? log_of_normal(x) : log_of_unusual(x);
}

/* exp(high - low) for a difference of at most ln 2 / 2. */
INLINE double reduced_exp(double high, double low) {
  const double r = high - low;
  const double z = r * r;
  const double inner = 6.613756321437934e-5 + z * (-1.6533902205465252e-6 + z * 4.1381367970572385e-8);
  const double c = r - z * (0.16666666666666602 + z * (-0.0027777777777015593 + z * inner));
  return 1 + (r * c / (2 - c) - low + high);
}

#define LOG2_E 1.4426950408889634
/* 1.5 * 2^52: added and taken away it rounds to an integer and leaves that in the low bits. */
#define ROUNDER 6755399441055744.0

/* Exponential of a number in [-707, 709], where the power of two and the result are normal. */
INLINE double exp_of_moderate(double x) {
  const double whole = trunc(x * LOG2_E + copysign(0.5, x));
  const double shifted = whole + ROUNDER;
  const double k = shifted - ROUNDER;
  return reduced_exp(x - k * LN2_HIGH, k * LN2_LOW) * from_bits((bits_of(shifted) << 52) + 0x3ff0000000000000u);
}

INLINE double power_of_two(int32_t k) { return from_bits((uint64_t)(k + 0x3ff) << 52); }

static inline double exp_of_extreme(double x) {
  if (!(x <= 709.782712893384)) return x > 0 ? INFINITY : NAN;
  if (x < -745.1332191019412) return 0;
  const int32_t k = (int32_t)(x * LOG2_E + (x < 0 ? -0.5 : 0.5));
  const double y = reduced_exp(x - k * LN2_HIGH, k * LN2_LOW);
  if (k < -1021) return y * power_of_two(k + 1000) * 9.332636185032189e-302;
  if (k > 1023) return y * 2 * power_of_two(k - 1);
  return y * power_of_two(k);
}

/* Exponential: infinity above 709.78, 0 below -745.13, gradual underflow before that; NaN gives NaN. */
INLINE double exponential(double x) { return x >= -707 && x <= 709 ? exp_of_moderate(x) : exp_of_extreme(x); }

/* Numbers that are done in one go where none of them is unusual. */
#define USUAL_BLOCK 64

/* out = ln x; `out` may be `x`. */
static inline void logs_of(int32_t count, const double *x, double *out) {
  for (int32_t start = 0; start < count; start += USUAL_BLOCK) {
    const int32_t end = lesser(start + USUAL_BLOCK, count);
    int32_t unusual = 0;
    for (int32_t i = start; i < end; i++) unusual |= !(x[i] >= 0x1p-1022 && x[i] < INFINITY);
    if (unusual) {
      for (int32_t i = start; i < end; i++) out[i] = natural_log(x[i]);
    } else {
      APART
      for (int32_t i = start; i < end; i++) out[i] = log_of_normal(x[i]);
    }
  }
}

/* out = e^x; `out` may be `x`. */
static inline void exponentials_of(int32_t count, const double *x, double *out) {
  for (int32_t start = 0; start < count; start += USUAL_BLOCK) {
    const int32_t end = lesser(start + USUAL_BLOCK, count);
    int32_t unusual = 0;
    for (int32_t i = start; i < end; i++) unusual |= !(x[i] >= -707 && x[i] <= 709);
    if (unusual) {
      for (int32_t i = start; i < end; i++) out[i] = exponential(x[i]);
    } else {
      APART
      for (int32_t i = start; i < end; i++) out[i] = exp_of_moderate(x[i]);
    }
  }
}

#endif
