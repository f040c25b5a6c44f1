import type { UnitEvidence } from "../../../src/claim/result.ts";
import { shownAs } from "../../../src/predictions/named.ts";
import { decimalsFor, exactText } from "../../../src/report/layout/number-text.ts";

/**
 * The smallest effect that would have been seen: a true value beyond an end of the region by twice the interval's
 * half-width. Its estimate strays by at most one half-width but for the stated level, and then the interval, one more
 * half-width to each side, lies outside the region. Taken with the width that the interval has here.
 */
export function smallestEffect(unit: UnitEvidence): string {
  if (shownAs(unit.statistic).answer === "discrepancy") return "any: each observation is checked by itself";
  const [low, high] = unit.interval;
  if (low === null || high === null) return "cannot be said: the interval is open";
  const [from, to] = unit.region;
  const reach = high - low;
  const decimals = decimalsFor(Math.max(reach, Number.MIN_VALUE));
  const ends = [
    ...(from === null || isFloor(unit) ? [] : [`below ${exactText(from - reach, decimals)}`]),
    ...(to === null ? [] : [`above ${exactText(to + reach, decimals)}`]),
  ];
  return ends.length === 0 ? "none: the region is everything" : `a true value ${ends.join(" or ")}`;
}

/** Distances cannot be negative, so the lower end of their region excludes nothing. */
function isFloor({ statistic, region }: UnitEvidence): boolean {
  return region[0] === 0 && shownAs(statistic).answer === "distance";
}
