import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import { logTicks } from "../frame/scale.js";
import { ticksAcross, ticksUp } from "../frame/ticks.js";
import type { AcrossPicture, Curve, Point, Series } from "./picture-data.js";
import { dotOf, hueOf, lineOf, rivalMarks, symbolOf, theoryMarks, widened } from "./picture-marks.js";

const HEIGHT = 380;
/** Steps of the golden ratio spread points evenly, the same at each visit. */
const GOLDEN = 0.618033988749895;
/** Parts of the axis: how wide the cloud of a cell is, and how far apart the series of one place stand. */
const CLOUD = 0.03;
const APART = 0.035;
/** All of them together: the frame has no room for more beyond the last cell. */
const MOST_APART = 0.105;
/** Of the way from one named place to the next, the part that its series take. */
const PLACE = 0.8;
/** Room that a letter of a place's name takes. */
const LETTER = 6.8;
/** Room that the number of a place takes. */
const NUMBER = 22;
/** Between the names of two places. */
const GAP = 10;

interface Mark extends Point {
  readonly at: number;
  readonly series: Series;
}

/** Every observation of every arm over the claim's axis, under what theory predicts; of several measures one chart below the other. */
export function acrossChart(picture: AcrossPicture, width: number): Element {
  const { further = [] } = picture;
  const first = oneChart(picture, width);
  if (further.length === 0) return first;
  const charts = [first, ...further.map((one) => oneChart(one, width, `↑ ${one.up.words}`))];
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const height = HEIGHT * charts.length;
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, class: "stacked" }))
    svg.setAttribute(name, String(value));
  for (const [at, chart] of charts.entries()) {
    chart.setAttribute("y", String(HEIGHT * at));
    svg.append(chart);
  }
  return svg;
}

function oneChart(picture: AcrossPicture, width: number, title?: string): ReturnType<typeof Plot.plot> {
  const { across, up, series } = picture;
  const move = mover(picture);
  const isPlaces = across.places !== undefined;
  const apart = Math.min(APART, MOST_APART / series.length);
  const marks = series.flatMap((one, at) =>
    one.points.map(
      (point): Mark => ({
        ...point,
        series: one,
        at: isPlaces ? aside(picture, one, point) : move(point.x, apart * at),
      }),
    ),
  );
  const marksOf = (one: Series) => marks.filter(({ series: own }) => own === one);
  const domain = upDomain(picture);
  const theory = isPlaces ? picture.theory.flatMap(placeByPlace) : picture.theory;
  const rivals = isPlaces ? picture.rivals.flatMap(placeByPlace) : picture.rivals;
  return Plot.plot({
    width,
    height: HEIGHT,
    ...{ marginLeft: 52, marginRight: 16, marginTop: 26, marginBottom: roomBelow(picture, width) },
    style: STYLE,
    x: { ...acrossScale(picture), domain: acrossDomain(picture) },
    y: {
      type: up.scale,
      domain: [...domain],
      grid: true,
      label: null,
      ticks: ticksFor(up.scale, domain),
    },
    marks: [
      ...(title === undefined
        ? []
        : [Plot.text([title], { frameAnchor: "top-left", dx: -52, dy: -26, className: "mark-title" })]),
      acrossTicks(picture, width),
      ticksUp(ticksFor(up.scale, domain), numberText),
      ...series.flatMap((one) => (isPlaces ? [] : bandMarks(one, marksOf(one), domain))),
      ...theoryMarks(isPlaces ? widened(theory, 0.42) : theory, domain),
      ...rivalMarks(isPlaces ? widened(rivals, 0.42) : rivals),
      ...series.flatMap((one) => seriesMarks(one, marksOf(one), { move, domain })),
      Plot.tip(
        marks.filter(({ middle }) => middle !== null),
        Plot.pointer({ x: "at", y: "middle", title: pointWords, fontSize: 12, lineWidth: 30 }),
      ),
    ],
  });
}

interface Frame {
  readonly move: (x: number, part: number) => number;
  readonly domain: readonly [number, number];
}

/** The middle 90 % from cell to cell, and the line of what is judged. */
function bandMarks(series: Series, marks: readonly Mark[], domain: Frame["domain"]): Plot.Markish[] {
  if (marks.length < 2) return [];
  const hue = hueOf(series);
  return [
    Plot.areaY(marks, { ...spread(domain), x: "at", fill: hue, fillOpacity: 0.1, className: "mark-band", clip: true }),
    Plot.lineY(
      marks.filter(({ middle }) => middle !== null),
      { x: "at", y: "middle", stroke: hue, strokeWidth: 2, className: "mark-middle", clip: true, ...lineOf(series) },
    ),
  ];
}

/** Where it reaches to infinity, to the frame. */
function spread([bottom, top]: Frame["domain"]) {
  return {
    y1: ({ quantiles }: Mark) => quantiles[0] ?? bottom,
    y2: ({ quantiles }: Mark) => quantiles[4] ?? top,
  } as const;
}

/** The cloud, its spread, and what is judged with its interval. */
function seriesMarks(series: Series, marks: readonly Mark[], { move, domain }: Frame): Plot.Markish[] {
  const hue = hueOf(series);
  const cloud = marks.flatMap(({ at, values }) =>
    values.flatMap((y, index) => {
      const inside = y >= domain[0] && y <= domain[1];
      return inside ? [{ x: move(at, CLOUD * (((index * GOLDEN) % 1) - 0.5)), y }] : [];
    }),
  );
  return [
    Plot.dot(cloud, {
      x: "x",
      y: "y",
      ...dotOf(cloud.length / marks.length),
      fill: hue,
      className: "mark-observations",
    }),
    Plot.ruleX(marks, {
      ...spread(domain),
      x: "at",
      stroke: hue,
      strokeWidth: 1.2,
      className: "mark-spread",
      clip: true,
    }),
    Plot.ruleX(marks, {
      ...{ x: "at", y1: ({ interval }: Mark) => interval[0], y2: ({ interval }: Mark) => interval[1] },
      ...{ stroke: hue, strokeWidth: 5, strokeLinecap: "round", className: "mark-interval", clip: true },
    }),
    Plot.dot(
      marks.filter(({ middle }) => middle !== null),
      {
        ...{ x: "at", y: "middle", r: 5, symbol: symbolOf(series) },
        ...{ fill: "var(--theme-background)", stroke: hue, strokeWidth: 2.5, className: "mark-point", clip: true },
      },
    ),
  ];
}

/** Series of one named place stand side by side in it. */
function aside({ series }: AcrossPicture, one: Series, { x }: Point): number {
  const there = series.filter(({ points }) => points.some((point) => point.x === x));
  return x + (PLACE * (there.indexOf(one) - (there.length - 1) / 2)) / there.length;
}

/** Moves a place by a part of the axis, on its scale. */
function mover({ across, series }: AcrossPicture): (x: number, part: number) => number {
  const xs = series.flatMap(({ points }) => points.map(({ x }) => x));
  if (across.places !== undefined) return (x, part) => x + part * (across.places!.length + 4);
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  if (across.scale === "log") return (x, part) => x * (high / low) ** part;
  return (x, part) => x + part * (high - low || 1);
}

function acrossDomain({ across, series }: AcrossPicture): number[] {
  if (across.places !== undefined) return [-0.5, across.places.length - 0.5];
  const xs = series.flatMap(({ points }) => points.map(({ x }) => x));
  const [low, high] = [Math.min(...xs), Math.max(...xs)];
  const room = 0.08;
  const after = room + CLOUD;
  if (across.scale === "log") return [low / (high / low) ** room, high * (high / low) ** after];
  return [low - room * (high - low || 1), high + after * (high - low || 1)];
}

function acrossScale({ across: { places, scale, words } }: AcrossPicture): Plot.ScaleOptions {
  if (places === undefined) return { type: scale, label: `${words} →` };
  return { type: "linear", label: words === "" ? null : words, labelArrow: "none" };
}

/** Ticks stand where there are cells. */
function acrossTicks({ across: { places, scale }, series }: AcrossPicture, width: number): Plot.Markish {
  if (places !== undefined) {
    const nameOf = (at: number) => (namesFit(places, width) ? linesOf(places[at] ?? "").join("\n") : String(at + 1));
    const all = places.map((_, at) => at);
    // Names stand only where they all fit; of numbers as many as do.
    const step = namesFit(places, width) ? 1 : Math.ceil((NUMBER * places.length) / (width - 70));
    return ticksAcross(
      all.filter((at) => at % step === 0),
      nameOf,
    );
  }
  const xs = [...new Set(series.flatMap(({ points }) => points.map(({ x }) => x)))].sort((a, b) => a - b);
  return ticksAcross(spacedOut(xs, scale, width), tickText);
}

/** Whether the names of the places fit side by side, in lines; their numbers always do. */
export function namesFit(places: readonly string[], width: number): boolean {
  const room = (width - 70) / places.length;
  return places.every((name) => linesOf(name).every((line) => line.length * LETTER + GAP < room));
}

/** The arm, what it is held against and each axis of its cell in a line of its own. */
function linesOf(name: string): readonly string[] {
  return name.split(", ");
}

function roomBelow({ across: { places, words } }: AcrossPicture, width: number): number {
  if (places === undefined || !namesFit(places, width)) return 44;
  return (words === "" ? 30 : 44) + 14 * Math.max(...places.map((name) => linesOf(name).length));
}

/** Of the cells' places those whose numbers do not overlap. */
function spacedOut(xs: readonly number[], scale: "linear" | "log", width: number): number[] {
  const of = (x: number) => (scale === "log" ? Math.log(x) : x);
  const span = of(xs.at(-1)!) - of(xs[0]!) || 1;
  const kept: number[] = [];
  for (const x of xs) {
    const last = kept.at(-1);
    if (last === undefined || ((of(x) - of(last)) / span) * width > 44) kept.push(x);
  }
  return kept;
}

/** The middle 90 % of everything, theory and rivals, and a little more; single observations may lie beyond. */
function upDomain({ series, theory, rivals, up }: AcrossPicture): [number, number] {
  const points = series.flatMap((one) => one.points);
  const values = [
    ...points.flatMap(({ quantiles, middle, interval }) => [quantiles[0], quantiles[4], middle, ...interval]),
    ...[...theory, ...rivals].flatMap(({ points: curve }) => curve.flatMap(({ y, low, high }) => [y, low, high])),
  ].filter((value): value is number => value !== null && value !== undefined && Number.isFinite(value));
  const kept = up.scale === "log" ? values.filter((value) => value > 0) : values;
  const [low, high] = [Math.min(...kept), Math.max(...kept)];
  if (up.scale === "log") return [low / 1.5, high * 1.5];
  const room = 0.06 * (high - low || Math.abs(high) || 1);
  return [low - room, high + room];
}

/** Where an axis up has ticks: on a logarithmic one Plot would cross powers of ten with all between them. */
export function ticksFor(scale: "linear" | "log", domain: readonly [number, number]): number | number[] {
  return scale === "linear" ? 6 : logTicks(domain, 8);
}

/** One curve a place: no line joins places that have no order. */
function placeByPlace({ name, points }: Curve): readonly Curve[] {
  return points.map((point) => ({ name, points: [point] }));
}

function pointWords({ series, cell, count, quantiles, middle, interval, zeros, endless }: Mark): string {
  const [low, , , , high] = quantiles;
  const between =
    interval[0] === null && interval[1] === null ? "" : ` (${end(interval[0], "−∞")} to ${end(interval[1], "∞")})`;
  return [
    `${series.arm}, ${cell}`,
    `${end(middle, "none")}${between}`,
    `90 % of replicates between ${end(low ?? null, "−∞")} and ${end(high ?? null, "∞")}`,
    `${count.toLocaleString("en-GB")} replicates${zeros > 0 ? `, ${zeros} exact zeros not drawn` : ""}${endless > 0 ? `, ${endless} infinite ones not drawn` : ""}`,
  ].join("\n");
}

function end(value: number | null, open: string): string {
  return value === null ? open : numberText(Number(value.toPrecision(4)));
}

/** A cell's place under its tick: whole numbers whole, others to three digits, which a reader can still tell apart. */
function tickText(value: number): string {
  return numberText(Number.isInteger(value) ? value : Number(value.toPrecision(3)));
}
