import { maddDouble } from "../products/madd";

/**
 * One pass of a tridiagonalisation (src/numerics/dense-eigenvalues.ts) over the packed lower triangle of the leading rows of a
 * symmetric matrix: a[i][j] -= u[i] p[j] + p[i] u[j], and y = the new a times v. Positions are bytes.
 *
 * Row i brings a[i][j] v[j] to y[i] and a[i][j] v[i] to y[j]; rows from 0 up, so that every sum runs over its index from 0 up.
 * Two rows at a time are the lanes of the first, two columns those of the second.
 */
export function updateAndMultiply(size: i32, matrix: usize, u: usize, p: usize, v: usize, y: usize): void {
  const even = (<usize>(size & ~1)) << 3;
  let at: usize = 0;
  for (; at < even; at += 16) {
    // Rows of a band of eight are as long as its last one.
    const bytes = (at & ~63) + 64;
    const sums = updateTwoRows(at, matrix, matrix + bytes, u, p, v, y);
    updateCorner(at, matrix, matrix + bytes, u, p, v, y, sums);
    matrix += 2 * bytes;
  }
  if (size & 1) updateLastRow(at, matrix, u, p, v, y);
}

/** a - (ui p + pi u), never fused: the order in which plain code rounds, whatever the module. */
// @ts-ignore: decorator
@inline
function updatedPair(a: v128, ui: v128, p: v128, pi: v128, u: v128): v128 {
  return f64x2.sub(a, f64x2.add(f64x2.mul(ui, p), f64x2.mul(pi, u)));
}

/** Columns before the rows' own, `at` of them in bytes; returns what they bring to the two rows' entries of y. */
function updateTwoRows(at: usize, row: usize, next: usize, u: usize, p: usize, v: usize, y: usize): v128 {
  const u0 = v128.load64_splat(u + at);
  const u1 = v128.load64_splat(u + at, 8);
  const p0 = v128.load64_splat(p + at);
  const p1 = v128.load64_splat(p + at, 8);
  const v0 = v128.load64_splat(v + at);
  const v1 = v128.load64_splat(v + at, 8);
  let sums = f64x2.splat(0);
  for (let j: usize = 0; j < at; j += 16) {
    const pj = v128.load(p + j);
    const uj = v128.load(u + j);
    const first = updatedPair(v128.load(row + j), u0, pj, p0, uj);
    const second = updatedPair(v128.load(next + j), u1, pj, p1, uj);
    v128.store(row + j, first);
    v128.store(next + j, second);
    v128.store(y + j, maddDouble(second, v1, maddDouble(first, v0, v128.load(y + j))));
    sums = maddDouble(v128.shuffle<i64>(first, second, 0, 2), v128.load64_splat(v + j), sums);
    sums = maddDouble(v128.shuffle<i64>(first, second, 1, 3), v128.load64_splat(v + j + 8), sums);
  }
  return sums;
}

/** The 2 x 2 block on the diagonal; begins the two rows' entries of y. */
function updateCorner(at: usize, row: usize, next: usize, u: usize, p: usize, v: usize, y: usize, sums: v128): void {
  const u0 = load<f64>(u + at);
  const u1 = load<f64>(u + at, 8);
  const p0 = load<f64>(p + at);
  const p1 = load<f64>(p + at, 8);
  const v0 = load<f64>(v + at);
  const v1 = load<f64>(v + at, 8);
  const a00 = load<f64>(row + at) - (u0 * p0 + p0 * u0);
  const a10 = load<f64>(next + at) - (u1 * p0 + p1 * u0);
  const a11 = load<f64>(next + at, 8) - (u1 * p1 + p1 * u1);
  store<f64>(row + at, a00);
  store<f64>(next + at, a10);
  store<f64>(next + at, a11, 8);
  store<f64>(y + at, f64x2.extract_lane(sums, 0) + a00 * v0 + a10 * v1);
  store<f64>(y + at, f64x2.extract_lane(sums, 1) + a10 * v0 + a11 * v1, 8);
}

function updateLastRow(at: usize, row: usize, u: usize, p: usize, v: usize, y: usize): void {
  const ui = load<f64>(u + at);
  const pi = load<f64>(p + at);
  const vi = load<f64>(v + at);
  let sum: f64 = 0;
  for (let j: usize = 0; j < at; j += 8) {
    const entry = load<f64>(row + j) - (ui * load<f64>(p + j) + pi * load<f64>(u + j));
    store<f64>(row + j, entry);
    store<f64>(y + j, load<f64>(y + j) + entry * vi);
    sum += entry * load<f64>(v + j);
  }
  const entry = load<f64>(row + at) - (ui * pi + pi * ui);
  store<f64>(row + at, entry);
  store<f64>(y + at, sum + entry * vi);
}
