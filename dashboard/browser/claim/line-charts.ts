import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { tickCount, valueScale, xAxis, xTicks, yTicks } from "../frame/scale.js";
import { equalLine } from "../picture/picture-marks.js";
import type { Place } from "./chart-place.js";
import type { Raw, UnitData } from "./claim-data.js";
import { toneOf } from "./prediction-marks.js";

const HEIGHT = 280;
const GOLDEN = 0.618033988749895;
/** Points on a line that is drawn. */
const STEPS = 24;

type RawOf<Kind extends Raw["kind"]> = Extract<Raw, { readonly kind: Kind }>;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Observations over the position of their cell; slopes as lines through the middle of what was measured. */
export function slopeChart(unit: UnitData, raw: RawOf<"slope">, place: Place) {
  const span = Math.max(...raw.at) - Math.min(...raw.at) || 1;
  const points = raw.groups.flatMap(({ values }, group) =>
    values.map((y, index) => ({ x: raw.at[group]! + 0.05 * span * (((index * GOLDEN) % 1) - 0.5), y })),
  );
  const centres = raw.groups.map(({ quantiles, mean }, group) => ({
    x: raw.at[group]!,
    y: raw.through === "median" ? (quantiles[2] ?? Number.NaN) : mean,
  }));
  return Plot.plot({
    ...frame(place, extent(raw.at, 0.06), unit.label.replace(/^slope along /, "")),
    y: { grid: true, label: measureOf(place) },
    marks: [
      ...slopeMarks(unit, { centre: middleOf(centres), from: raw.at, place }),
      Plot.dot(points, { ...dots }),
      Plot.dot(centres, {
        x: "x",
        y: "y",
        r: 4,
        fill: "var(--theme-background)",
        stroke: "currentColor",
        strokeWidth: 2,
        className: "mark-centre",
      }),
    ],
  });
}

/** Pairs of regressor and response; slopes as lines through their middle. */
export function scatterChart(unit: UnitData, raw: RawOf<"scatter">, place: Place) {
  const points = raw.points.map(([x, y]) => ({ x, y }));
  const xs = points.map(({ x }) => x);
  return Plot.plot({
    ...frame(place, extent(xs, 0.03), raw.names[0]),
    y: { grid: true, label: raw.names[1] },
    marks: [...slopeMarks(unit, { centre: middleOf(points), from: xs, place }), Plot.dot(points, { ...dots, r: 2 })],
  });
}

/** Two measures of each replicate; those in one unit with the line on which they are equal. */
export function measuresChart(unit: UnitData, raw: RawOf<"scatter">, place: Place) {
  const [across, up] = [0, 1].map((at) => raw.points.map((point) => point[at as 0 | 1]));
  const scale = (values: readonly number[]) =>
    unit.chart === "pairs" ? valueScale([...across!, ...up!]) : valueScale(values);
  return Plot.plot({
    ...frame(place, [0, 1], raw.names[0]),
    x: { ...xAxis(scale(across!), place.width), label: raw.names[0] },
    y: { ...xAxis(scale(up!), HEIGHT), grid: true, label: raw.names[1] },
    marks: [
      ...xTicks(scale(across!), place.width),
      ...yTicks(scale(up!), HEIGHT),
      ...(unit.chart === "pairs" ? [equalLine(scale(across!).domain)] : []),
      Plot.dot(raw.points, { ...dots, x: "0", y: "1", r: 2 }),
    ],
  });
}

/** How far the share of observations below a value is from the predicted law: the distance that is judged, at each value. */
export function lawGapChart(unit: UnitData, raw: RawOf<"law">, place: Place) {
  const gaps = raw.steps.map(([x, share, law]) => ({ x, gap: share - law }));
  const within = unit.region[1] ?? 0;
  return Plot.plot({
    ...frame(
      place,
      extent(
        gaps.map(({ x }) => x),
        0.02,
      ),
      measureOf(place),
    ),
    height: 170,
    y: { grid: true, label: "measured less predicted share", ticks: 5 },
    marks: [
      Plot.rect([0], {
        x1: gaps[0]!.x,
        x2: gaps.at(-1)!.x,
        y1: -within,
        y2: within,
        fill: "var(--prediction)",
        fillOpacity: 0.22,
      }),
      Plot.ruleY([0], { stroke: "var(--prediction)", strokeWidth: 2 }),
      Plot.lineY(gaps, {
        x: "x",
        y: "gap",
        stroke: `var(--${toneOf(unit.state, place.arm.kind)})`,
        strokeWidth: 2,
        tip: true,
      }),
    ],
  });
}

/** The share of observations below a value, against the predicted law with its margin to either side. */
export function lawChart(unit: UnitData, raw: RawOf<"law">, place: Place) {
  const steps = raw.steps.map(([x, share, law]) => ({ x, share, law }));
  const within = unit.region[1] ?? 0;
  return Plot.plot({
    ...frame(
      place,
      extent(
        steps.map(({ x }) => x),
        0.02,
      ),
      measureOf(place),
    ),
    y: { grid: true, label: "share below", domain: [0, 1], percent: false },
    marks: [
      Plot.areaY(steps, {
        x: "x",
        y1: ({ law }) => law - within,
        y2: ({ law }) => law + within,
        fill: "var(--prediction)",
        fillOpacity: 0.3,
        clip: true,
      }),
      Plot.lineY(steps, { x: "x", y: "law", stroke: "var(--prediction)", strokeWidth: 2 }),
      Plot.lineY(steps, { x: "x", y: "share", stroke: "currentColor", strokeWidth: 1.5, curve: "step", tip: true }),
    ],
  });
}

const dots = {
  x: "x",
  y: "y",
  r: 1.6,
  fill: "var(--observation)",
  fillOpacity: 0.55,
  className: "mark-observations",
} as const;

function frame({ width }: Place, domain: [number, number], label: string): Plot.PlotOptions {
  return {
    width,
    height: HEIGHT,
    marginLeft: 48,
    marginRight: 16,
    marginTop: 24,
    marginBottom: 38,
    style: STYLE,
    x: { domain, ticks: tickCount(width), label },
    y: { grid: true, label: null },
  };
}

/** What one replicate's value is, without what is said of it further. */
function measureOf({ arm }: Place): string {
  return arm.measure.split(/[;:]/)[0] || "value";
}

interface Slopes {
  readonly centre: Point;
  readonly from: readonly number[];
  readonly place: Place;
}

/** The region of slopes as a fan, the predicted one in it, rivals dashed, and the measured one. */
function slopeMarks(unit: UnitData, { centre, from, place }: Slopes): Plot.Markish[] {
  const low = Math.min(...from);
  const high = Math.max(...from);
  const xs = Array.from({ length: STEPS + 1 }, (_, step) => low + ((high - low) * step) / STEPS);
  const along = (slope: number) => (x: number) => centre.y + slope * (x - centre.x);
  const line = (slope: number | null, options: Plot.LineYOptions): Plot.Markish[] =>
    slope === null ? [] : [Plot.lineY(xs, { x: (x: number) => x, y: along(slope), ...options })];
  const [from0, to] = unit.region;
  const fan =
    from0 === null || to === null
      ? []
      : [
          Plot.areaY(xs, {
            x: (x: number) => x,
            y1: along(from0),
            y2: along(to),
            fill: "var(--prediction)",
            fillOpacity: 0.3,
          }),
        ];
  return [
    ...fan,
    // Wider than the measured line, which lies on it where the claim holds.
    ...line(unit.predicted ?? from0 ?? to, { stroke: "var(--prediction)", strokeWidth: 6, strokeOpacity: 0.6 }),
    ...unit.rivals.flatMap((rival) => line(rival, { stroke: "var(--rival)", strokeWidth: 2, strokeDasharray: "4,3" })),
    ...line(unit.estimate, { stroke: `var(--${toneOf(unit.state, place.arm.kind)})`, strokeWidth: 2 }),
  ];
}

function middleOf(points: readonly Point[]): Point {
  const count = Math.max(1, points.length);
  return {
    x: points.reduce((sum, { x }) => sum + x, 0) / count,
    y: points.reduce((sum, { y }) => sum + y, 0) / count,
  };
}

function extent(values: readonly number[], padding: number): [number, number] {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const room = padding * (high - low || 1);
  return [low - room, high + room];
}
