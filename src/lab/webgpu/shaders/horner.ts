/** c0 + x (c1 + x (...)) as WGSL text. */
export function horner(x: string, coefficients: readonly number[]): string {
  const [first, ...rest] = coefficients;
  const constant = Number.isInteger(first!) ? `${first}.0` : `${first}`;
  return rest.length === 0 ? constant : `(${constant} + ${x} * ${horner(x, rest)})`;
}
