import type { UnitEvidence } from "../../claim/result.ts";
import { shownAs } from "../../predictions/named.ts";
import { decimalsFor, exactText, numberText } from "../layout/number-text.ts";

/** A question and its answer in the words of a table. */
export interface UnitText {
  /** `-0.635`; empty for one-sided predictions. */
  readonly predicted: string;
  /** `± 0.01`, `at most 0.3`, `0.2 to 0.5`. */
  readonly margin: string;
  readonly measured: string;
  /** `-0.6391 to -0.6308`. */
  readonly interval: string;
}

/** Digits beyond the margin's own that an interval far narrower than the margin is shown with. */
const FINER = 2;

export function unitText(unit: UnitEvidence): UnitText {
  const decimals = decimalsOf(unit);
  const [low, high] = unit.interval;
  return {
    predicted: unit.predicted === null ? "" : exactText(unit.predicted, decimals),
    margin: marginText(unit, decimals),
    measured: unit.estimate === null ? "no value" : numberText(unit.estimate, decimals),
    interval: `${end(low, "-∞", decimals)} to ${end(high, "∞", decimals)}`,
  };
}

function decimalsOf(unit: UnitEvidence): number {
  const margin = halfWidth(unit.region);
  const interval = halfWidth(unit.interval);
  const known = [margin, interval].filter((half): half is number => half !== undefined && half > 0);
  const fallback = Math.abs(unit.estimate ?? unit.predicted ?? 1) / 10;
  const scale = known.length === 0 ? fallback : Math.min(...known);
  return margin === undefined || margin === 0
    ? decimalsFor(scale)
    : Math.min(decimalsFor(scale), decimalsFor(margin) + FINER);
}

function marginText(unit: UnitEvidence, decimals: number): string {
  const [low, high] = unit.region;
  if (high !== null && (low === null || (low === 0 && isDistance(unit)))) {
    return `at most ${exactText(high, decimals)}`;
  }
  if (low !== null && high === null) return `at least ${exactText(low, decimals)}`;
  if (low === null || high === null) return "anything";
  const half = (high - low) / 2;
  const centred = unit.predicted !== null && Math.abs((low + high) / 2 - unit.predicted) <= 1e-6 * half;
  return centred
    ? `± ${exactText(half, decimalsFor(half))}`
    : `${exactText(low, decimals)} to ${exactText(high, decimals)}`;
}

/** Whether the prediction says how far something may be from nothing. */
function isDistance({ statistic }: UnitEvidence): boolean {
  return shownAs(statistic).answer !== "value";
}

function halfWidth([low, high]: readonly [number | null, number | null]): number | undefined {
  return low === null || high === null ? undefined : (high - low) / 2;
}

function end(value: number | null, infinite: string, decimals: number): string {
  return value === null ? infinite : numberText(value, decimals);
}
