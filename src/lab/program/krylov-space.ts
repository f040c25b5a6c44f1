import { euclideanNorm } from "../../numerics/euclidean-norm.ts";
import { tridiagonalEigenvalues } from "../../numerics/tridiagonal-eigenvalues.ts";
import { tridiagonalEigenvector } from "../../numerics/tridiagonal-eigenvector.ts";

/** One matrix's Lanczos recurrence, fed with products that somebody else computes. */
export interface KrylovSpace {
  /** The vector whose product is wanted next; undefined once the space is whole or invariant. */
  readonly next: () => Float64Array | undefined;
  /** Takes that product; it is written over. */
  readonly extend: (product: Float64Array) => void;
  /** Unit vectors of the smallest and the largest Ritz value. */
  readonly outerRitzVectors: () => readonly [low: Float64Array, high: Float64Array];
}

/**
 * A new direction below this share of the largest entry is rounding: 8 units of 2^-23, less than any float32 product of a
 * Hessian errs by. The space is then invariant to that accuracy, and what is left out counts in the residual.
 */
const INVARIANT = 2 ** -20;

/** From a vector that is not zero, to `most` dimensions, in float64 with full re-orthogonalisation, twice. */
export function openKrylovSpace(start: Float64Array, most: number): KrylovSpace {
  const basis = [scaled(start, 1 / euclideanNorm(start, 0, start.length))];
  const diagonal: number[] = [];
  const subdiagonal: number[] = [];
  let largest = 0;
  let isWhole = false;
  return {
    next: () => (isWhole ? undefined : basis[basis.length - 1]!),
    extend(product) {
      diagonal.push(dot(basis[basis.length - 1]!, product));
      for (const vector of [...basis, ...basis]) subtract(product, dot(vector, product), vector);
      const rest = euclideanNorm(product, 0, product.length);
      largest = Math.max(largest, Math.abs(diagonal[diagonal.length - 1]!), rest);
      isWhole = basis.length === Math.min(most, start.length) || !(rest > INVARIANT * largest);
      if (isWhole) return;
      subdiagonal.push(rest);
      basis.push(scaled(product, 1 / rest));
    },
    outerRitzVectors() {
      const [on, off] = [Float64Array.from(diagonal), Float64Array.from(subdiagonal)];
      const { eigenvalues } = tridiagonalEigenvalues(on, off);
      const combine = (value: number) => {
        const sum = new Float64Array(start.length);
        for (const [i, part] of tridiagonalEigenvector(on, off, value).entries()) subtract(sum, -part, basis[i]!);
        return scaled(sum, 1 / euclideanNorm(sum, 0, sum.length));
      };
      return [combine(eigenvalues[0]!), combine(eigenvalues[eigenvalues.length - 1]!)];
    },
  };
}

/** v . product for a unit vector, and the norm of what the product has beside that times v. */
export function rayleighQuotient(
  vector: Float64Array,
  product: Float64Array,
): { readonly quotient: number; readonly residual: number } {
  const quotient = dot(vector, product);
  const rest = product.slice();
  subtract(rest, quotient, vector);
  return { quotient, residual: euclideanNorm(rest, 0, rest.length) };
}

function scaled(vector: Float64Array, factor: number): Float64Array {
  return vector.map((value) => value * factor);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** a -= factor * b */
function subtract(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! -= factor * b[i]!;
}
