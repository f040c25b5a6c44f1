#ifndef PLATEAU_ELEMENTWISE_H
#define PLATEAU_ELEMENTWISE_H

#include "../kernel.h"

/* y += alpha * x. */
INLINE void add_multiple(int32_t length, double alpha, const double *x, double *y) {
  APART
  for (int32_t i = 0; i < length; i++) y[i] = MADD(alpha, x[i], y[i]);
}

#endif
