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
  return a.tape.record(
    multiply(a.values, b.values, shape, (x) => x),
    {
      rounding: { units: k, sizes: () => multiply(a.values, b.values, shape, Math.abs) },
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
    },
  );
}

function multiply(
  a: Float64Array,
  b: Float64Array,
  { layout, m, n, k }: ProductShape,
  of: (x: number) => number,
): Float64Array {
  const out = new Float64Array(m * n);
  const [aRow, aColumn] = layout === "tn" ? [1, m] : [k, 1];
  const [bRow, bColumn] = layout === "nt" ? [1, k] : [n, 1];
  for (let i = 0; i < m; i++) {
    for (let l = 0; l < k; l++) {
      const x = a[i * aRow + l * aColumn]!;
      if (x === 0) continue;
      for (let j = 0; j < n; j++) out[i * n + j]! += of(x * b[l * bRow + j * bColumn]!);
    }
  }
  return out;
}
