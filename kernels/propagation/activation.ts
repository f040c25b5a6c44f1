/** Piecewise linear activations of vectors of float64s. Numbers go in pairs: after an odd count one more is written. */

/** h = z where z > 0, else slope * z. */
export function activate(count: i32, slope: f64, z: usize, h: usize): void {
  const slopes = f64x2.splat(slope);
  const zero = f64x2.splat(0);
  for (let at: usize = 0; at < <usize>count * 8; at += 16) {
    const value = v128.load(z + at);
    v128.store(h + at, v128.bitselect(value, f64x2.mul(slopes, value), f64x2.gt(value, zero)));
  }
}

/** The derivative, 1 where z > 0, else the slope, and h = z times it. */
export function differentiate(count: i32, slope: f64, z: usize, h: usize, derivative: usize): void {
  const slopes = f64x2.splat(slope);
  const ones = f64x2.splat(1);
  const zero = f64x2.splat(0);
  for (let at: usize = 0; at < <usize>count * 8; at += 16) {
    const value = v128.load(z + at);
    const factor = v128.bitselect(ones, slopes, f64x2.gt(value, zero));
    v128.store(derivative + at, factor);
    v128.store(h + at, f64x2.mul(value, factor));
  }
}

/** vector *= factors. */
export function multiplyBy(count: i32, vector: usize, factors: usize): void {
  for (let at: usize = 0; at < <usize>count * 8; at += 16) {
    v128.store(vector + at, f64x2.mul(v128.load(vector + at), v128.load(factors + at)));
  }
}
