/** Between these a sum of squares has lost nothing that counts to underflow or overflow. */
const LEAST_TRUSTED = 2 ** -900;
const GREATEST_TRUSTED = 2 ** 1020;

/** Euclidean norm of values[from], ..., values[to - 1]; where the plain sum of squares is not safe, relative to the largest. */
export function euclideanNorm(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]! * values[i]!;
  return sum >= LEAST_TRUSTED && sum <= GREATEST_TRUSTED ? Math.sqrt(sum) : scaledNorm(values, from, to);
}

function scaledNorm(values: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(values[i]!);
    if (!(size < Infinity)) return size;
    if (size > largest) largest = size;
  }
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const part = values[i]! / largest;
    sum += part * part;
  }
  return largest * Math.sqrt(sum);
}
