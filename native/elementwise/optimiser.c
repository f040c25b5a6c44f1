#include "../kernel.h"

/*
 * Steps of the optimisers, elementwise and in place, in the order of roundings of src/lab/reference/optimiser-step.ts. Where the
 * denominator is exactly 0 the entry does not move.
 */

/* m = momentum m + g; w -= rate m. */
KERNEL(void, momentumStep, int32_t length, double rate, double momentum, address w, address g, address m) {
  double *weight = doubles(memory, w), *mean = doubles(memory, m);
  const double *gradient = doubles(memory, g);
  const double back = -rate;
  APART
  for (int32_t i = 0; i < length; i++) {
    const double now = MADD(momentum, mean[i], gradient[i]);
    mean[i] = now;
    weight[i] = MADD(back, now, weight[i]);
  }
}

/* w -= rate sign(g). */
KERNEL(void, signStep, int32_t length, double rate, address w, address g) {
  double *weight = doubles(memory, w);
  const double *gradient = doubles(memory, g);
  const double back = -rate;
  APART
  for (int32_t i = 0; i < length; i++) {
    const double above = gradient[i] > 0 ? 1 : 0;
    const double below = gradient[i] < 0 ? 1 : 0;
    weight[i] = MADD(back, above - below, weight[i]);
  }
}

/* w -= rate (g / denominator). */
KERNEL(void, quotientStep, int32_t length, double rate, double denominator, address w, address g) {
  double *weight = doubles(memory, w);
  const double *gradient = doubles(memory, g);
  const double back = -rate;
  APART
  for (int32_t i = 0; i < length; i++) weight[i] = MADD(back, gradient[i] / denominator, weight[i]);
}

/* w - rate direction / (sqrt(v) + epsilon). */
INLINE double moved_over_root(double w, double direction, double v, double back, double epsilon) {
  const double denominator = sqrt(v) + epsilon;
  const double moved = MADD(back, direction / denominator, w);
  return denominator != 0 ? moved : w;
}

/* v = decay v + rest g^2; w -= rate g / (sqrt(v) + epsilon). Adagrad's decay and rest are 1. */
KERNEL(void, rootStep, int32_t length, double rate, double decay, double rest, double epsilon, address w, address g,
       address v) {
  double *weight = doubles(memory, w), *square = doubles(memory, v);
  const double *gradient = doubles(memory, g);
  const double back = -rate;
  APART
  for (int32_t i = 0; i < length; i++) {
    const double now = MADD(decay, square[i], rest * (gradient[i] * gradient[i]));
    square[i] = now;
    weight[i] = moved_over_root(weight[i], gradient[i], now, back, epsilon);
  }
}

/* m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w -= rate m / (sqrt(v square) + epsilon). */
KERNEL(void, adamStep, int32_t length, double rate, double square, double beta1, double beta2, double epsilon,
       address w, address g, address m, address v) {
  double *weight = doubles(memory, w), *mean = doubles(memory, m), *mean_square = doubles(memory, v);
  const double *gradient = doubles(memory, g);
  const double back = -rate, take1 = 1 - beta1, take2 = 1 - beta2;
  APART
  for (int32_t i = 0; i < length; i++) {
    const double first = MADD(beta1, mean[i], take1 * gradient[i]);
    const double second = MADD(beta2, mean_square[i], take2 * (gradient[i] * gradient[i]));
    mean[i] = first;
    mean_square[i] = second;
    weight[i] = moved_over_root(weight[i], first, second * square, back, epsilon);
  }
}
