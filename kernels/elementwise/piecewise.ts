/** Piecewise linear activations and their slopes; the slope at 0 and at NaN is the one below 0. `h` may be `z`. */

/** h = z where z > 0 or is NaN, else +0. */
export function rectify(length: i32, z: usize, h: usize): void {
  const zero = f64x2.splat(0);
  const end = h + ((<usize>length) << 3);
  for (; h + 32 <= end; h += 32, z += 32) {
    const low = v128.load(z);
    const high = v128.load(z, 16);
    v128.store(h, v128.andnot(low, f64x2.le(low, zero)));
    v128.store(h, v128.andnot(high, f64x2.le(high, zero)), 16);
  }
  for (; h < end; h += 8, z += 8) {
    const value = load<f64>(z);
    store<f64>(h, value <= 0 ? 0 : value);
  }
}

/** `rectify` and its slopes, 1 or 0, in one pass. */
export function rectifyWithSlopes(length: i32, z: usize, h: usize, first: usize): void {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const end = h + ((<usize>length) << 3);
  for (; h + 32 <= end; h += 32, z += 32, first += 32) {
    const low = v128.load(z);
    const high = v128.load(z, 16);
    v128.store(h, v128.andnot(low, f64x2.le(low, zero)));
    v128.store(h, v128.andnot(high, f64x2.le(high, zero)), 16);
    v128.store(first, v128.and(f64x2.gt(low, zero), one));
    v128.store(first, v128.and(f64x2.gt(high, zero), one), 16);
  }
  for (; h < end; h += 8, z += 8, first += 8) {
    const value = load<f64>(z);
    store<f64>(h, value <= 0 ? 0 : value);
    store<f64>(first, value > 0 ? 1 : 0);
  }
}

/** h = z where z > 0, else slope * z. */
export function leak(length: i32, slope: f64, z: usize, h: usize): void {
  const zero = f64x2.splat(0);
  const factor = f64x2.splat(slope);
  const end = h + ((<usize>length) << 3);
  for (; h + 16 <= end; h += 16, z += 16) {
    const value = v128.load(z);
    v128.store(h, v128.bitselect(value, f64x2.mul(factor, value), f64x2.gt(value, zero)));
  }
  if (h < end) {
    const value = load<f64>(z);
    store<f64>(h, value > 0 ? value : slope * value);
  }
}

/** out = 1 where z > 0, else slope. */
export function slopes(length: i32, slope: f64, z: usize, out: usize): void {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const below = f64x2.splat(slope);
  const end = out + ((<usize>length) << 3);
  for (; out + 32 <= end; out += 32, z += 32) {
    const low = f64x2.gt(v128.load(z), zero);
    const high = f64x2.gt(v128.load(z, 16), zero);
    v128.store(out, v128.bitselect(one, below, low));
    v128.store(out, v128.bitselect(one, below, high), 16);
  }
  for (; out < end; out += 8, z += 8) store<f64>(out, load<f64>(z) > 0 ? 1 : slope);
}
