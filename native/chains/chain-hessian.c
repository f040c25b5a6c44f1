#include "../elementwise/elementary.h"
#include "../eigenvalues/secular-root.h"

/* Merges runs of 1, 2, 4, ... into an ascending, stable order; gives where the result is: `records` or `spare`. */
static Pole *sort_poles(Pole *records, Pole *spare, int32_t count) {
  Pole *from = records;
  Pole *to = spare;
  for (int64_t run = 1; run < count; run *= 2) {
    for (int64_t start = 0; start < count; start += 2 * run) {
      const int64_t middle = start + run < count ? start + run : count;
      const int64_t end = middle + run < count ? middle + run : count;
      int64_t a = start, b = middle;
      for (int64_t out = start; out < end; out++) {
        const bool second = a == middle || (b < end && from[b].pole < from[a].pole);
        to[out] = second ? from[b++] : from[a++];
      }
    }
    Pole *sorted = to;
    to = from;
    from = sorted;
  }
  return from;
}

/* Makes one record of those with the same pole, in place; returns how many are left. */
static int32_t merge_equal(Pole *table, int32_t count) {
  int32_t last = 0;
  for (int32_t i = 1; i < count; i++) {
    if (table[i].pole == table[last].pole) table[last].mass += table[i].mass;
    else table[++last] = table[i];
  }
  return last + 1;
}

/* Poles and masses; gives the sum of squares of smallest / |w|, or 0 where a pole or a mass is unusable. */
static double place_poles(const double *weights, int32_t depth, double smallest, double diagonal, double root,
                          Pole *table) {
  double squares = 0;
  for (int32_t i = 0; i < depth; i++) {
    const double inverse = smallest / fabs(weights[i]);
    const double component = root * inverse;
    table[i] = (Pole){diagonal * inverse * inverse, component * component};
    if (table[i].pole == 0 || table[i].mass == 0) return 0;
    squares += inverse * inverse;
  }
  return squares;
}

/* Of the problem whose rank-one part is positive. */
typedef struct {
  double lowest;
  double highest;
  int32_t negatives;
  int32_t positives;
} Spectrum;

static Spectrum solve(Pole *table, int32_t depth) {
  Spectrum found;
  const double first = table[0].pole;
  const bool lowest_is_pole = depth > 1 && table[1].pole == first;
  const int32_t poles = merge_equal(table, depth);
  found.highest = root_after_pole(table, poles, poles - 1);
  found.lowest = lowest_is_pole ? first : poles == 1 ? found.highest : root_after_pole(table, poles, 0);
  found.negatives = 0;
  found.positives = depth;
  if (first > 0) return found;
  /* All others lie below a negative pole. */
  found.negatives = found.highest < 0 ? depth : depth - 1;
  found.positives = found.highest > 0 ? 1 : 0;
  return found;
}

/*
 * `chainHessians` of src/lab/reference/chains/chain-hessian.ts for one chain, byte for byte, in order depth * log(depth) instead of depth^2:
 * of the eigenvalues, which lie one between each two neighbouring poles, only the first and the last are computed, since the
 * others have the sign of the poles. `scratch` takes 32 bytes a weight; `out` five numbers: ln of the norm, number of negative
 * eigenvalues, ln of the gradient, ln of the product, its sign. Returns false, with `out` undefined, where this does not hold:
 * weights or poles that are 0 or not finite, masses that underflow.
 */
KERNEL(bool, chainHessian, address weights, int32_t depth, double target, address scratch, address out) {
  const double *weight = doubles(memory, weights);
  Pole *table = (Pole *)(memory + scratch);
  double smallest = INFINITY;
  double sign = 1;
  /* Logarithms have the place of the poles until these are known. */
  double *logs = doubles(memory, scratch);
  for (int32_t i = 0; i < depth; i++) {
    const double size = fabs(weight[i]);
    if (!(size > 0 && size < INFINITY)) return false;
    if (size < smallest) smallest = size;
    if (weight[i] < 0) sign = -sign;
    logs[i] = size;
  }
  logs_of(depth, logs, logs);
  double log_product = 0;
  for (int32_t i = 0; i < depth; i++) log_product += logs[i];
  const double log_target = target == 0 ? -INFINITY : natural_log(fabs(target));
  const double log_unit = log_product > log_target ? log_product : log_target;
  const double output = sign * exponential(log_product - log_unit);
  const double wanted = target == 0 ? 0 : (target > 0 ? 1 : -1) * exponential(log_target - log_unit);
  const double excess = output - wanted;
  const double rank_one = sign * (2 * output - wanted);
  const double diagonal = -sign * excess;
  if (excess == 0 || rank_one == 0) return false;
  /* The root-finder's rank-one part is positive; otherwise it solves the negated problem. */
  const double orientation = rank_one < 0 ? -1 : 1;
  const double squares = place_poles(weight, depth, smallest, diagonal * orientation, sqrt(fabs(rank_one)), table);
  if (!(squares > 0)) return false;
  const Spectrum found = solve(sort_poles(table, table + depth, depth), depth);
  const double low = fabs(found.lowest), high = fabs(found.highest);
  const double log_smallest = natural_log(smallest);
  double *to = doubles(memory, out);
  to[0] = log_product + log_unit - 2 * log_smallest + natural_log(low > high ? low : high);
  to[1] = orientation > 0 ? found.negatives : found.positives;
  to[2] = natural_log(fabs(excess)) + log_unit + log_product - log_smallest + 0.5 * natural_log(squares);
  to[3] = log_product;
  to[4] = sign;
  return true;
}
