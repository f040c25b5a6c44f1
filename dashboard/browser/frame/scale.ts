import type { UnitData } from "../claim/claim-data.js";

/** How a chart places its numbers. */
export interface NumberScale {
  readonly type: "linear" | "log" | "symlog";
  readonly constant?: number;
  readonly domain: readonly [number, number];
}

/** Beyond so many widths of what is looked at, a linear axis shows it as one line. */
const LINEAR_REACH = 60;
const PADDING = 0.06;

/** An axis on which all of `values` are seen and a stretch of `detail` is still told apart. */
export function scaleFor(values: readonly (number | null)[], detail: number): NumberScale {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  if (finite.length === 0) return { type: "linear", domain: [0, 1] };
  const spread = high - low || Math.abs(high) || 1;
  if (!(detail > 0) || spread / detail <= LINEAR_REACH) {
    return { type: "linear", domain: [low - PADDING * spread, high + PADDING * spread] };
  }
  if (low > 0) return { type: "log", domain: [low / 1.3, high * 1.3] };
  return { type: "symlog", constant: detail, domain: [low - PADDING * spread, high + PADDING * spread] };
}

/** The numbers of a unit that its chart must show. */
export function numbersOf(unit: UnitData): readonly (number | null)[] {
  return [...unit.region, unit.predicted, ...unit.rivals, unit.estimate, ...unit.interval];
}

/** What a reader has to tell apart: the width of the region, or of the interval where the region is open. */
export function detailOf({ region, interval }: Pick<UnitData, "region" | "interval">): number {
  const [low, high] = region[0] === null || region[1] === null ? interval : region;
  return low === null || high === null ? 0 : high - low;
}

/** Few ticks on a narrow chart. */
export function tickCount(width: number): number {
  return Math.max(3, Math.min(9, Math.floor(width / 90)));
}
