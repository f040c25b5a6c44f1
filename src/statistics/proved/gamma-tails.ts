import { logGamma } from "../../numerics/special-functions.ts";

/** P(G < x) and P(G > x) for a gamma variable of the shape, the smaller one to a relative 1e-13. Cost: about 10 + 6 sqrt(shape) terms. */
export function gammaTails(shape: number, x: number): { readonly below: number; readonly above: number } {
  if (!(x > 0)) return { below: 0, above: 1 };
  const front = Math.exp(shape * Math.log(x) - x - logGamma(shape));
  if (x < shape + 1) {
    const below = front * risingSeries(shape, x);
    return { below, above: 1 - below };
  }
  const above = front * fraction(shape, x);
  return { below: 1 - above, above };
}

/** Sum of x^k / (shape (shape + 1) ... (shape + k)). */
function risingSeries(shape: number, x: number): number {
  let [term, sum] = [1 / shape, 0];
  for (let k = 1; term > sum * Number.EPSILON; k++) {
    sum += term;
    term *= x / (shape + k);
  }
  return sum;
}

/** Legendre's continued fraction (DLMF 8.9.2), by Lentz's method. */
function fraction(shape: number, x: number): number {
  let b = x + 1 - shape;
  let c = 1 / Number.MIN_VALUE;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const a = -k * (k - shape);
    b += 2;
    d = 1 / nonzero(a * d + b);
    c = nonzero(b + a / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 4 * Number.EPSILON) break;
  }
  return value;
}

const MOST_TERMS = 1e6;

function nonzero(value: number): number {
  return value === 0 ? Number.MIN_VALUE : value;
}
