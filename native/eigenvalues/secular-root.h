/*
 * Eigenvalues of diag(poles) + v v^T between or above given poles: src/numerics/diagonal-plus-rank-one.ts, operation by operation,
 * one root at a time. Poles are strictly ascending, masses v^2 positive. A root takes a few evaluations, and each is a sum in the
 * order of the poles.
 */
#ifndef PLATEAU_SECULAR_ROOT_H
#define PLATEAU_SECULAR_ROOT_H

#include "../kernel.h"

typedef struct {
  double pole;
  double mass;
} Pole;

/* The secular function at a point: value, derivatives of the parts below and above, sum of sizes. */
typedef struct {
  double value;
  double slope_below;
  double slope_above;
  double size;
} Secular;

/* Half a unit in the last place, twice. */
#define SECULAR_ROUNDING 2.220446049250313e-16

/* Terms `from` to `to` - 1, and their derivatives. */
INLINE double add_terms(const Pole *table, int32_t from, int32_t to, double base, double distance, double *slope) {
  double sum = 0;
  *slope = 0;
  for (int32_t j = from; j < to; j++) {
    const double gap = table[j].pole - base - distance;
    const double term = table[j].mass / gap;
    sum += term;
    *slope += term / gap;
  }
  return sum;
}

static Secular evaluate_secular(const Pole *table, int32_t count, int32_t k, int32_t origin, double distance) {
  Secular at;
  const double base = table[origin].pole;
  const double below = add_terms(table, 0, k + 1, base, distance, &at.slope_below);
  const double above = add_terms(table, k + 1, count, base, distance, &at.slope_above);
  at.value = 1 + below + above;
  at.size = 1 - below + above;
  return at;
}

/* Bounds on the distance of the root from its origin. */
INLINE void bracket_root(const Pole *table, int32_t count, int32_t k, int32_t origin, double *near, double *far) {
  const int32_t last = count - 1;
  if (k == last) {
    double total = 0;
    for (int32_t j = 0; j <= last; j++) total += table[j].mass;
    *near = table[k].mass;
    *far = total;
    return;
  }
  const double half = (table[k + 1].pole - table[k].pole) / 2;
  const bool below = origin == k;
  const int32_t end = below ? last : k;
  double bound = below ? 1 : 0;
  for (int32_t j = below ? k + 1 : 0; j <= end; j++) {
    bound += table[j].mass / (fabs(table[j].pole - table[origin].pole) - half);
  }
  const double least = table[origin].mass / bound;
  *near = least < half ? least : half;
  *far = half;
}

/* Root of the rational function with the same value and slopes and poles at the two distances, by its stable form. */
INLINE double step_between_poles(Secular at, double left, double right) {
  const double c = at.value - left * at.slope_below - right * at.slope_above;
  const double b = (left + right) * at.value - left * right * (at.slope_below + at.slope_above);
  const double w = left * right * at.value;
  const double discriminant = b * b - 4 * c * w;
  const double root = sqrt(discriminant > 0 ? discriminant : discriminant != discriminant ? discriminant : 0);
  return b > 0 ? 2 * w / (b + root) : (b - root) / (2 * c);
}

INLINE double step_after_last_pole(Secular at, double left) {
  const double rest = at.value - at.slope_below * left;
  return left + at.slope_below * left * left / rest;
}

static double distance_from_pole(const Pole *table, int32_t count, int32_t k, int32_t origin) {
  const double sign = origin == k ? 1 : -1;
  const bool next = k + 1 < count;
  const double left = table[k].pole - table[origin].pole;
  const double right = next ? table[k + 1].pole - table[origin].pole : INFINITY;
  double low, high;
  bracket_root(table, count, k, origin, &low, &high);
  double distance = sign * (next ? high : low);
  for (;;) {
    const Secular at = evaluate_secular(table, count, k, origin, distance);
    if (fabs(at.value) <= SECULAR_ROUNDING * at.size) return distance;
    if ((at.value > 0) == (sign > 0)) high = fabs(distance);
    else low = fabs(distance);
    if (high - low <= SECULAR_ROUNDING * high) return distance;
    const double step =
        next ? step_between_poles(at, left - distance, right - distance) : step_after_last_pole(at, left - distance);
    const double proposed = distance + step;
    if (proposed == distance) return distance;
    const bool inside = sign * proposed > low && sign * proposed < high;
    distance = inside ? proposed : sign * sqrt(low) * sqrt(high);
    if (!(sign * distance > low && sign * distance < high)) return distance;
  }
}

/* The eigenvalue above pole k and below the next one, where there is one. */
static double root_after_pole(const Pole *table, int32_t count, int32_t k) {
  int32_t origin = k;
  if (k != count - 1) {
    const double half = (table[k + 1].pole - table[k].pole) / 2;
    if (!(evaluate_secular(table, count, k, k, half).value >= 0)) origin = k + 1;
  }
  return table[origin].pole + distance_from_pole(table, count, k, origin);
}

#endif
