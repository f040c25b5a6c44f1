/**
 * Eigenvalues of diag(poles) + v v^T between or above given poles: src/numerics/diagonal-plus-rank-one.ts, operation by operation,
 * one root at a time. `table` has `count` records of a pole and a mass v^2 > 0, two float64s each, the poles strictly
 * ascending. Scalar: a root takes a few evaluations, and each is a sum in the order of the poles.
 */

/** The eigenvalue above pole k and below the next one, where there is one. */
export function rootAfterPole(table: usize, count: i32, k: i32): f64 {
  const origin = k == count - 1 || isInLowerHalf(table, count, k) ? k : k + 1;
  return pole(table, origin) + distanceFromPole(table, count, k, origin);
}

// @ts-ignore: decorator
@inline
function pole(table: usize, index: i32): f64 {
  return load<f64>(table + (<usize>index << 4));
}

// @ts-ignore: decorator
@inline
function mass(table: usize, index: i32): f64 {
  return load<f64>(table + (<usize>index << 4), 8);
}

function isInLowerHalf(table: usize, count: i32, k: i32): bool {
  evaluate(table, count, k, k, (pole(table, k + 1) - pole(table, k)) / 2);
  return value >= 0;
}

/** Half a unit in the last place, twice. */
// @ts-ignore: decorator
@inline
const ROUNDING: f64 = 2.220446049250313e-16;

function distanceFromPole(table: usize, count: i32, k: i32, origin: i32): f64 {
  const sign: f64 = origin == k ? 1 : -1;
  const next = k + 1 < count;
  const left = pole(table, k) - pole(table, origin);
  const right = next ? pole(table, k + 1) - pole(table, origin) : Infinity;
  bracket(table, count, k, origin);
  let low = near;
  let high = far;
  let distance = sign * (next ? high : low);
  while (true) {
    evaluate(table, count, k, origin, distance);
    if (abs(value) <= ROUNDING * size) return distance;
    if (value > 0 == sign > 0) high = abs(distance);
    else low = abs(distance);
    if (high - low <= ROUNDING * high) return distance;
    const step = next ? stepBetweenPoles(left - distance, right - distance) : stepAfterLastPole(left - distance);
    const proposed = distance + step;
    if (proposed == distance) return distance;
    const inside = sign * proposed > low && sign * proposed < high;
    distance = inside ? proposed : sign * sqrt(low) * sqrt(high);
    if (!(sign * distance > low && sign * distance < high)) return distance;
  }
}

/** Bounds on the distance, as `bracket` leaves them. */
let near: f64 = 0;
let far: f64 = 0;

function bracket(table: usize, count: i32, k: i32, origin: i32): void {
  const last = count - 1;
  if (k == last) {
    let total: f64 = 0;
    for (let j = 0; j <= last; j++) total += mass(table, j);
    near = mass(table, k);
    far = total;
    return;
  }
  const half = (pole(table, k + 1) - pole(table, k)) / 2;
  const below = origin == k;
  let bound: f64 = below ? 1 : 0;
  const end = below ? last : k;
  for (let j = below ? k + 1 : 0; j <= end; j++) {
    bound += mass(table, j) / (abs(pole(table, j) - pole(table, origin)) - half);
  }
  near = min(mass(table, origin) / bound, half);
  far = half;
}

/** The secular function at the last point evaluated: value, derivatives of the parts below and above, sum of sizes. */
let value: f64 = 0;
let slopeBelow: f64 = 0;
let slopeAbove: f64 = 0;
let size: f64 = 0;

/** The part of one side, as `addTerms` leaves it. */
let side: f64 = 0;
let sideSlope: f64 = 0;

function evaluate(table: usize, count: i32, k: i32, origin: i32, distance: f64): void {
  const base = pole(table, origin);
  addTerms(table, 0, k + 1, base, distance);
  const below = side;
  slopeBelow = sideSlope;
  addTerms(table, k + 1, count, base, distance);
  const above = side;
  slopeAbove = sideSlope;
  value = 1 + below + above;
  size = 1 - below + above;
}

/** Terms `from` to `to` - 1. Quotients are taken two at a time and added one by one, so that the sums keep their order. */
function addTerms(table: usize, from: i32, to: i32, base: f64, distance: f64): void {
  const origin = f64x2.splat(base);
  const shift = f64x2.splat(distance);
  let sum: f64 = 0;
  let slope: f64 = 0;
  let at = table + (<usize>from << 4);
  const end = table + (<usize>to << 4);
  for (; at + 16 < end; at += 32) {
    const first = v128.load(at);
    const second = v128.load(at, 16);
    const gap = f64x2.sub(f64x2.sub(v128.shuffle<f64>(first, second, 0, 2), origin), shift);
    const term = f64x2.div(v128.shuffle<f64>(first, second, 1, 3), gap);
    const steepness = f64x2.div(term, gap);
    sum += f64x2.extract_lane(term, 0);
    sum += f64x2.extract_lane(term, 1);
    slope += f64x2.extract_lane(steepness, 0);
    slope += f64x2.extract_lane(steepness, 1);
  }
  if (at < end) {
    const gap = load<f64>(at) - base - distance;
    const term = load<f64>(at, 8) / gap;
    sum += term;
    slope += term / gap;
  }
  side = sum;
  sideSlope = slope;
}

/** Root of the rational function with the same value and slopes and poles at the two distances, by its stable form. */
function stepBetweenPoles(left: f64, right: f64): f64 {
  const c = value - left * slopeBelow - right * slopeAbove;
  const b = (left + right) * value - left * right * (slopeBelow + slopeAbove);
  const w = left * right * value;
  const root = sqrt(max<f64>(b * b - 4 * c * w, 0));
  return b > 0 ? (2 * w) / (b + root) : (b - root) / (2 * c);
}

function stepAfterLastPole(left: f64): f64 {
  const rest = value - slopeBelow * left;
  return left + (slopeBelow * left * left) / rest;
}
