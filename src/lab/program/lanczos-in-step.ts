import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES, type StreamRange } from "../../numerics/stream.ts";
import type { ExtremeEigenvalues } from "../contract/model-request.ts";
import { openKrylovSpace, rayleighQuotient } from "./krylov-space.ts";

/** The Hessian of each replicate times a vector of its own; what is given for one that wants none (undefined) is not read. */
export type MultiplyEach = (vectors: readonly (Float64Array | undefined)[]) => readonly Float64Array[];

/**
 * Lanczos from the contract's start, for engines to which one product of many replicates costs little more than one of one: the
 * recurrences in float64, in step with each other. The eigenvalues are Rayleigh quotients of the two outer Ritz vectors with a
 * product of their own and the residual is formed from these, so that it holds their rounding: with f the error of a unit vector's
 * product each is within residual + |f| of an eigenvalue (Weyl), however much the recurrence lost.
 */
export function extremesInStep(
  { key, first, count }: StreamRange,
  { parameters, iterations }: { readonly parameters: number; readonly iterations: number },
  multiply: MultiplyEach,
): ExtremeEigenvalues {
  const spaces = Array.from({ length: count }, (_, row) => {
    const start = new Float64Array(parameters);
    fillGaussian(openStream(key, first + row, LANES.start), start, 0, parameters);
    return openKrylovSpace(start, iterations);
  });
  for (;;) {
    const wanted = spaces.map((space) => space.next());
    if (wanted.every((vector) => vector === undefined)) break;
    for (const [row, product] of multiply(wanted).entries()) {
      if (wanted[row] !== undefined) spaces[row]!.extend(product);
    }
  }
  const ends = spaces.map((space) => space.outerRitzVectors());
  const [bottom, top] = ([0, 1] as const).map((end) => {
    const vectors = ends.map((both) => both[end]);
    return multiply(vectors).map((product, row) => rayleighQuotient(vectors[row]!, product));
  });
  return {
    smallest: Float64Array.from(bottom!, ({ quotient }) => quotient),
    largest: Float64Array.from(top!, ({ quotient }) => quotient),
    residual: Float64Array.from(bottom!, ({ residual }, row) => Math.max(residual, top![row]!.residual)),
  };
}
