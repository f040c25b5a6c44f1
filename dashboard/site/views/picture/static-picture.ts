import type { HeatPicture, LinesSeries, PaperPicture } from "../../../browser/pictures/paper-picture.ts";
import { type Html, html } from "../../html/template.ts";

const WIDTH = 640;
const HEIGHT = 300;
const ROOM = 10;
/** Of the hues of the page's style. */
const HUES = 8;

type Scale = (value: number) => number;

/** A paper's picture as a drawing that needs no script: the marks without axes, whose ends stand below it. */
export function staticPicture(picture: PaperPicture): Html {
  const [xs, ys] = picture.form === "heat" ? [picture.xs, picture.ys] : placesOf(picture.series);
  const x = scaleOf(xs, picture.x.scale, WIDTH);
  const up = scaleOf(ys, picture.y.scale, HEIGHT);
  const y: Scale = (value) => HEIGHT - up(value);
  const marks = picture.form === "heat" ? fields(picture, x, y) : lines(picture.series, x, y);
  const ends = (values: readonly number[]) => `${short(Math.min(...values))} to ${short(Math.max(...values))}`;
  return html`<noscript><svg class="static-picture" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${picture.words}">${marks}</svg>
<p class="muted">Across: ${picture.x.words}, ${ends(xs)}. Up: ${picture.y.words}, ${ends(ys)}.</p></noscript>`;
}

function placesOf(series: readonly LinesSeries[]): readonly [readonly number[], readonly number[]] {
  const points = series.flatMap((one) => one.points);
  return [points.map(([x]) => x), points.flatMap(([, y]) => (y === null ? [] : [y]))];
}

function scaleOf(values: readonly number[], kind: "linear" | "log", size: number): Scale {
  const of = (value: number) => (kind === "log" ? Math.log(value) : value);
  const [low, high] = [of(Math.min(...values)), of(Math.max(...values))];
  return (value) => ROOM + ((of(value) - low) / (high - low || 1)) * (size - 2 * ROOM);
}

function lines(series: readonly LinesSeries[], x: Scale, y: Scale): readonly Html[] {
  const names = [...new Set(series.map(({ name }) => name))];
  return series.map(({ name, style, points }) => {
    const known = points.flatMap(([px, py]) => (py === null ? [] : [`${x(px).toFixed(1)},${y(py).toFixed(1)}`]));
    const hue = `series-${(names.indexOf(name) % HUES) + 1}`;
    if (style === "dots") return html`<path class="${hue} dots" d="${known.map((at) => `M${at}h0`).join("")}"></path>`;
    return html`<path class="${hue} ${style}" d="M${known.join("L")}"></path>`;
  });
}

function fields({ xs, ys, values, lines: over }: HeatPicture, x: Scale, y: Scale): readonly Html[] {
  const [width, height] = [WIDTH / xs.length, HEIGHT / ys.length];
  const all = values.flat().flatMap((value) => (value === null ? [] : [value]));
  const floor = Math.max(Math.min(...all), -6);
  const rects = ys.flatMap((up, row) =>
    xs.map((across, column) => {
      const lost = Math.min(1, (values[row]![column] ?? floor) / floor);
      return html`<rect x="${(x(across) - width / 2).toFixed(1)}" y="${(y(up) - height / 2).toFixed(1)}" width="${width.toFixed(1)}" height="${height.toFixed(1)}" fill-opacity="${(0.08 + 0.9 * lost).toFixed(2)}"></rect>`;
    }),
  );
  const inside = ([px, py]: readonly [number, number]) => px <= xs.at(-1)! && px >= xs[0]! && py <= ys.at(-1)!;
  const paths = over.map(({ points }) => {
    const at = points.filter(inside).map(([px, py]) => `${x(px).toFixed(1)},${y(py).toFixed(1)}`);
    return html`<path class="series-2" d="M${at.join("L")}"></path>`;
  });
  return [...rects, ...paths];
}

function short(value: number): string {
  return String(Number(value.toPrecision(3))).replace("-", "−");
}
