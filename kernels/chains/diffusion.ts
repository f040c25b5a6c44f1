/**
 * `steps` steps x += rate * (curvature * x + noise * xi) of four replicates side by side, each of them in `directions`
 * coordinates: src/lab/reference/diffusion-exits.ts, byte for byte. `positions` has the four numbers of an axis together; the
 * xi of replicate j are `drawBytes` * j bytes after `draws`, in the order of steps and then axes. `exits` takes, for each
 * replicate, the first of these steps (from 1) after which the squared norm is at least `squaredRadius`; it is 0 before,
 * and stays 0 where there is none.
 */
export function diffuse(
  positions: usize,
  directions: i32,
  draws: usize,
  drawBytes: usize,
  exits: usize,
  steps: i32,
  rate: f64,
  curvature: f64,
  noise: f64,
  squaredRadius: f64,
): void {
  const rates = f64x2.splat(rate);
  const curvatures = f64x2.splat(curvature);
  const noises = f64x2.splat(noise);
  const limit = f64x2.splat(squaredRadius);
  const end = positions + ((<usize>directions) << 5);
  let xi = draws;
  for (let step = 1; step <= steps; step++) {
    let a = f64x2.splat(0);
    let b = a;
    for (let axis = positions; axis < end; axis += 32, xi += 8) {
      const first = v128.load64_lane(xi + drawBytes, v128.load64_zero(xi), 1);
      const second = v128.load64_lane(xi + 3 * drawBytes, v128.load64_zero(xi + 2 * drawBytes), 1);
      const x = moved(v128.load(axis), first, rates, curvatures, noises);
      const y = moved(v128.load(axis, 16), second, rates, curvatures, noises);
      v128.store(axis, x);
      v128.store(axis, y, 16);
      a = f64x2.add(a, f64x2.mul(x, x));
      b = f64x2.add(b, f64x2.mul(y, y));
    }
    const outside = f64x2.ge(a, limit);
    const outsideToo = f64x2.ge(b, limit);
    if (v128.any_true(v128.or(outside, outsideToo))) {
      recordExits(exits, step, i64x2.bitmask(outside) | (i64x2.bitmask(outsideToo) << 2));
    }
  }
}

// @ts-ignore: decorator
@inline
function moved(x: v128, xi: v128, rate: v128, curvature: v128, noise: v128): v128 {
  return f64x2.add(x, f64x2.mul(rate, f64x2.add(f64x2.mul(curvature, x), f64x2.mul(noise, xi))));
}

function recordExits(exits: usize, step: i32, outside: i32): void {
  for (let replicate: usize = 0; replicate < 4; replicate++) {
    const at = exits + 4 * replicate;
    if ((outside >> (<i32>replicate)) & 1 && load<i32>(at) == 0) store<i32>(at, step);
  }
}
