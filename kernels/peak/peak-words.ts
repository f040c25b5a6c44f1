// @ts-ignore: decorator
@inline
function mix(x: v128, y: v128): v128 {
  const sum = i32x4.add(x, y);
  return v128.xor(v128.or(i32x4.shl(sum, 13), i32x4.shr_u(sum, 19)), y);
}

/** `rounds` turns of addition, rotation and exclusive or on each of 6 independent i32x4 values: 6 * 5 * 4 operations a round. */
export function peakWords(rounds: i32, start: i32): i32 {
  const y = i32x4.splat(start);
  let x0 = y,
    x1 = i32x4.add(y, y),
    x2 = i32x4.splat(3),
    x3 = i32x4.splat(5),
    x4 = i32x4.splat(7),
    x5 = i32x4.splat(11);
  for (let i = 0; i < rounds; i++) {
    x0 = mix(x0, y);
    x1 = mix(x1, y);
    x2 = mix(x2, y);
    x3 = mix(x3, y);
    x4 = mix(x4, y);
    x5 = mix(x5, y);
  }
  const sum = i32x4.add(i32x4.add(i32x4.add(x0, x1), i32x4.add(x2, x3)), i32x4.add(x4, x5));
  return i32x4.extract_lane(sum, 0);
}

/** a[i] = b[i] + factor * c[i] over `count` doubles: 24 bytes of traffic each. */
export function triad(a: usize, b: usize, c: usize, factor: f64, count: i32): void {
  const f = f64x2.splat(factor);
  for (let i = 0; i + 1 < count; i += 2) {
    const at = (<usize>i) << 3;
    v128.store(a + at, f64x2.add(v128.load(b + at), f64x2.mul(f, v128.load(c + at))));
  }
}
