import * as Plot from "@observablehq/plot";
import { labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import { detailOf, type NumberScale, scaleFor, xAxis, xTicks } from "../frame/scale.js";
import type { Observed, Place } from "./chart-place.js";
import type { Chart, Group } from "./claim-data.js";
import { predictionMarks, toneOf } from "./prediction-marks.js";

const ROW = 46;
const AXIS = 40;
/** Steps of the golden ratio fill a row evenly whatever the number of points, and the same at each visit. */
const GOLDEN = 0.618033988749895;
/** Charts whose estimate lies on the axis of the observations themselves. */
const ON_AXIS: ReadonlySet<Chart> = new Set(["values", "zeros-and-ones"]);

interface Row {
  readonly unit: Observed;
  readonly group: Group;
  readonly row: number;
  /** Rows of one unit; the prediction is drawn on the first. */
  readonly first: boolean;
  /** What the isotonic fit of the unit is in this row, where a trend is claimed. */
  readonly fit: number | undefined;
}

/** One row a cell: each observation a point, the quartiles and the middle 90 %, and prediction and estimate where they lie on this axis. */
export function stripChart(units: readonly Observed[], { arm, width }: Place): Element {
  const rows = units
    .flatMap((unit) =>
      unit.raw.kind === "values"
        ? unit.raw.groups.map((group, at) => ({ unit, group, first: at === 0, fit: fitOf(unit, at) }))
        : [],
    )
    .map((one, row): Row => ({ ...one, row }));
  const onAxis = rows.filter(({ unit, first }) => first && ON_AXIS.has(unit.chart));
  const labels = rows.map(({ unit, group }) => group.label || unit.label);
  const marginLeft = labelMargin(labels, width);
  const scale = axisOf(rows, onAxis);
  const points = rows.flatMap(({ group, row, unit }) =>
    group.values.map((value, index) => jittered({ value, index, row, unit })),
  );
  const chart = Plot.plot({
    width,
    height: rows.length * ROW + AXIS,
    marginLeft,
    marginRight: 16,
    marginTop: 6,
    marginBottom: 34,
    style: STYLE,
    x: { ...xAxis(scale, width - marginLeft), grid: true, label: null, clamp: true },
    y: { domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
    marks: [
      ...xTicks(scale, width - marginLeft),
      ...predictionMarks(
        onAxis.map(({ unit, row }) => ({ ...unit, row })),
        scale,
      ),
      ...spreadMarks(rows),
      Plot.dot(points, {
        x: "value",
        y: "y",
        r: 1.6,
        fill: "var(--observation)",
        fillOpacity: 0.55,
        className: "mark-observations",
      }),
      ...boxMarks(rows, scale),
      ...trendMarks(rows),
      Plot.ruleX(onAxis, {
        x: ({ unit }: Row) => unit.estimate,
        y1: ({ row }: Row) => row - 0.42,
        y2: ({ row }: Row) => row + 0.42,
        stroke: ({ unit }: Row) => `var(--${toneOf(unit.state, arm.kind)})`,
        strokeWidth: 2.5,
      }),
      Plot.text(rows, {
        frameAnchor: "left",
        y: "row",
        dx: -8,
        textAnchor: "end",
        text: ({ row }: Row) => shortened(labels[row]!, marginLeft),
      }),
      Plot.tip(rows, Plot.pointerY({ frameAnchor: "right", y: "row", title: sentence, fontSize: 12, anchor: "right" })),
    ],
  });
  return named(chart, `Observations: ${arm.measure}. ${rows.map(sentence).join("; ")}`);
}

function jittered({ value, index, row, unit }: { value: number; index: number; row: number; unit: Observed }) {
  const sideways = unit.chart === "zeros-and-ones" ? 0.07 * (((index * GOLDEN * 7) % 1) - 0.5) : 0;
  return { value: value + sideways, y: row + 0.64 * (((index * GOLDEN) % 1) - 0.5) };
}

function axisOf(rows: readonly Row[], onAxis: readonly Row[]): NumberScale {
  const values = rows.flatMap(({ group }): readonly (number | null)[] => [...group.values, ...group.quantiles]);
  const predicted = onAxis.flatMap(({ unit }) => [...unit.region, unit.predicted, unit.estimate, ...unit.rivals]);
  const spread = Math.max(...rows.map(({ group }) => middleOf(group)));
  return scaleFor([...values, ...predicted], spread || Math.max(0, ...onAxis.map(({ unit }) => detailOf(unit))));
}

/** How far the middle 90 % reach; to the last that is drawn where they reach to infinity. */
function middleOf({ quantiles: [low, , , , high], values }: Group): number {
  return (high ?? Math.max(...values)) - (low ?? Math.min(...values));
}

function fitOf({ raw }: Observed, at: number): number | undefined {
  return raw.kind === "values" ? raw.fit?.[at] : undefined;
}

/** The isotonic fit of each unit, from row to row: where it is upright, rows were pooled that violate the trend. */
function trendMarks(rows: readonly Row[]): Plot.Markish[] {
  const fitted = rows.filter(({ fit }) => fit !== undefined);
  const line = { x: "fit", y: "row", stroke: "var(--prediction)", className: "mark-isotonic-fit" };
  return [
    Plot.line(fitted, { ...line, z: ({ unit }: Row) => unit.label, strokeWidth: 2 }),
    Plot.dot(fitted, { ...line, r: 4, fill: "var(--theme-background)", strokeWidth: 2 }),
  ];
}

/** A variance is a spread: one predicted standard deviation to each side of the mean, with its margin. */
function spreadMarks(rows: readonly Row[]): Plot.Markish[] {
  const sides = rows
    .filter(({ unit, first }) => first && unit.chart === "spread")
    .flatMap(({ unit, group, row }) => [-1, 1].map((side) => ({ unit, group, row, side })));
  const edge = (variance: number | null, side: number, mean: number) =>
    mean + side * Math.sqrt(Math.max(0, variance ?? 0));
  type Side = (typeof sides)[number];
  const heights = { y1: ({ row }: Side) => row - 0.4, y2: ({ row }: Side) => row + 0.4 };
  return [
    Plot.rect(sides, {
      x1: ({ unit, side, group }: Side) => edge(unit.region[0], side, group.mean),
      x2: ({ unit, side, group }: Side) => edge(unit.region[1], side, group.mean),
      ...heights,
      fill: "var(--prediction)",
      fillOpacity: 0.22,
      className: "mark-predicted-spread",
    }),
    Plot.ruleX(sides, {
      x: ({ group, side }: Side) => group.mean + side * group.deviation,
      ...heights,
      stroke: "currentColor",
      strokeWidth: 2,
      className: "mark-measured-spread",
    }),
  ];
}

/** Quartiles and the middle 90 %, of all observations and not only those drawn. */
function boxMarks(rows: readonly Row[], { domain }: NumberScale): Plot.Markish[] {
  const between = (low: number, high: number) => ({
    y: ({ row }: Row) => row + 0.42,
    x1: ({ group }: Row) => group.quantiles[low] ?? domain[0],
    x2: ({ group }: Row) => group.quantiles[high] ?? domain[1],
    stroke: "currentColor",
  });
  return [
    Plot.ruleY(rows, { ...between(0, 4), strokeWidth: 1, strokeOpacity: 0.6 }),
    Plot.ruleY(rows, { ...between(1, 3), strokeWidth: 3, strokeOpacity: 0.6 }),
  ];
}

function sentence({ unit, group, fit }: Row): string {
  const [low, , middle, , high] = group.quantiles;
  return [
    group.label || unit.label,
    `${group.values.length.toLocaleString("en-GB")} of ${group.count.toLocaleString("en-GB")} replicates drawn`,
    `median ${middle ?? "infinite"}, mean ${group.zeros + group.endless > 0 ? "of the finite ones " : ""}${group.mean}`,
    `90 % between ${low ?? "−∞"} and ${high ?? "∞"}`,
    ...(fit === undefined ? [] : [`isotonic fit ${Number(fit.toPrecision(4))}`]),
    ...(group.zeros > 0 ? [`${group.zeros} exact zeros are not drawn`] : []),
    ...(group.endless > 0 ? [`${group.endless} are infinite and not drawn`] : []),
  ].join("\n");
}
