import * as Plot from "@observablehq/plot";
import { labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import { detailOf, numbersOf, scaleFor, tickCount } from "../frame/scale.js";
import type { ArmData, State, UnitData } from "./claim-data.js";
import { predictionMarks, toneOf } from "./prediction-marks.js";

const ROW = 34;
const AXIS = 40;
const SYMBOLS: Readonly<Record<State, "circle" | "square" | "times">> = {
  supported: "circle",
  inconclusive: "square",
  refuted: "times",
};

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
