import { type AnyCell, cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { type AnyValue, evaluate, type Value } from "../stated.ts";

/** How counts vary, where they are not Poisson. */
export interface Dispersed<G extends Grid> {
  /**
   * Of one replicate's count, in every arm: its variance is at most mean + dispersion mean^2, as a negative binomial's is. The error rates are
   * promised for negative binomial counts.
   */
  readonly dispersion?: Value<G>;
}

/** The declared dispersion in numbers. Throws `ClaimError` for one that is none. */
export function dispersionAt(
  { of, dispersion }: { readonly of: string; readonly dispersion?: AnyValue | undefined },
  cell: AnyCell,
): { readonly dispersion?: number } {
  if (dispersion === undefined) return {};
  const declared = evaluate(dispersion, cell, "dispersion");
  if (declared > 0) return { dispersion: declared };
  throw new ClaimError(
    `the dispersion of ${of} at ${cellLabel(cell)} is ${declared}, a positive number is required, or none for Poisson counts`,
  );
}
