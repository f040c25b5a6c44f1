/**
 * The three matrix products of `Primitives.multiply` as plain loops on one array, row-major. Each output sums over its reduction
 * index from 0 up; four outputs or four terms go side by side, which changes no sum. Cost: m * n * k multiply-adds.
 */

/** c (m x n) = or += A B; a is m x k, b is k x n. */
export function multiplyPlain(
  memory: Float64Array,
  m: number,
  n: number,
  k: number,
  a: number,
  b: number,
  c: number,
  accumulate: boolean,
): void {
  for (let row = 0; row < m; row++) {
    clear(memory, n, c + row * n, accumulate);
    combineRows(memory, n, k, a + row * k, 1, b, c + row * n);
  }
}

/** c (m x n) = or += A^T B; a is k x m, b is k x n. */
export function multiplyTransposedLeft(
  memory: Float64Array,
  m: number,
  n: number,
  k: number,
  a: number,
  b: number,
  c: number,
  accumulate: boolean,
): void {
  for (let row = 0; row < m; row++) {
    clear(memory, n, c + row * n, accumulate);
    combineRows(memory, n, k, a + row, m, b, c + row * n);
  }
}

/** c (m x n) = or += A B^T; a is m x k, b is n x k. */
export function multiplyTransposedRight(
  memory: Float64Array,
  m: number,
  n: number,
  k: number,
  a: number,
  b: number,
  c: number,
  accumulate: boolean,
): void {
  const blocked = n - (n % 4);
  for (let row = 0; row < m; row++) {
    const left = a + row * k;
    const out = c + row * n;
    clear(memory, n, out, accumulate);
    for (let column = 0; column < blocked; column += 4) fourProducts(memory, k, left, b + column * k, out + column);
    for (let column = blocked; column < n; column++) {
      const right = b + column * k;
      let sum = memory[out + column]!;
      for (let p = 0; p < k; p++) sum += memory[left + p]! * memory[right + p]!;
      memory[out + column] = sum;
    }
  }
}

function clear(memory: Float64Array, n: number, row: number, accumulate: boolean): void {
  if (!accumulate) for (let column = 0; column < n; column++) memory[row + column] = 0;
}

/** out += the sum over p of memory[a + p * stride] times row p of b, four terms a visit, added one after another. */
function combineRows(
  memory: Float64Array,
  n: number,
  k: number,
  a: number,
  stride: number,
  b: number,
  out: number,
): void {
  const blocked = k - (k % 4);
  for (let p = 0; p < blocked; p += 4) {
    const first = memory[a + p * stride]!;
    const second = memory[a + (p + 1) * stride]!;
    const third = memory[a + (p + 2) * stride]!;
    const fourth = memory[a + (p + 3) * stride]!;
    const row = b + p * n;
    for (let column = 0; column < n; column++) {
      let sum = memory[out + column]!;
      sum += first * memory[row + column]!;
      sum += second * memory[row + n + column]!;
      sum += third * memory[row + 2 * n + column]!;
      sum += fourth * memory[row + 3 * n + column]!;
      memory[out + column] = sum;
    }
  }
  for (let p = blocked; p < k; p++) {
    const factor = memory[a + p * stride]!;
    const row = b + p * n;
    for (let column = 0; column < n; column++) memory[out + column]! += factor * memory[row + column]!;
  }
}

function fourProducts(memory: Float64Array, k: number, left: number, right: number, out: number): void {
  let first = memory[out]!;
  let second = memory[out + 1]!;
  let third = memory[out + 2]!;
  let fourth = memory[out + 3]!;
  for (let p = 0; p < k; p++) {
    const factor = memory[left + p]!;
    first += factor * memory[right + p]!;
    second += factor * memory[right + k + p]!;
    third += factor * memory[right + 2 * k + p]!;
    fourth += factor * memory[right + 3 * k + p]!;
  }
  memory[out] = first;
  memory[out + 1] = second;
  memory[out + 2] = third;
  memory[out + 3] = fourth;
}
