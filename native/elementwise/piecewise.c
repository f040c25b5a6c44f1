#include "../kernel.h"

/* Piecewise linear activations and their slopes; the slope at 0 and at NaN is the one below 0. `h` may be `z`. */

/* h = z where z > 0 or is NaN, else +0. */
KERNEL(void, rectify, int32_t length, address z, address h) {
  const double *from = doubles(memory, z);
  double *to = doubles(memory, h);
  APART
  for (int32_t i = 0; i < length; i++) to[i] = from[i] <= 0 ? 0 : from[i];
}

/* `rectify` and its slopes, 1 or 0, in one pass. */
KERNEL(void, rectifyWithSlopes, int32_t length, address z, address h, address first) {
  const double *from = doubles(memory, z);
  double *to = doubles(memory, h), *slope = doubles(memory, first);
  APART
  for (int32_t i = 0; i < length; i++) {
    const double value = from[i];
    to[i] = value <= 0 ? 0 : value;
    slope[i] = value > 0 ? 1 : 0;
  }
}

/* h = z where z > 0, else slope * z. */
KERNEL(void, leak, int32_t length, double slope, address z, address h) {
  const double *from = doubles(memory, z);
  double *to = doubles(memory, h);
  APART
  for (int32_t i = 0; i < length; i++) to[i] = from[i] > 0 ? from[i] : slope * from[i];
}

/* out = 1 where z > 0, else slope. */
KERNEL(void, slopes, int32_t length, double slope, address z, address out) {
  const double *from = doubles(memory, z);
  double *to = doubles(memory, out);
  APART
  for (int32_t i = 0; i < length; i++) to[i] = from[i] > 0 ? 1 : slope;
}
