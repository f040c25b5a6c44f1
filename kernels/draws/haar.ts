import { scale, sumOfSquares } from "../propagation/log-domain";
import { fillGaussian } from "./random";

/** Haar-distributed orthogonal matrices (src/numerics/haar.ts), byte for byte, from lane 0 of a replicate. */

/** A matrix into `out`, row by row, from `firstBlock` on; gives the position after it. The row after its last is overwritten. */
export function fillHaar(firstBlock: u64, replicate: i32, key: usize, out: usize, dimension: i32): u64 {
  const entries = <usize>dimension * dimension;
  const direction = out + 8 * entries;
  memory.fill(out, 0, 8 * entries);
  let block = firstBlock + 1;
  fillGaussian(<f64>firstBlock, replicate, 0, key, direction, 1);
  // In one dimension a sign, and exactly: a reflection would round it.
  store<f64>(direction - 8, load<f64>(direction) < 0 ? -1 : 1);
  for (let size = 2; size <= dimension; size++) {
    const corner = dimension - size;
    fillGaussian(<f64>block, replicate, 0, key, direction, size);
    block += (size + 1) / 2;
    const sign = toReflection(direction, size);
    const first = out + 8 * (<usize>corner * dimension + corner);
    store<f64>(first, 1);
    reflectRows(first, 8 * <usize>dimension, direction, size, sign);
  }
  return 2 * block;
}

/** A vector is replaced by a uniform point on the sphere of its own norm; takes `count` normals. */
export function applyHaar(firstBlock: u64, replicate: i32, key: usize, vector: usize, out: usize, count: i32): void {
  const norm = Math.sqrt(sumOfSquares(vector, count));
  fillGaussian(<f64>firstBlock, replicate, 0, key, out, count);
  scale(out, count, norm / Math.sqrt(sumOfSquares(out, count)));
}

/** Turns x into the vector of the reflection that maps x to the first axis, and gives the sign that comes with it. */
function toReflection(x: usize, size: i32): f64 {
  const norm = Math.sqrt(sumOfSquares(x, size));
  const sign: f64 = load<f64>(x) < 0 ? -1 : 1;
  store<f64>(x, load<f64>(x) + sign * norm);
  scale(x, size, 1 / Math.sqrt(norm * Math.abs(load<f64>(x))));
  return -sign;
}

/** Reflects `size` rows of `size` entries, `stride` bytes apart: two rows at a time, whose sums go side by side. */
function reflectRows(first: usize, stride: usize, u: usize, size: i32, sign: f64): void {
  let row = first;
  for (let left = size; left > 0; left -= 2) {
    // An odd last row goes beside itself.
    const other = left > 1 ? row + stride : row;
    const projections = projectRows(row, other, u, size);
    reflect(row, u, size, sign, f64x2.extract_lane(projections, 0));
    if (left > 1) reflect(other, u, size, sign, f64x2.extract_lane(projections, 1));
    row += 2 * stride;
  }
}

// @ts-ignore: decorator
@inline
function projectRows(row: usize, other: usize, u: usize, size: i32): v128 {
  let sum = f64x2.splat(0);
  for (let i: usize = 0; i < <usize>size * 8; i += 8) {
    const entries = v128.load64_lane(other + i, v128.load64_zero(row + i), 1);
    sum = f64x2.add(sum, f64x2.mul(entries, v128.load64_splat(u + i)));
  }
  return sum;
}

function reflect(row: usize, u: usize, size: i32, sign: f64, projection: f64): void {
  const end = <usize>size * 8;
  const signs = f64x2.splat(sign);
  const projections = f64x2.splat(projection);
  let i: usize = 0;
  for (; i + 8 < end; i += 16) {
    const rest = f64x2.sub(v128.load(row + i), f64x2.mul(projections, v128.load(u + i)));
    v128.store(row + i, f64x2.mul(signs, rest));
  }
  if (i < end) store<f64>(row + i, sign * (load<f64>(row + i) - projection * load<f64>(u + i)));
}
