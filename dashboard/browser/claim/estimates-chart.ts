import * as Plot from "@observablehq/plot";
import { labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import { detailOf, numbersOf, scaleFor, xAxis, xTicks } from "../frame/scale.js";
import type { ArmData, PartData, State, UnitData } from "./claim-data.js";
import { predictionMarks, toneOf } from "./prediction-marks.js";

const ROW = 34;
/** Before the name of a part, under its question. */
const INDENT = "· ";
const AXIS = 40;
const SYMBOLS: Readonly<Record<State, "circle" | "square" | "times">> = {
  supported: "circle",
  inconclusive: "square",
  refuted: "times",
};

/**
 * Every question of an arm: the region as a band, the predicted value, the rivals, and over them what was measured with its
 * interval, with its parts in rows below it. Questions with one region share an axis; others get one each, as their margins
 * would not be seen.
 */
export function estimatesChart(arm: ArmData, width: number): Element {
  const shared = arm.units.every((unit) => String(unit.region) === String(arm.units[0]?.region));
  const groups = shared ? [arm.units] : arm.units.map((unit) => [unit]);
  const marginLeft = labelMargin(
    arm.units.flatMap(({ label, parts }) => [label, ...parts.map((part) => INDENT + part.label)]),
    width,
  );
  const charts = groups.map((units) => panel(units, { arm, width, marginLeft }));
  const holder = document.createElement("div");
  holder.append(...charts);
  return holder;
}

/** A row of the chart: a question, or a part of one, which has no verdict of its own. */
type Drawn = Omit<UnitData, "state"> & { readonly state: State | undefined };

interface Panel {
  readonly arm: ArmData;
  readonly width: number;
  readonly marginLeft: number;
}

function panel(units: readonly UnitData[], { arm, width, marginLeft }: Panel): Element {
  const rows = units
    .flatMap((unit) => [
      { ...unit, tone: toneOf(unit.state, arm.kind) },
      ...unit.parts.map((part) => ({ ...partRow(part, unit), tone: "observation" })),
    ])
    .map((one, row) => ({ ...one, row }));
  const scale = scaleFor(rows.flatMap(numbersOf), Math.max(...units.map(detailOf)));
  const chart = Plot.plot({
    width,
    height: rows.length * ROW + AXIS,
    marginLeft,
    marginRight: 16,
    marginTop: 6,
    marginBottom: 34,
    style: STYLE,
    x: { ...xAxis(scale, width - marginLeft), grid: true, label: null },
    y: { domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
    marks: [
      ...xTicks(scale, width - marginLeft),
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
        symbol: ({ state }: Drawn) => (state === undefined ? "circle" : SYMBOLS[state]),
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
  return named(chart, `${arm.axis}. ${rows.map(sentence).join("; ")}`);
}

/** A part lies against the question's region; the verdict is the question's alone. */
function partRow({ label, estimate, interval }: PartData, { region, chart }: UnitData): Drawn {
  const measured = estimate === null ? "no value" : Number(estimate.toPrecision(4)).toString();
  return {
    ...{ label: INDENT + label, chart, region, estimate, interval, measured },
    ...{ predicted: null, rivals: [], parts: [], state: undefined },
  };
}

function sentence({ label, measured, interval, region, predicted, rivals, state }: Drawn): string {
  const end = (value: number | null, open: string) => (value === null ? open : Number(value.toPrecision(4)).toString());
  const between = ([low, high]: UnitData["region"]) => `${end(low, "−∞")} to ${end(high, "∞")}`;
  return [
    label,
    `measured ${measured}, interval ${between(interval)}`,
    `predicted ${predicted === null ? "" : `${end(predicted, "")}, `}region ${between(region)}`,
    ...(rivals.length > 0 ? [`rivals ${rivals.map((one) => end(one, "")).join(", ")}`] : []),
    ...(state === undefined ? [] : [state === "inconclusive" ? "undecided" : state]),
  ].join("\n");
}
