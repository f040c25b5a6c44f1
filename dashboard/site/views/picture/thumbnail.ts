import type { Curve, LawPicture, Picture, SurvivalPicture } from "../../../browser/picture/picture-data.ts";
import { type Html, html } from "../../html/template.ts";

const WIDTH = 220;
const HEIGHT = 92;
const ROOM = 6;

type Place = readonly [x: number, y: number];
interface Line {
  readonly kind: string;
  readonly places: readonly Place[];
}

/** A picture as a small drawing without numbers: theory with its margin, the claimed line, the controls' lines. */
export function thumbnail(picture: Picture): Html {
  if (picture.form === "law") return lawThumbnail(picture);
  const lines = linesOf(picture);
  const areas = picture.form === "survival" ? picture.regions.map((one) => regionArea(one, picture)) : [];
  const ribbons = widened(picture.theory, lines);
  const all = [...lines.flatMap(({ places }) => places), ...ribbons.flatMap(curvePlaces)];
  const scale = scaleTo(all, picture);
  const ys = all.map(([, y]) => y);
  const heights = [Math.min(...ys), Math.max(...ys)] as const;
  const path = (places: readonly Place[]) =>
    places.map((at, index) => `${index === 0 ? "M" : "L"}${scale(at)}`).join("");
  const area = (places: readonly Place[]) =>
    places.length > 2 && html`<path class="region" d="${path(places)}Z"></path>`;
  const middle = ({ points }: Curve) =>
    html`<path class="predicted" d="${path(points.flatMap(({ x, y }): readonly Place[] => (y === null ? [] : [[x, y]])))}"></path>`;
  const marks =
    picture.form === "survival" ? [] : lines.filter(({ kind, places }) => kind !== "control" || places.length === 1);
  return html`<svg class="thumbnail" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${picture.sentence}">${[...areas, ...ribbons.map((one) => bandOf(one, heights))].map(area)}${ribbons.map(middle)}${lines.map(({ kind, places }) => html`<path class="line-${kind}" d="${path(places)}"></path>`)}${marks.flatMap(({ kind, places }) => places.map((at) => mark(scale(at), kind)))}</svg>`;
}

/** There and back again; an open end reaches as far as anything that is drawn. */
function bandOf({ points }: Curve, [bottom, top]: readonly [number, number]): readonly Place[] {
  const there = points.map(({ x, high }): Place => [x, high ?? top]);
  return [...there, ...points.toReversed().map(({ x, low }): Place => [x, low ?? bottom])];
}

/** A curve of one place is as wide as a third of the way to the next one. */
function widened(curves: readonly Curve[], lines: readonly Line[]): readonly Curve[] {
  const xs = [...new Set(lines.flatMap(({ places }) => places.map(([x]) => x)))].sort((a, b) => a - b);
  const half = Math.min(...xs.slice(1).map((x, at) => x - xs[at]!), 1) / 3;
  return curves.map((curve) =>
    curve.points.length === 1
      ? { ...curve, points: [-half, half].map((by) => ({ ...curve.points[0]!, x: curve.points[0]!.x + by })) }
      : curve,
  );
}

function regionArea(
  { along, at, ends }: SurvivalPicture["regions"][number],
  { series }: SurvivalPicture,
): readonly Place[] {
  const end = Math.max(...series.map(({ steps }) => steps.at(-1)![0]));
  const [left, right] =
    along === "time" ? [ends[0] ?? 0, Math.min(ends[1] ?? end, end)] : [at - end / 20, at + end / 20];
  const [low, high] = along === "part" ? [ends[0] ?? 0, ends[1] ?? 1] : [0, 1];
  return [
    [left, low],
    [left, high],
    [right, high],
    [right, low],
  ];
}

/** Shares as steps: the predicted law a band, the claimed arm a line. */
function lawThumbnail({ bins, laws, series, sentence }: LawPicture): Html {
  const most = Math.max(...laws.flat(), ...series.flatMap((one) => one.shares)) || 1;
  const step = (WIDTH - 2 * ROOM) / bins.length;
  const at = (index: number) => (ROOM + index * step).toFixed(1);
  const up = (share: number) => (HEIGHT - ROOM - (share / most) * (HEIGHT - 2 * ROOM)).toFixed(1);
  const path = (values: readonly number[]) =>
    values.map((share, index) => `${index === 0 ? "M" : "L"}${at(index)},${up(share)}H${at(index + 1)}`).join("");
  const areas = laws.map((law) => html`<path class="region" d="${path(law)}V${up(0)}H${at(0)}Z"></path>`);
  const lines = series.map(({ kind, shares: own }) => html`<path class="line-${kind}" d="${path(own)}"></path>`);
  return html`<svg class="thumbnail" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence}">${areas}${lines}</svg>`;
}

function mark(place: string, kind: string): Html {
  const [x, y] = place.split(",");
  if (kind === "control") return html`<path class="line-control mark" d="M${x},${y}m-3,-3l6,6m0,-6l-6,6"></path>`;
  return html`<circle class="line-${kind}" cx="${x}" cy="${y}" r="3"></circle>`;
}

function linesOf(picture: Exclude<Picture, { form: "law" }>): readonly Line[] {
  return linesIn(picture).filter(({ places }) => places.length > 0);
}

function linesIn(picture: Exclude<Picture, { form: "law" }>): readonly Line[] {
  switch (picture.form) {
    case "across":
      return picture.series.map(({ kind, points }) => ({
        kind,
        places: points.flatMap(({ x, middle }): readonly Place[] => (middle === null ? [] : [[x, middle]])),
      }));
    case "pairs":
      return picture.series.map(({ kind, line }) => ({ kind, places: line }));
    case "survival":
      return picture.series.map(({ kind, steps }) => ({
        kind,
        places: steps.flatMap(([x, left], at): readonly Place[] => [
          [x, steps[at - 1]?.[1] ?? 1],
          [x, left],
        ]),
      }));
  }
}

function curvePlaces({ points }: Curve): readonly Place[] {
  return points.flatMap(({ x, y, low, high }) =>
    [y, low, high].flatMap((value): readonly Place[] => (value === null ? [] : [[x, value]])),
  );
}

/** `12.5,80`: to the drawing's own units, on the picture's scales. */
function scaleTo(places: readonly Place[], { across, up }: Picture): (place: Place) => string {
  const along = (axis: 0 | 1, log: boolean, size: number) => {
    const of = (value: number) => (log ? Math.log(Math.max(value, Number.MIN_VALUE)) : value);
    const values = places.map((place) => of(place[axis])).filter(Number.isFinite);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    // All at one place: in the middle.
    if (high === low) return () => size / 2;
    return (value: number) => ROOM + ((of(value) - low) / (high - low)) * (size - 2 * ROOM);
  };
  const x = along(0, across.scale === "log", WIDTH);
  const y = along(1, up.scale === "log", HEIGHT);
  return ([a, b]) => `${x(a).toFixed(1)},${(HEIGHT - y(b)).toFixed(1)}`;
}
