import type { Quantity } from "./tape.ts";

/** "nn": A (m x k) times B (k x n). "nt": B is n x k, and transposed. "tn": A is k x m, and transposed. All row-major. */
type Layout = "nn" | "nt" | "tn";

export interface ProductShape {
  readonly layout: Layout;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

/** Sums of k products in any order, also with products that are not rounded: k roundings at most, of the sum of their sizes. */
export function product(a: Quantity, b: Quantity, shape: ProductShape): Quantity {
  const { layout, m, n, k } = shape;
  return a.tape.record(multiply(a.values, b.values, shape), {
    rounding: { units: k, sizes: () => multiply(a.values.map(Math.abs), b.values.map(Math.abs), shape) },
    back(cotangent) {
      switch (layout) {
        case "nn":
          return [
            [a, product(cotangent, b, { layout: "nt", m, n: k, k: n })],
            [b, product(a, cotangent, { layout: "tn", m: k, n, k: m })],
          ];
        case "nt":
          return [
            [a, product(cotangent, b, { layout: "nn", m, n: k, k: n })],
            [b, product(cotangent, a, { layout: "tn", m: n, n: k, k: m })],
          ];
        case "tn":
          return [
            [a, product(b, cotangent, { layout: "nt", m: k, n: m, k: n })],
            [b, product(a, cotangent, { layout: "nn", m: k, n, k: m })],
          ];
      }
    },
  });
}

function multiply(a: Float64Array, b: Float64Array, { layout, m, n, k }: ProductShape): Float64Array {
  const out = new Float64Array(m * n);
  if (layout === "nt") {
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let l = 0; l < k; l++) sum += a[i * k + l]! * b[j * k + l]!;
        out[i * n + j] = sum;
      }
    }
    return out;
  }
  const [row, column] = layout === "tn" ? [1, m] : [k, 1];
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < k; l++) {
      const x = a[i * row + l * column]!;
      if (x === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += x * b[l * n + j]!;
    }
  }
  return out;
}
