/**
 * asin(x) for 0 <= x <= 1, to about 4 ulp, from + - * / sqrt only, so that its bytes are equal on every machine.
 * The angle is halved until the Taylor series of asin needs few terms: asin x = 2 asin(x / sqrt(2 (1 + sqrt(1 - x^2)))).
 * NaN outside.
 */
export function arcSine(x: number): number {
  if (!(x >= 0 && x <= 1)) return Number.NaN;
  let half = x;
  for (let halving = 0; halving < HALVINGS; halving++) {
    half /= Math.sqrt(2 * (1 + Math.sqrt((1 - half) * (1 + half))));
  }
  const square = half * half;
  let term = half;
  let sum = half;
  for (let n = 1; n <= TERMS; n++) {
    term *= (square * (2 * n - 1)) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return sum * 2 ** HALVINGS;
}

/** Angles up to pi / 2 become at most pi / 16 = 0.196. */
const HALVINGS = 3;
/** 0.195^(2 * 12) / 25 < 1e-18: below the rounding of the sum. */
const TERMS = 12;
