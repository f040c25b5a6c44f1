import * as Plot from "@observablehq/plot";
import { named, STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import type { Running } from "./running.js";

const BINS = 30;

/** What was drawn so far of one measure. */
export interface Drawn {
  readonly words: string;
  readonly values: Float64Array;
  /** `median` or `mean`. */
  readonly middle: string;
  readonly running: readonly Running[];
}

/** How often each value came, with the middle and its interval. */
export function histogram({ words, values, middle, running }: Drawn, width: number): Element {
  const finite = Array.from(values).filter(Number.isFinite);
  const last = running.at(-1)!;
  const bins = binsOf(finite);
  const chart = Plot.plot({
    ...{ width, height: 220, marginLeft: 48, marginRight: 16, marginBottom: 40, style: STYLE },
    x: { label: `${words} →`, ticks: Math.max(3, Math.floor(width / 90)), tickFormat: numberText },
    y: { label: null, grid: true, ticks: 4 },
    marks: [
      Plot.rectY(bins, { x1: "low", x2: "high", y: "count", fill: "var(--claimed)", fillOpacity: 0.45, inset: 0.5 }),
      Plot.ruleY([0]),
      Plot.rectX([last], { x1: "low", x2: "high", fill: "var(--claimed)", fillOpacity: 0.2 }),
      Plot.ruleX([last], { x: "middle", stroke: "var(--claimed)", strokeWidth: 2.5 }),
    ],
  });
  return named(chart, `${finite.length} observations of ${words}; their ${middle} is ${shown(last.middle)}`);
}

/** Thirty bins of one width. */
function binsOf(values: readonly number[]) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const width = (high - low || 1) / BINS;
  const counts = new Array<number>(BINS).fill(0);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor((value - low) / width))]! += 1;
  return counts.map((count, at) => ({ low: low + at * width, high: low + (at + 1) * width, count }));
}

/** The middle and its interval as observations came. */
export function runningChart({ words, middle, running }: Drawn, width: number): Element {
  const known = running.filter(({ low, high }) => Number.isFinite(low) && Number.isFinite(high));
  const chart = Plot.plot({
    ...{ width, height: 180, marginLeft: 56, marginRight: 16, marginBottom: 40, style: STYLE },
    x: { label: "observations →", ticks: Math.max(3, Math.floor(width / 110)) },
    y: { label: null, grid: true, ticks: 4, tickFormat: numberText },
    marks: [
      Plot.areaY(known, { x: "count", y1: "low", y2: "high", fill: "var(--claimed)", fillOpacity: 0.2 }),
      Plot.lineY(known, { x: "count", y: "middle", stroke: "var(--claimed)", strokeWidth: 2 }),
    ],
  });
  return named(chart, `The ${middle} of ${words} and its 95 % interval as observations came`);
}

/** Four digits of a number. */
export function shown(value: number): string {
  return numberText(Number(value.toPrecision(4)));
}
