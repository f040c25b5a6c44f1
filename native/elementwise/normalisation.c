#include "../kernel.h"

/*
 * Which numbers are normalised together: group g has, for each i < outer, the `inner` numbers from g * stride + i * outer_stride on.
 * Each group's sums run over i, then along the numbers; lanes are groups, so that sums are as fast as the machine is wide.
 */
typedef struct {
  int32_t count, stride, outer, outer_stride, inner;
} groups;

/* Groups whose sums go on side by side where their numbers do not lie side by side. */
#define GROUP_LANES 8

/* Neighbouring numbers are of neighbouring groups: units of a batch. */
INLINE bool side_by_side(groups of) { return of.stride == 1 && of.inner == 1; }

/* The sum of a * b in each group of `lanes` groups that begin at a and b, or of a where b is NULL. */
INLINE void sum_lanes(groups of, int32_t lanes, const double *a, const double *b, double *out) {
  double sums[GROUP_LANES] = {0};
  for (int32_t i = 0; i < of.outer; i++) {
    const int64_t line = (int64_t)i * of.outer_stride;
    for (int32_t k = 0; k < of.inner; k++) {
      for (int32_t lane = 0; lane < lanes; lane++) {
        const int64_t at = line + k + (int64_t)lane * of.stride;
        sums[lane] = b == NULL ? sums[lane] + a[at] : MADD(a[at], b[at], sums[lane]);
      }
    }
  }
  for (int32_t lane = 0; lane < lanes; lane++) out[lane] = sums[lane];
}

INLINE void sum_groups(groups of, const double *a, const double *b, double *restrict out) {
  if (side_by_side(of)) {
    memset(out, 0, 8 * (size_t)of.count);
    for (int32_t i = 0; i < of.outer; i++) {
      const int64_t line = (int64_t)i * of.outer_stride;
      for (int32_t g = 0; g < of.count; g++) {
        out[g] = b == NULL ? out[g] + a[line + g] : MADD(a[line + g], b[line + g], out[g]);
      }
    }
    return;
  }
  int32_t g = 0;
  for (; g + GROUP_LANES <= of.count; g += GROUP_LANES) {
    const int64_t from = (int64_t)g * of.stride;
    sum_lanes(of, GROUP_LANES, a + from, b == NULL ? NULL : b + from, out + g);
  }
  for (; g < of.count; g++) {
    const int64_t from = (int64_t)g * of.stride;
    sum_lanes(of, 1, a + from, b == NULL ? NULL : b + from, out + g);
  }
}

/* For each line of the batch and each group in it: its numbers. The body sees g and at. */
#define EACH_NUMBER(of, body)                                                                     \
  for (int32_t i = 0; i < (of).outer; i++) {                                                      \
    const int64_t line = (int64_t)i * (of).outer_stride;                                          \
    if (side_by_side(of)) {                                                                       \
      APART                                                                                       \
      for (int32_t g = 0; g < (of).count; g++) {                                                  \
        const int64_t at = line + g;                                                              \
        body                                                                                      \
      }                                                                                           \
    } else {                                                                                      \
      for (int32_t g = 0; g < (of).count; g++) {                                                  \
        const int64_t begin = line + (int64_t)g * (of).stride;                                    \
        APART                                                                                     \
        for (int64_t at = begin; at < begin + (of).inner; at++) {                                 \
          body                                                                                    \
        }                                                                                         \
      }                                                                                           \
    }                                                                                             \
  }

/* y = (x - mean) / sqrt(variance + epsilon) in each group; `scales` gets the factors, 0 where variance + epsilon is 0. */
KERNEL(void, normaliseGroups, int32_t count, int32_t stride, int32_t outer, int32_t outerStride, int32_t inner,
       address x, address y, double epsilon, address scales) {
  const groups of = {count, stride, outer, outerStride, inner};
  const double *from = doubles(memory, x);
  double *to = doubles(memory, y), *scale = doubles(memory, scales);
  const double size = (double)outer * inner;
  sum_groups(of, from, NULL, scale);
  for (int32_t g = 0; g < count; g++) scale[g] /= size;
  EACH_NUMBER(of, to[at] = from[at] - scale[g];)
  sum_groups(of, to, to, scale);
  for (int32_t g = 0; g < count; g++) {
    const double spread = scale[g] / size + epsilon;
    scale[g] = spread == 0 ? 0 : 1 / sqrt(spread);
  }
  EACH_NUMBER(of, to[at] *= scale[g];)
}

/* Means over each group of a (into `means`) and of a * y (into `products`). */
KERNEL(void, meansOfGroups, int32_t count, int32_t stride, int32_t outer, int32_t outerStride, int32_t inner,
       address a, address y, address means, address products) {
  const groups of = {count, stride, outer, outerStride, inner};
  double *mean = doubles(memory, means), *product = doubles(memory, products);
  const double size = (double)outer * inner;
  sum_groups(of, doubles(memory, a), NULL, mean);
  sum_groups(of, doubles(memory, a), doubles(memory, y), product);
  for (int32_t g = 0; g < count; g++) {
    mean[g] /= size;
    product[g] /= size;
  }
}

/* out = scale (a - mean - y product) in each group; out may be a. */
KERNEL(void, projectGroups, int32_t count, int32_t stride, int32_t outer, int32_t outerStride, int32_t inner,
       address a, address y, address out, address scales, address means, address products) {
  const groups of = {count, stride, outer, outerStride, inner};
  const double *from = doubles(memory, a), *normal = doubles(memory, y);
  const double *scale = doubles(memory, scales), *mean = doubles(memory, means), *product = doubles(memory, products);
  double *to = doubles(memory, out);
  EACH_NUMBER(of, to[at] = scale[g] * MADD(-product[g], normal[at], from[at] - mean[g]);)
}
