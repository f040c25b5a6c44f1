import * as Plot from "@observablehq/plot";
import { labelMargin, named, STYLE, shortened } from "./chart-frame.js";
import type { ArmData, State, UnitData } from "./claim-data.js";
import { detailOf, type NumberScale, numbersOf, scaleFor, tickCount } from "./scale.js";

const ROW = 34;
const AXIS = 40;
export const SYMBOLS: Readonly<Record<State, "circle" | "square" | "times">> = {
  supported: "circle",
  inconclusive: "square",
  refuted: "times",
};

/** As it must be, as it must not be, or open: what supports a claim discredits its control. */
export function toneOf(state: State, kind: ArmData["kind"]): "good" | "bad" | "open" {
  if (state === "inconclusive") return "open";
  return (state === "supported") === (kind === "claimed") ? "good" : "bad";
}

/**
 * Every question of an arm: the region as a band, the predicted value, the rivals, and over them what was measured with its
 * interval. Questions with one region share an axis; others get one each, as their margins would not be seen.
 */
export function estimatesChart(arm: ArmData, width: number): Element {
  const shared = arm.units.every((unit) => String(unit.region) === String(arm.units[0]?.region));
  const groups = shared ? [arm.units] : arm.units.map((unit) => [unit]);
  const marginLeft = labelMargin(
    arm.units.map(({ label }) => label),
    width,
  );
  const charts = groups.map((units) => panel(units, { arm, width, marginLeft }));
  const holder = document.createElement("div");
  holder.append(...charts);
  return holder;
}

interface Panel {
  readonly arm: ArmData;
  readonly width: number;
  readonly marginLeft: number;
}

function panel(units: readonly UnitData[], { arm, width, marginLeft }: Panel): Element {
  const scale = scaleFor(units.flatMap(numbersOf), Math.max(...units.map(detailOf)));
  const rows = units.map((unit, row) => ({ ...unit, row, tone: toneOf(unit.state, arm.kind) }));
  const chart = Plot.plot({
    width,
    height: units.length * ROW + AXIS,
    marginLeft,
    marginRight: 16,
    marginTop: 6,
    marginBottom: 34,
    style: STYLE,
    x: { ...scale, domain: [...scale.domain], grid: true, ticks: tickCount(width), label: null },
    y: { domain: [-0.5, units.length - 0.5], reverse: true, axis: null },
    marks: [
      ...predictionMarks(rows, scale),
      Plot.ruleY(rows, {
        y: "row",
        x1: ({ interval }: UnitData) => interval[0] ?? scale.domain[0],
        x2: ({ interval }: UnitData) => interval[1] ?? scale.domain[1],
        stroke: ({ tone }: { tone: string }) => `var(--${tone})`,
        strokeWidth: 3,
        strokeLinecap: "round",
      }),
      Plot.dot(rows, {
        x: "estimate",
        y: "row",
        r: 5,
        symbol: ({ state }: UnitData) => SYMBOLS[state],
        fill: "var(--theme-background)",
        stroke: ({ tone }: { tone: string }) => `var(--${tone})`,
        strokeWidth: 2.5,
      }),
      Plot.text(rows, {
        frameAnchor: "left",
        y: "row",
        dx: -8,
        textAnchor: "end",
        text: ({ label }: UnitData) => shortened(label, marginLeft),
        title: "label",
      }),
      Plot.tip(rows, Plot.pointerY({ x: "estimate", y: "row", title: sentence, fontSize: 12 })),
    ],
  });
  return named(chart, `${arm.axis}. ${units.map(sentence).join("; ")}`);
}

/** The region as a band with the predicted value in it, and rivals as dashed ticks; one row each. */
export function predictionMarks(
  rows: readonly (UnitData & { readonly row: number })[],
  scale: NumberScale,
): Plot.Markish[] {
  const rivals = rows.flatMap(({ rivals, row }) => rivals.map((rival) => ({ rival, row })));
  return [
    Plot.rect(rows, {
      x1: ({ region }: UnitData) => region[0] ?? scale.domain[0],
      x2: ({ region }: UnitData) => region[1] ?? scale.domain[1],
      y1: ({ row }: { row: number }) => row - 0.4,
      y2: ({ row }: { row: number }) => row + 0.4,
      fill: "var(--prediction)",
      fillOpacity: 0.22,
      className: "mark-region",
    }),
    Plot.ruleX(
      rows.filter(({ predicted }) => predicted !== null),
      { x: "predicted", ...across, stroke: "var(--prediction)", strokeWidth: 2, className: "mark-predicted" },
    ),
    Plot.ruleX(rivals, {
      x: "rival",
      ...across,
      stroke: "var(--rival)",
      strokeWidth: 2,
      strokeDasharray: "3,2",
      className: "mark-rival",
    }),
  ];
}

const across = {
  y1: ({ row }: { row: number }) => row - 0.4,
  y2: ({ row }: { row: number }) => row + 0.4,
} as const;

function sentence({ label, measured, interval, region, predicted, rivals, state }: UnitData): string {
  const end = (value: number | null, open: string) => (value === null ? open : Number(value.toPrecision(4)).toString());
  const between = ([low, high]: UnitData["region"]) => `${end(low, "−∞")} to ${end(high, "∞")}`;
  return [
    label,
    `measured ${measured}, interval ${between(interval)}`,
    `predicted ${predicted === null ? "" : `${end(predicted, "")}, `}region ${between(region)}`,
    ...(rivals.length > 0 ? [`rivals ${rivals.map((one) => end(one, "")).join(", ")}`] : []),
    state === "inconclusive" ? "undecided" : state,
  ].join("\n");
}
