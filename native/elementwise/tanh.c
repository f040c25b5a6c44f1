#include "elementary.h"

/*
 * tanh of src/numerics/elementary.ts, operation by operation: bytes are equal, in the fast kernels too, since no product is fused
 * with a sum.
 */

/* c0 + z c1 + w (c2 + z c3 + w c4). */
INLINE double tanh_polynomial(double z, double w, double c0, double c1, double c2, double c3, double c4) {
  const double low = c0 + z * c1;
  const double middle = c2 + z * c3;
  return low + w * (middle + w * c4);
}

INLINE double hyperbolic_tangent(double x) {
  const double size = fabs(x);
  const double doubled = fabs(x + x);
  const double y = 40 < doubled ? 40 : doubled;
  const double shifted = y * LOG2_E - 0.25 + ROUNDER;
  const double k = shifted - ROUNDER;
  const double r = y - k * LN2_HIGH - k * LN2_LOW;
  /* The low bits of the shifted number are k: the power of two is 1 with k added to its exponent. */
  const double power = from_bits((bits_of(shifted) << 52) + 0x3ff0000000000000u);
  const double z = r * r;
  const double w = z * z;
  const double even = tanh_polynomial(z, w, 0.16666666666666666, 0.008333333333331099, 0.00019841269848916912,
                                      2.7557375118933076e-6, 2.4863512907150836e-8);
  const double odd = tanh_polynomial(z, w, 0.04166666666666641, 0.001388888888940246, 2.4801584513629276e-5,
                                     2.7561140239854295e-7, 2.3897994657333198e-9);
  const double series = even + r * odd;
  const double tail = 0.5 * z + r * z * series;
  const double p = r + tail;
  const double scaled = p * power;
  const double small = tail - size * p;
  const double numerator = power == 1 ? small : scaled + (power - 1);
  const double quotient = numerator / (scaled + (power + 1));
  const double positive = (power == 1 ? size : 0) + quotient;
  return from_bits(bits_of(positive) | (bits_of(x) & 0x8000000000000000u));
}

INLINE void tanh_loop(int32_t length, const double *z, double *h, double *first, double *second) {
  APART
  for (int32_t i = 0; i < length; i++) {
    const double value = hyperbolic_tangent(z[i]);
    const double slope = 1 - value * value;
    h[i] = value;
    if (first) first[i] = slope;
    if (second) second[i] = -2 * (value * slope);
  }
}

/* h = tanh z, first = 1 - h^2, second = -2 h first; h may be z; `first` or `second` may be 0: not wanted. */
KERNEL(void, activateTanh, int32_t length, address z, address h, address first, address second) {
  const double *from = doubles(memory, z);
  double *to = doubles(memory, h);
  if (first && second) tanh_loop(length, from, to, doubles(memory, first), doubles(memory, second));
  else if (first) tanh_loop(length, from, to, doubles(memory, first), 0);
  else if (second) tanh_loop(length, from, to, 0, doubles(memory, second));
  else tanh_loop(length, from, to, 0, 0);
}
