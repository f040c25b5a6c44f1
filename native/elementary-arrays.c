#include "elementary.h"

/* The elementary functions of arrays of float64s; `out` may be `x`. A block is done in one go where none of its numbers is unusual. */
#define USUAL_BLOCK 64

/* out = ln x. */
KERNEL(void, logArray, int32_t count, address x, address out) {
  const double *from = doubles(memory, x);
  double *to = doubles(memory, out);
  for (int32_t start = 0; start < count; start += USUAL_BLOCK) {
    const int32_t end = lesser(start + USUAL_BLOCK, count);
    int32_t unusual = 0;
    for (int32_t i = start; i < end; i++) unusual |= !(from[i] >= 0x1p-1022 && from[i] < INFINITY);
    if (unusual) {
      for (int32_t i = start; i < end; i++) to[i] = natural_log(from[i]);
    } else {
      APART
      for (int32_t i = start; i < end; i++) to[i] = log_of_normal(from[i]);
    }
  }
}

/* out = e^x. */
KERNEL(void, expArray, int32_t count, address x, address out) {
  const double *from = doubles(memory, x);
  double *to = doubles(memory, out);
  for (int32_t start = 0; start < count; start += USUAL_BLOCK) {
    const int32_t end = lesser(start + USUAL_BLOCK, count);
    int32_t unusual = 0;
    for (int32_t i = start; i < end; i++) unusual |= !(from[i] >= -707 && from[i] <= 709);
    if (unusual) {
      for (int32_t i = start; i < end; i++) to[i] = exponential(from[i]);
    } else {
      APART
      for (int32_t i = start; i < end; i++) to[i] = exp_of_moderate(from[i]);
    }
  }
}
