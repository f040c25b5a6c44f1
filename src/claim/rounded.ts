import { EVIDENCE_DIGITS } from "./result.ts";

/** A number as evidence states it: rounded to the stated digits, null for an open end. Throws on NaN. */
export function rounded(value: number): number | null {
  if (Number.isNaN(value)) throw new TypeError("evidence has no NaN");
  if (!Number.isFinite(value)) return null;
  // Adding zero turns -0, which JSON text loses, into 0.
  return Number(value.toPrecision(EVIDENCE_DIGITS)) + 0;
}
