import { euclideanNorm } from "../../numerics/euclidean-norm.ts";
import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { tridiagonalEigenvalues } from "../../numerics/tridiagonal-eigenvalues.ts";
import type { ExtremeEigenvalues, ModelRequest } from "../contract/model-request.ts";
import type { Primitives } from "./primitives.ts";
import { compileProgram, type Program } from "./program.ts";

/**
 * Below this share of the largest entry of the tridiagonal matrix a new direction is rounding: the space is invariant to that
 * accuracy, and what is left out counts in the residual. A Hessian-vector product errs by more than a few units of 2^-53.
 */
const INVARIANT = 2 ** -46;

/**
 * Lanczos from a Gaussian vector of lane `start` with full re-orthogonalisation, twice, in blocks of all vectors so far. It ends
 * early where the space is invariant, at the latest when it is the whole space.
 */
export function extremeEigenvalues(
  primitives: Primitives,
  request: ModelRequest & { readonly iterations: number },
): ExtremeEigenvalues {
  const { streams, iterations } = request;
  const program = compileProgram(primitives, request, { order: 2 });
  const rows = Math.min(iterations, program.count);
  const basis = program.take(rows * program.count);
  const coefficients = program.take(rows);
  const values = program.open();
  const smallest = new Float64Array(streams.count);
  const largest = new Float64Array(streams.count);
  const residual = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    program.load(replicate);
    program.evaluate();
    program.gaussians(openStream(streams.key, replicate, LANES.start), basis, basis + program.count);
    const { diagonal, subdiagonal, rest } = tridiagonalise(primitives, program, values, { rows, basis, coefficients });
    const { eigenvalues, lastComponents } = tridiagonalEigenvalues(diagonal, subdiagonal);
    const last = eigenvalues.length - 1;
    smallest[row] = eigenvalues[0]!;
    largest[row] = eigenvalues[last]!;
    residual[row] = rest * Math.max(Math.abs(lastComponents[0]!), Math.abs(lastComponents[last]!));
  }
  return { smallest, largest, residual };
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly subdiagonal: Float64Array;
  /** Norm of what the last product has outside the space. */
  readonly rest: number;
}

function tridiagonalise(
  primitives: Primitives,
  { count, vector, product, differentiate }: Program,
  values: Float64Array,
  { rows, basis, coefficients }: { readonly rows: number; readonly basis: number; readonly coefficients: number },
): Tridiagonal {
  const diagonal = new Float64Array(rows);
  const subdiagonal = new Float64Array(rows);
  let largest = 0;
  primitives.scale(count, 1 / euclideanNorm(values, basis, basis + count), basis);
  for (let step = 0; ; step++) {
    const current = basis + step * count;
    values.copyWithin(vector, current, current + count);
    differentiate();
    for (let pass = 0; pass < 2; pass++) {
      primitives.dots(step + 1, count, basis, product, coefficients);
      if (pass === 0) diagonal[step] = values[coefficients + step]!;
      primitives.subtractRows(step + 1, count, basis, coefficients, product);
    }
    const rest = euclideanNorm(values, product, product + count);
    largest = Math.max(largest, Math.abs(diagonal[step]!), rest);
    // Not `rest <= ...`, so that a NaN ends it too.
    if (step + 1 === rows || !(rest > INVARIANT * largest)) {
      return { diagonal: diagonal.subarray(0, step + 1), subdiagonal: subdiagonal.subarray(0, step), rest };
    }
    subdiagonal[step] = rest;
    values.copyWithin(current + count, product, product + count);
    primitives.scale(count, 1 / rest, current + count);
  }
}
