import * as Plot from "@observablehq/plot";
import { labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import { ticksAcross } from "../frame/ticks.js";
import type { PeerRatio } from "./speed-data.js";

const ROW = 26;
/** Below this width row labels stand above their rows. */
const NARROW = 620;

interface Row extends PeerRatio {
  readonly row: number;
  readonly label: string;
  readonly least: number;
  readonly most: number;
}

const MARKS = {
  met: { tone: "good", symbol: "circle" },
  missed: { tone: "bad", symbol: "times" },
  none: { tone: "observation", symbol: "square" },
} as const;

/** Our rate over the best peer's, a row for each workload and engine: median and reach over the rounds, and the target. */
export function peerChart(ratios: readonly PeerRatio[], width: number): Element {
  const rows = ratios.map(rowOf);
  const narrow = width < NARROW;
  const labels = rows.map(({ label }) => label);
  const marginLeft = narrow ? 20 : labelMargin(labels, width * 1.3);
  const domain = domainOf(rows);
  const chart = Plot.plot({
    width,
    height: Math.max(1, rows.length) * (narrow ? 1.7 * ROW : ROW) + 48,
    ...{ marginLeft, marginRight: 24, marginTop: 26, marginBottom: 20 },
    style: STYLE,
    x: {
      ...{ type: "log", domain, grid: true, label: null, ticks: ticksFor(domain, width) },
    },
    y: { domain: [-0.5, Math.max(1, rows.length) - 0.5], reverse: true, axis: null },
    marks: [
      ticksAcross(ticksFor(domain, width), timesText, "top"),
      // Where labels stand above their rows, the line stops short of them: it is for the marks below.
      Plot.ruleX(rows, {
        ...{ x: 1, y1: ({ row }: Row) => row - (narrow ? 0.1 : 0.5), y2: ({ row }: Row) => row + 0.5 },
        ...{ stroke: "currentColor", strokeWidth: 1.5, className: "mark-equal" },
      }),
      ...ratioMarks(rows, narrow ? 8 : 0),
      Plot.text(rows, {
        ...{ frameAnchor: "left", y: "row", dx: narrow ? 0 : -8, dy: narrow ? -12 : 0 },
        ...{ textAnchor: narrow ? "start" : "end", fill: "currentColor" },
        ...{ stroke: narrow ? "var(--theme-background)" : "none", strokeWidth: narrow ? 3 : 0 },
        text: ({ label }: Row) => shortened(label, narrow ? width : marginLeft),
      }),
      Plot.tip(rows, Plot.pointerY({ x: "median", y: "row", title: sentence, fontSize: 12, lineWidth: 28 })),
    ],
  });
  return named(chart, `Our rate over the best peer's. ${rows.map(sentence).join("; ")}`);
}

function ratioMarks(rows: readonly Row[], dy: number): Plot.Markish[] {
  const stroke = ({ verdict }: Row) => `var(--${MARKS[verdict].tone})`;
  return [
    Plot.ruleX(
      rows.filter(({ target }) => target !== null),
      {
        ...{ x: "target", y1: ({ row }: Row) => row - 0.36, y2: ({ row }: Row) => row + 0.36, dy },
        ...{ stroke: "var(--prediction)", strokeWidth: 3, className: "mark-target" },
      },
    ),
    Plot.ruleY(rows, { y: "row", x1: "least", x2: "most", dy, stroke, strokeWidth: 3, strokeLinecap: "round" }),
    Plot.dot(rows, {
      ...{ x: "median", y: "row", dy, r: 4.5, symbol: ({ verdict }: Row) => MARKS[verdict].symbol },
      ...{ fill: "var(--theme-background)", stroke, strokeWidth: 2.5, className: "mark-ratio" },
    }),
  ];
}

function rowOf(ratio: PeerRatio, row: number): Row {
  const [least, most] = [Math.min(...ratio.ratios), Math.max(...ratio.ratios)];
  return { ...ratio, row, label: `${ratio.workload}, ${ratio.engine}`, least, most };
}

function domainOf(rows: readonly Row[]): [number, number] {
  const values = [1, ...rows.flatMap(({ least, most, target }) => [least, most, ...(target === null ? [] : [target])])];
  return [Math.min(...values) / 1.25, Math.max(...values) * 1.25];
}

/** 1, 2 and 5 of each decade, or the decades alone where those would stand too close. */
function ticksFor([low, high]: readonly [number, number], width: number): number[] {
  const decades = Array.from({ length: 16 }, (_, at) => 10 ** (at - 8));
  const inside = (value: number) => value >= low && value <= high;
  const all = decades.flatMap((ten) => [ten, 2 * ten, 5 * ten]).filter(inside);
  return all.length <= Math.max(4, width / 75) ? all : decades.filter(inside);
}

function timesText(value: number): string {
  return `${Number(value.toPrecision(2))}×`;
}

function sentence({ label, median, least, most, target, verdict, best }: Row): string {
  const aim = target === null ? "no target" : `target ${target}, ${verdict}`;
  return `${label}\n${median.toFixed(2)} times ${best}, ${least.toFixed(2)} to ${most.toFixed(2)} over the rounds\n${aim}`;
}
