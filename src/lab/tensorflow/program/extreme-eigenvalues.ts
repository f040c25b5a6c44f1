import { normalise } from "../../../numerics/log-domain.ts";
import { openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import type { ExtremeEigenvalues, ModelRequest } from "../../contract/model-request.ts";
import { fillDirection } from "../../draws/input.ts";
import type { Library } from "../library.ts";
import { eigensystem } from "./eigensystem.ts";
import { hessianProducts } from "./hessian-products.ts";
import type { Model } from "./model.ts";

/** H v in float32, for a vector in float64. */
type Multiply = (vector: Float64Array) => Float64Array;

/**
 * Lanczos with full re-orthogonalisation (twice) in float64 on products in float32. The eigenvalues are Rayleigh quotients of the
 * two outer Ritz vectors and the residual is formed from them, so that it holds the products' rounding too: about 1e-6 of the
 * largest eigenvalue, however many iterations.
 * @throws RangeError for a number of iterations that is not a positive integer
 */
export function extremeEigenvalues(
  tf: Library,
  model: Model,
  { streams, iterations }: ModelRequest & { readonly iterations: number },
): ExtremeEigenvalues {
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`Lanczos requires a positive integer number of iterations, got ${iterations}`);
  }
  const smallest = new Float64Array(streams.count);
  const largest = new Float64Array(streams.count);
  const residual = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    const multiply: Multiply = (vector) => hessianProducts(tf, model, [{ replicate, fill: (out) => out.set(vector) }]);
    const start = new Float64Array(model.parameters);
    fillDirection(openStream(streams.key, replicate, LANES.start), start, 0, start.length);
    const [low, high] = outerRitzVectors(tf, krylovBasis(multiply, start, iterations));
    const bottom = rayleigh(multiply, low);
    const top = rayleigh(multiply, high);
    smallest[row] = bottom.quotient;
    largest[row] = top.quotient;
    residual[row] = Math.max(bottom.residual, top.residual);
  }
  return { smallest, largest, residual };
}

interface Krylov {
  /** Orthonormal. */
  readonly basis: readonly Float64Array[];
  /** The Hessian in that basis, tridiagonal. */
  readonly diagonal: readonly number[];
  readonly subdiagonal: readonly number[];
}

/** A new direction below this share of the largest entry is the products' rounding: the space is invariant to that accuracy. */
const INVARIANT = 2 ** -20;

function krylovBasis(multiply: Multiply, start: Float64Array, iterations: number): Krylov {
  const rows = Math.min(iterations, start.length);
  const basis = [start];
  const diagonal: number[] = [];
  const subdiagonal: number[] = [];
  let largest = 0;
  for (;;) {
    const current = basis[basis.length - 1]!;
    const next = multiply(current);
    diagonal.push(dot(current, next));
    for (const vector of [...basis, ...basis]) subtract(next, dot(vector, next), vector);
    const rest = Math.sqrt(dot(next, next));
    largest = Math.max(largest, Math.abs(diagonal[diagonal.length - 1]!), rest);
    if (basis.length === rows || !(rest > INVARIANT * largest)) return { basis, diagonal, subdiagonal };
    subdiagonal.push(rest);
    basis.push(next.map((value) => value / rest));
  }
}

/** Those of the smallest and of the largest Ritz value. */
function outerRitzVectors(
  tf: Library,
  { basis, diagonal, subdiagonal }: Krylov,
): readonly [Float64Array, Float64Array] {
  const size = basis.length;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    matrix[i * size + i] = diagonal[i]!;
    if (i + 1 === size) continue;
    matrix[i * size + i + 1] = subdiagonal[i]!;
    matrix[(i + 1) * size + i] = subdiagonal[i]!;
  }
  const { vectors } = eigensystem(tf, matrix, size, true);
  const combine = (column: number) => {
    const sum = new Float64Array(basis[0]!.length);
    for (const [i, vector] of basis.entries()) subtract(sum, -vectors[i * size + column]!, vector);
    normalise(sum, 0, sum.length);
    return sum;
  };
  return [combine(0), combine(size - 1)];
}

function rayleigh(multiply: Multiply, vector: Float64Array): { readonly quotient: number; readonly residual: number } {
  const rest = multiply(vector);
  const quotient = dot(vector, rest);
  subtract(rest, quotient, vector);
  return { quotient, residual: Math.sqrt(dot(rest, rest)) };
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + value * b[index]!, 0);
}

/** a -= factor * b */
function subtract(a: Float64Array, factor: number, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i]! -= factor * b[i]!;
}
