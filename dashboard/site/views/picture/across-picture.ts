import { shownAs } from "../../../../src/predictions/named.ts";
import type { AcrossPicture, Curve, Point, Series } from "../../../browser/picture/picture-data.ts";
import { type Across, acrossOf } from "./across-axis.ts";
import { type CellPoint, comparedMark, pointAt, seriesKind, seriesName } from "./arm-points.ts";
import { acrossSentence, middleWord } from "./picture-sentence.ts";
import { type SlopeFrame, slopeCurve } from "./slope-curve.ts";

/** Of contrasts, those of a middle that the picture has. */
const MIDDLES: ReadonlySet<string> = new Set(["mean", "median", "proportion"]);
/** Kinds whose estimate lies on the axis of the observations. */
const ON_AXIS: ReadonlySet<string> = new Set(["values", "zeros-and-ones"]);
/** From so large a ratio of its middle 90 % on, an axis of positive measures is logarithmic. */
const LOG_RATIO = 50;

/** Observations of all arms over the claim's axis, with what theory predicts there. */
export function acrossPicture(points: readonly CellPoint[], measure: string): AcrossPicture {
  const across = acrossOf(points);
  const placed = points.flatMap((point) => {
    const x = across.placeOf(point);
    return x === undefined ? [] : [{ point, x }];
  });
  const series = seriesOf(placed, across);
  const claimed = placed.filter(({ point }) => point.arm.evidence.kind === "claimed");
  const drawn = {
    form: "across" as const,
    across: across.axis,
    up: { words: measure, scale: upScale(series, points[0]!.unit.statistic) },
    series,
    theory: theoryOf(claimed, across),
    rivals: rivalsOf(claimed, across),
  };
  return { ...drawn, sentence: acrossSentence(drawn, points) };
}

interface Placed {
  readonly point: CellPoint;
  readonly x: number;
}

function seriesOf(placed: readonly Placed[], across: Across): readonly Series[] {
  const groups = grouped(placed, ({ point }) => `${point.arm.name}|${point.role}|${across.lineOf(point)}`);
  return groups.map((own): Series => {
    const { arm, role } = own[0]!.point;
    const name = seriesName({ arm, role });
    const lines = new Set(
      placed.filter(({ point }) => point.arm === arm && point.role === role).map(({ point }) => across.lineOf(point)),
    );
    const line = across.lineOf(own[0]!.point);
    return {
      arm: name,
      name: lines.size > 1 && across.axis.places === undefined && line !== "" ? `${name}, ${line}` : name,
      kind: seriesKind({ arm, role }),
      ...comparedMark({ arm, role }),
      points: own.map(({ point, x }) => pointAt(x, point, judgedOf(point))).sort((a, b) => a.x - b.x),
    };
  });
}

/** What is judged of a cell, on the axis of its observations; of other statistics the middle that they are made of. */
function judgedOf({ unit, found, columns }: CellPoint): Pick<Point, "middle" | "interval"> {
  if (ON_AXIS.has(shownAs(unit.statistic).chart)) return { middle: found.estimate, interval: found.interval };
  const middle = middleWord(unit) === "median" ? medianOf(columns[0]!) : meanOf(columns[0]!);
  return { middle: Number.isFinite(middle) ? middle : null, interval: [null, null] };
}

/** Ratios of positive measures are distances on a logarithmic axis. */
function upScale(series: readonly Series[], statistic: string): "linear" | "log" {
  const ends = series
    .flatMap(({ points }) => points.flatMap(({ quantiles }) => [quantiles[0], quantiles[4]]))
    .filter((end) => typeof end === "number");
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return low > 0 && (high / low > LOG_RATIO || shownAs(statistic).contrast === "ratio") ? "log" : "linear";
}

function theoryOf(claimed: readonly Placed[], across: Across): readonly Curve[] {
  const [first] = claimed;
  if (first === undefined) return [];
  const { chart, contrast } = shownAs(first.point.unit.statistic);
  if (chart === "slope") {
    return grouped(claimed, ({ point }) => point.unit.label).map((own) => {
      const { predicted, region } = own[0]!.point.found;
      return slopeCurve("predicted", frameOf(own), predicted, region);
    });
  }
  if (chart === "spread") {
    const lines = grouped(claimed, ({ point }) => across.lineOf(point));
    return lines.flatMap((own) => [-1, 1].map((side) => spreadCurve(own, side)));
  }
  if (contrast !== undefined) return contrastTheory(claimed, contrast);
  if (!ON_AXIS.has(chart)) return [];
  return grouped(claimed, ({ point }) => across.lineOf(point)).map((own) => ({
    name: "predicted",
    points: own
      .map(({ point: { found }, x }) => ({ x, y: found.predicted, low: found.region[0], high: found.region[1] }))
      .sort((a, b) => a.x - b.x),
  }));
}

/** Where the claimed arm's middle is predicted, seen from the measured middle of the one that it is held against. */
function contrastTheory(claimed: readonly Placed[], contrast: "difference" | "ratio"): readonly Curve[] {
  return claimed.flatMap(({ point, x }) => {
    if (point.role !== "experiment") return [];
    const other = claimed.find(({ point: { unit, role } }) => unit === point.unit && role === "against");
    const from = other && judgedOf(other.point).middle;
    if (from === undefined || from === null || !MIDDLES.has(String(point.unit.detail["of"]))) return [];
    const place = (by: number | null) => (by === null ? null : contrast === "ratio" ? from * by : from + by);
    const { predicted, region } = point.found;
    return [
      {
        name: "predicted",
        points: [{ x, y: place(predicted ?? region[0] ?? region[1]), low: place(region[0]), high: place(region[1]) }],
      },
    ];
  });
}

function rivalsOf(claimed: readonly Placed[], across: Across): readonly Curve[] {
  const [first] = claimed;
  if (first === undefined) return [];
  const { chart } = shownAs(first.point.unit.statistic);
  const lines = grouped(claimed, ({ point }) => (chart === "slope" ? point.unit.label : across.lineOf(point)));
  return lines.flatMap((own) => {
    const rivals = own[0]!.point.found.rivals;
    if (chart === "slope") return rivals.map((rival) => slopeCurve("rival", frameOf(own), rival, [null, null]));
    if (!ON_AXIS.has(chart)) return [];
    return rivals.map((_, at) => ({
      name: "rival",
      points: own
        .map(({ point: { found }, x }) => ({ x, y: found.rivals[at] ?? null, low: null, high: null }))
        .sort((a, b) => a.x - b.x),
    }));
  });
}

function frameOf(own: readonly Placed[]): SlopeFrame {
  const xs = own.map(({ x }) => x).sort((a, b) => a - b);
  const height = meanOf(own.map(({ point }) => judgedOf(point).middle ?? Number.NaN));
  return { from: xs[0]!, centre: meanOf(xs), to: xs.at(-1)!, height };
}

/** A variance as the spread that it means: one predicted standard deviation to a side of the measured mean. */
function spreadCurve(claimed: readonly Placed[], side: number): Curve {
  const points = claimed.map(({ point, x }) => {
    const mean = meanOf(point.columns[0]!);
    const edge = (variance: number | null) =>
      variance === null ? null : mean + side * Math.sqrt(Math.max(0, variance));
    const { predicted, region } = point.found;
    const ends = [edge(region[0]), edge(region[1])];
    return {
      x,
      y: edge(predicted),
      low: (side > 0 ? ends[0] : ends[1]) ?? null,
      high: (side > 0 ? ends[1] : ends[0]) ?? null,
    };
  });
  return { name: "predicted spread", points: points.sort((a, b) => a.x - b.x) };
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

function meanOf(values: ArrayLike<number>): number {
  const finite = Array.from(values).filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

/** Exact zeros, whose logarithm is -infinity, are the lowest ranks. */
function medianOf(values: Float64Array): number {
  return values.toSorted()[Math.floor(values.length / 2)] ?? Number.NaN;
}
