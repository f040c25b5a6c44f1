#include "../kernel.h"

/* Replicates side by side. */
#define PLACES 4

/*
 * `steps` steps x += rate * (curvature * x + noise * xi) of four replicates side by side, each of them in `directions`
 * coordinates: src/lab/reference/diffusion-exits.ts, byte for byte. `positions` has the four numbers of an axis together; the
 * xi of replicate j are `drawBytes` * j bytes after `draws`, in the order of steps and then axes. `exits` takes, for each
 * replicate, the first of these steps (from 1) after which the squared norm is at least `squaredRadius`; it is 0 before,
 * and stays 0 where there is none.
 */
KERNEL(void, diffuse, address positions, int32_t directions, address draws, int32_t drawBytes, address exits,
       int32_t steps, double rate, double curvature, double noise, double squaredRadius) {
  double *restrict position = doubles(memory, positions);
  const double *restrict xi = doubles(memory, draws);
  const int64_t stride = drawBytes / 8;
  int32_t *exit = integers(memory, exits);
  for (int32_t step = 1; step <= steps; step++) {
    double squares[PLACES] = {0};
    for (int32_t axis = 0; axis < directions; axis++, xi++) {
      for (int32_t j = 0; j < PLACES; j++) {
        const double x = position[PLACES * axis + j];
        const double moved = x + rate * (curvature * x + noise * xi[j * stride]);
        position[PLACES * axis + j] = moved;
        squares[j] += moved * moved;
      }
    }
    for (int32_t j = 0; j < PLACES; j++) {
      if (squares[j] >= squaredRadius && exit[j] == 0) exit[j] = step;
    }
  }
}
