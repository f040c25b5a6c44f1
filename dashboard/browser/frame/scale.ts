import type * as Plot from "@observablehq/plot";
import type { UnitData } from "../claim/claim-data.js";
import { numberText, raised } from "./number-words.js";
import { ticksAcross, ticksUp } from "./ticks.js";

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
  return { type: "symlog", constant: detail, domain: paddedLog(low, high, detail) };
}

/** From so large a ratio of its ends on, an axis of positive values is logarithmic. */
const LOG_RATIO = 50;

/** An axis of values of which none is looked at more closely than another. */
export function valueScale(values: readonly number[]): NumberScale {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  if (low > 0 && high / low > LOG_RATIO) return { type: "log", domain: [low / 1.3, high * 1.3] };
  const room = PADDING * (high - low || Math.abs(high) || 1);
  return { type: "linear", domain: [low - room, high + room] };
}

/** The words of a logarithmic axis, which Plot would leave out in part; other axes have theirs from `xAxis`. */
export function xTicks({ type, domain }: NumberScale, width: number): Plot.Markish[] {
  return type === "log" ? [ticksAcross(logTicks(domain, tickCount(width)), numberText)] : [];
}

/** The same, up. */
export function yTicks({ type, domain }: NumberScale, height: number): Plot.Markish[] {
  return type === "log" ? [ticksUp(logTicks(domain, tickCount(height)), numberText)] : [];
}

/** Room at both ends of a symmetric logarithmic axis, as long as drawn: a share of the span itself would take half of the axis for nothing. */
function paddedLog(low: number, high: number, constant: number): readonly [number, number] {
  const [from, to] = [symlog(low, constant), symlog(high, constant)];
  const room = PADDING * (to - from);
  const back = (at: number) => Math.sign(at) * constant * Math.expm1(Math.abs(at));
  return [back(from - room), back(to + room)];
}

/** Where a symmetric logarithmic axis places a value, in units of its own. */
function symlog(value: number, constant: number): number {
  return Math.sign(value) * Math.log1p(Math.abs(value) / constant);
}

/** What Plot needs of a horizontal axis `width` pixels long. */
export function xAxis({ domain, ...scale }: NumberScale, width: number): Plot.ScaleOptions {
  const ends = { ...scale, domain: [...domain] };
  if (scale.type === "log") return { ...ends, ticks: logTicks(domain, tickCount(width)) };
  if (scale.type !== "symlog") return { ...ends, ticks: tickCount(width) };
  return { ...ends, ticks: [...symlogTicks(domain, scale.constant ?? 1, width)], tickFormat: tickWords };
}

/**
 * Places on a logarithmic axis, at most about so many: powers of ten where two or more lie on it, else the first of steps of 2 and 5 or of
 * equal steps with which three do. D3 would word them as parts of a thousand ("1m") and leave out most words of a short axis.
 */
export function logTicks([low, high]: readonly [number, number], most: number): number[] {
  const inside = (values: readonly number[]) => values.filter((value) => value >= low && value <= high);
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const powers = Array.from({ length: to - from + 1 }, (_, at) => from + at);
  const tens = inside(powers.map((power) => 10 ** power));
  if (tens.length > 2) return tens.filter((_, at) => at % Math.ceil(tens.length / most) === 0);
  for (const steps of [
    [1, 3],
    [1, 2, 5],
  ]) {
    const values = inside(powers.flatMap((power) => steps.map((step) => step * 10 ** power)));
    if (values.length > 2) return values;
  }
  const step = [1, 2, 5, 10]
    .map((of) => of * 10 ** Math.floor(Math.log10((high - low) / most)))
    .find((one) => (high - low) / one <= most)!;
  return inside(
    Array.from({ length: most + 2 }, (_, at) => Number(((Math.floor(low / step) + at) * step).toPrecision(12))),
  );
}

/** Pixels that a tick with its words needs. */
const TICK_ROOM = 64;

/** Zero and powers of ten to each side of it, the far ones first, none nearer to another than its words are long. */
export function symlogTicks(
  [low, high]: readonly [number, number],
  constant: number,
  width: number,
): readonly number[] {
  const place = (value: number) => (width * symlog(value, constant)) / (symlog(high, constant) - symlog(low, constant));
  const decade = (value: number) => Math.floor(Math.log10(Math.abs(value)));
  const powers = (end: number) =>
    Array.from(
      { length: Math.max(0, decade(end) - decade(constant) + 1) },
      (_, at) => Math.sign(end) * 10 ** (decade(end) - at),
    );
  const candidates = [0, ...powers(high), ...powers(low)].filter((value) => value >= low && value <= high);
  const kept: number[] = [];
  for (const value of candidates) {
    if (kept.every((one) => Math.abs(place(one) - place(value)) >= TICK_ROOM)) kept.push(value);
  }
  return kept.toSorted((a, b) => a - b);
}

/** `0`, `−100`, `10⁶`. */
function tickWords(value: number): string {
  const sign = value < 0 ? "−" : "";
  const power = Math.round(Math.log10(Math.abs(value)));
  if (value === 0) return "0";
  if (Math.abs(power) <= 3) return `${sign}${Number(Math.abs(value).toPrecision(3)).toLocaleString("en-GB")}`;
  return `${sign}10${raised(String(power))}`;
}

/** The numbers of a unit that its chart must show. */
export function numbersOf(
  unit: Pick<UnitData, "region" | "predicted" | "rivals" | "estimate" | "interval">,
): readonly (number | null)[] {
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
