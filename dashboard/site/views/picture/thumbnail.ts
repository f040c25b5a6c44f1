import type { Curve, LawPicture, Picture } from "../../../browser/picture/picture-data.ts";
import { type Html, html } from "../../html/template.ts";

const WIDTH = 220;
const HEIGHT = 92;
const ROOM = 6;

type Place = readonly [x: number, y: number];
interface Line {
  readonly kind: string;
  readonly places: readonly Place[];
}

/** A picture over an axis as a small drawing without numbers: theory with its margin, the claimed line, the controls' lines. */
export function thumbnail(picture: Picture): Html {
  if (picture.form === "law") return lawThumbnail(picture);
  const lines = linesOf(picture);
  const ribbons = picture.theory;
  const all = [...lines.flatMap(({ places }) => places), ...ribbons.flatMap(curvePlaces)];
  const scale = scaleTo(all, picture);
  const path = (places: readonly Place[]) =>
    places.map((at, index) => `${index === 0 ? "M" : "L"}${scale(at)}`).join("");
  const band = ({ points }: Curve) => {
    const whole = points.flatMap(({ x, low, high }) => (low === null || high === null ? [] : [{ x, low, high }]));
    const there = whole.map(({ x, high }): Place => [x, high]);
    const back = whole.toReversed().map(({ x, low }): Place => [x, low]);
    return whole.length < 2 ? undefined : html`<path class="region" d="${path([...there, ...back])}Z"></path>`;
  };
  const middle = ({ points }: Curve) =>
    html`<path class="predicted" d="${path(points.flatMap(({ x, y }): readonly Place[] => (y === null ? [] : [[x, y]])))}"></path>`;
  return html`<svg class="thumbnail" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${picture.sentence}">${ribbons.map(band)}${ribbons.map(middle)}${lines.map(({ kind, places }) => html`<path class="line-${kind}" d="${path(places)}"></path>`)}${lines.flatMap(({ kind, places }) => (kind === "control" ? [] : places.map((at) => mark(scale(at)))))}</svg>`;
}

/** Shares as steps: the predicted law a band, the claimed arm a line. */
function lawThumbnail({ bins, series, sentence }: LawPicture): Html {
  const shares = [...bins.map(({ predicted }) => predicted), ...series.flatMap((one) => one.shares)].map(
    (share) => share ?? 0,
  );
  const most = Math.max(...shares) || 1;
  const step = (WIDTH - 2 * ROOM) / bins.length;
  const at = (index: number) => (ROOM + index * step).toFixed(1);
  const up = (share: number | null) => (HEIGHT - ROOM - ((share ?? 0) / most) * (HEIGHT - 2 * ROOM)).toFixed(1);
  const path = (values: readonly (number | null)[]) =>
    values.map((share, index) => `${index === 0 ? "M" : "L"}${at(index)},${up(share)}H${at(index + 1)}`).join("");
  const law = path(bins.map(({ predicted }) => predicted));
  const lines = series.map(({ kind, shares: own }) => html`<path class="line-${kind}" d="${path(own)}"></path>`);
  return html`<svg class="thumbnail" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${sentence}"><path class="region" d="${law}V${up(0)}H${at(0)}Z"></path>${lines}</svg>`;
}

function mark(place: string): Html {
  const [x, y] = place.split(",");
  return html`<circle class="line-claimed" cx="${x}" cy="${y}" r="3"></circle>`;
}

function linesOf(picture: Exclude<Picture, { form: "law" }>): readonly Line[] {
  const lines =
    picture.form === "across"
      ? picture.series.map(({ kind, points }) => ({
          kind,
          places: points.flatMap(({ x, middle }): readonly Place[] => (middle === null ? [] : [[x, middle]])),
        }))
      : picture.series.map(({ kind, line }) => ({ kind, places: line }));
  return lines.filter(({ places }) => places.length > 0);
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
    return (value: number) => ROOM + ((of(value) - low) / (high - low || 1)) * (size - 2 * ROOM);
  };
  const x = along(0, across.scale === "log", WIDTH);
  const y = along(1, up.scale === "log", HEIGHT);
  return ([a, b]) => `${x(a).toFixed(1)},${(HEIGHT - y(b)).toFixed(1)}`;
}
