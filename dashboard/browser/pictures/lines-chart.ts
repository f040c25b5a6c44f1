import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import { ticksAcross } from "../frame/ticks.js";
import { ticksFor } from "../picture/across-chart.js";
import type { LinesPicture } from "./paper-picture.js";

type Series = LinesPicture["series"][number];

/** So many places along the axis are its ticks. */
const MOST_PLACES = 8;

/** Lines, clouds and bands on common axes; series of one name share a hue. */
export function linesChart(picture: LinesPicture, width: number): ReturnType<typeof Plot.plot> {
  const { x, y, series } = picture;
  const names = [...new Set(series.map(({ name }) => name))];
  const hueOf = ({ name }: Series) => `var(--series-${(names.indexOf(name) % 8) + 1})`;
  const [across, up] = [extentOf(series, 0), extentOf(series, 1)];
  const points = series.flatMap(({ name, style, points }) =>
    style === "dashed" ? [] : points.map(([px, py]) => ({ name, x: px, y: py })),
  );
  return Plot.plot({
    ...{ width, height: 380, marginLeft: 56, marginRight: 16, marginTop: 20, marginBottom: 44, style: STYLE },
    x: { type: x.scale, label: `${x.words} →` },
    y: { type: y.scale, label: null, grid: true, ticks: ticksOf(y.scale, up), tickFormat: numberText },
    marks: [
      ticksAcross(thinned(ticksOf(x.scale, across, series), width), numberText),
      ...series.map((one) =>
        Plot.areaY(one.band ?? [], {
          x: "0",
          y1: "1",
          y2: "2",
          fill: hueOf(one),
          fillOpacity: 0.14,
          className: "mark-band",
        }),
      ),
      ...series.flatMap((one) => seriesMarks(one, hueOf(one))),
      Plot.tip(
        points.filter(({ y: value }) => value !== null),
        Plot.pointer({
          ...{ x: "x", y: "y", fontSize: 12, lineWidth: 30 },
          title: (point: (typeof points)[number]) =>
            `${point.name}\n${x.words}: ${numberText(point.x)}\n${y.words}: ${numberText(point.y ?? 0)}`,
        }),
      ),
    ],
  });
}

function seriesMarks({ style, points }: Series, hue: string): Plot.Markish[] {
  const place = { x: "0", y: "1" } as const;
  const dots = Plot.dot(
    points.filter(([, y]) => y !== null),
    style === "dots"
      ? { ...place, r: 2.2, fill: hue, fillOpacity: 0.55, className: "mark-observations" }
      : { ...place, r: 3.5, fill: "var(--theme-background)", stroke: hue, strokeWidth: 2, className: "mark-point" },
  );
  if (style === "dots") return [dots];
  const line = Plot.line(points, {
    ...{ ...place, stroke: hue, className: "mark-middle" },
    ...(style === "thin" ? { strokeWidth: 1.1, strokeOpacity: 0.75 } : { strokeWidth: 2.2 }),
    ...(style === "dashed" ? { strokeDasharray: "6,4" } : {}),
  });
  // Many points are a line of their own.
  return style === "line" && points.length <= 16 ? [line, dots] : [line];
}

function extentOf(series: readonly Series[], axis: 0 | 1): [number, number] {
  const values = series.flatMap(({ points, band = [] }) => [
    ...points.map((point) => point[axis]),
    ...band.flatMap(([x, low, high]) => (axis === 0 ? [x] : [low, high])),
  ]);
  const known = values.filter((value) => value !== null);
  return [Math.min(...known), Math.max(...known)];
}

function ticksOf(
  scale: "linear" | "log",
  extent: readonly [number, number],
  along: readonly Series[] = [],
): number | number[] {
  const places = [...new Set(along.flatMap(({ points }) => points.map(([x]) => x)))].sort((a, b) => a - b);
  if (scale === "log" && places.length > 1 && places.length <= MOST_PLACES) return places;
  const ticks = ticksFor(scale, extent);
  // A short logarithmic axis has too few powers of ten to be read by.
  return Array.isArray(ticks) && ticks.length < 3 ? 5 : ticks;
}

function thinned(ticks: number | number[], width: number): number | number[] {
  const most = Math.max(3, Math.floor(width / 80));
  if (!Array.isArray(ticks)) return Math.min(ticks, most);
  const step = Math.ceil(ticks.length / most);
  return ticks.filter((_, at) => at % step === 0);
}
