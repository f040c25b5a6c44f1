import { maddDouble } from "./madd";

/**
 * Two rows by eight columns of c, over `k` terms in order, in registers: c = or += A B. `a0` and `a1` are the rows of A, with
 * `aStep` bytes from one term to the next; `b` has eight numbers a term, `bStep` bytes apart. `c0` may be `c1` where `a0`
 * is `a1`. All positions are bytes.
 *
 * Eight accumulators, four vectors of B and two of A leave two of x64's sixteen registers. Two terms a round, each in a block of
 * its own: in one block V8 gathers the additions of each accumulator, a longer chain of dependent ones, and spills.
 */
export function productTile(
  k: i32,
  a0: usize,
  a1: usize,
  aStep: usize,
  b: usize,
  bStep: usize,
  c0: usize,
  c1: usize,
  accumulate: bool,
): void {
  let x0 = f64x2.splat(0),
    x1 = x0,
    x2 = x0,
    x3 = x0,
    y0 = x0,
    y1 = x0,
    y2 = x0,
    y3 = x0;
  if (accumulate) {
    x0 = v128.load(c0);
    x1 = v128.load(c0, 16);
    x2 = v128.load(c0, 32);
    x3 = v128.load(c0, 48);
    y0 = v128.load(c1);
    y1 = v128.load(c1, 16);
    y2 = v128.load(c1, 32);
    y3 = v128.load(c1, 48);
  }
  const end = b + <usize>k * bStep;
  while (b < end) {
    let b0 = v128.load(b),
      b1 = v128.load(b, 16),
      b2 = v128.load(b, 32),
      b3 = v128.load(b, 48);
    let factor = v128.load64_splat(a0);
    x0 = maddDouble(factor, b0, x0);
    x1 = maddDouble(factor, b1, x1);
    x2 = maddDouble(factor, b2, x2);
    x3 = maddDouble(factor, b3, x3);
    factor = v128.load64_splat(a1);
    y0 = maddDouble(factor, b0, y0);
    y1 = maddDouble(factor, b1, y1);
    y2 = maddDouble(factor, b2, y2);
    y3 = maddDouble(factor, b3, y3);
    a0 += aStep;
    a1 += aStep;
    b += bStep;
    if (b == end) break;
    b0 = v128.load(b);
    b1 = v128.load(b, 16);
    b2 = v128.load(b, 32);
    b3 = v128.load(b, 48);
    factor = v128.load64_splat(a0);
    x0 = maddDouble(factor, b0, x0);
    x1 = maddDouble(factor, b1, x1);
    x2 = maddDouble(factor, b2, x2);
    x3 = maddDouble(factor, b3, x3);
    factor = v128.load64_splat(a1);
    y0 = maddDouble(factor, b0, y0);
    y1 = maddDouble(factor, b1, y1);
    y2 = maddDouble(factor, b2, y2);
    y3 = maddDouble(factor, b3, y3);
    a0 += aStep;
    a1 += aStep;
    b += bStep;
  }
  v128.store(c0, x0);
  v128.store(c0, x1, 16);
  v128.store(c0, x2, 32);
  v128.store(c0, x3, 48);
  v128.store(c1, y0);
  v128.store(c1, y1, 16);
  v128.store(c1, y2, 32);
  v128.store(c1, y3, 48);
}
