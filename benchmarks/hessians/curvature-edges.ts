import { log } from "../../src/numerics/elementary.ts";

/** ln(-smallest / largest): how far below zero a spectrum reaches for how far above; infinite where one side is empty. */
export function logEdgeRatio(smallest: number, largest: number): number {
  if (!(smallest < 0)) return Number.NEGATIVE_INFINITY;
  return largest > 0 ? log(-smallest / largest) : Number.POSITIVE_INFINITY;
}
