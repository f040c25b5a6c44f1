import type { Primitives } from "../program/primitives.ts";
import type { OpenBlas } from "./library.ts";

/**
 * The primitives of another engine with its matrix products, blocks of dot products and eigenvalues done by OpenBLAS, on the
 * same memory: nothing is copied. Rounding differs from theirs (fused multiply-adds, sums in other orders), sizes do not.
 */
export function openblasPrimitives(blas: OpenBlas, base: Primitives): Primitives {
  let memory: Float64Array = new Float64Array(0);
  let origin = 0;
  // An address outlives its array: native code would write to memory that is no longer ours where JavaScript only throws.
  const addressOf = (offset: number) => {
    if (memory.length === 0) throw new TypeError("openblas requires memory that is reserved and has not moved since");
    return origin + 8 * offset;
  };
  return {
    ...base,
    reserve(length) {
      memory = base.reserve(length);
      origin = memory.length === 0 ? 0 : blas.addressOf(memory);
      return memory;
    },
    multiply(layout, m, n, k, a, b, c, accumulate) {
      if (m * n * k < SMALLEST_PRODUCT) {
        base.multiply(layout, m, n, k, a, b, c, accumulate);
        return;
      }
      const [left, right] = [layout === "tn", layout === "nt"];
      const at = addressOf(0);
      const strideA = left ? m : k;
      const strideB = right ? k : n;
      blas.multiply(left, right, m, n, k, at + 8 * a, strideA, at + 8 * b, strideB, accumulate ? 1 : 0, at + 8 * c);
    },
    dots(rows, length, matrix, x, out) {
      const at = addressOf(0);
      blas.multiplyVector(false, rows, length, 1, at + 8 * matrix, at + 8 * x, 0, at + 8 * out);
    },
    subtractRows(rows, length, matrix, coefficients, x) {
      const at = addressOf(0);
      blas.multiplyVector(true, rows, length, -1, at + 8 * matrix, at + 8 * coefficients, 1, at + 8 * x);
    },
    eigenvalues(n, matrix, out) {
      blas.eigenvalues(n, addressOf(matrix), addressOf(out));
    },
  };
}

/** Multiply-adds below which crossing over to native code (0.2 microseconds) takes longer than the product itself. */
const SMALLEST_PRODUCT = 1024;
