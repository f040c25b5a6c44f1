import { shownAs } from "../../../../src/predictions/named.ts";
import type { Axis } from "../../../browser/picture/picture-data.ts";
import { cellWords } from "../../html/words.ts";
import { type CellPoint, seriesName } from "./arm-points.ts";

/** From so large a ratio of its ends on, an axis of positive numbers is logarithmic. */
const LOG_RATIO = 6;

/** Where the points of a picture stand, and which of them one line joins. */
export interface Across {
  readonly axis: Axis;
  readonly placeOf: (point: CellPoint) => number | undefined;
  /** What tells lines of one arm apart: the cell less the axis. */
  readonly lineOf: (point: CellPoint) => string;
}

/**
 * The axis of a claim: the positions of a slope, else the numeric axis of its grid with the most values, else one place a
 * cell of each arm.
 */
export function acrossOf(points: readonly CellPoint[]): Across {
  const claimed = points.filter(({ arm }) => arm.evidence.kind === "claimed");
  return (
    slopePositions(points, claimed) ?? tasks(points) ?? gridAxis(points, claimed) ?? namedAxis(points) ?? places(points)
  );
}

function slopePositions(points: readonly CellPoint[], claimed: readonly CellPoint[]): Across | undefined {
  if (!points.every(({ unit }) => shownAs(unit.statistic).chart === "slope")) return undefined;
  const placeOf = ({ unit, group }: CellPoint) => (unit.detail["at"] as readonly number[])[group];
  const along = claimed[0]?.unit.label.replace(/^slope along /, "") ?? "";
  return { axis: { words: along, scale: "linear" }, placeOf, lineOf: ({ unit }) => unit.label };
}

function gridAxis(points: readonly CellPoint[], claimed: readonly CellPoint[]): Across | undefined {
  const counts = [...new Set(claimed.flatMap(({ cell }) => Object.keys(cell)))].map((axis) => {
    const values = new Set(claimed.map(({ cell }) => cell[axis]));
    const numeric = points.every(({ cell }) => typeof cell[axis] === "number");
    return { axis, count: numeric ? values.size : 0 };
  });
  const widest = counts.reduce((best, one) => (one.count > best.count ? one : best), { axis: "", count: 1 });
  if (widest.count < 2) return undefined;
  const { axis } = widest;
  const placeOf = ({ cell }: CellPoint) => cell[axis] as number;
  const lineOf = ({ cell }: CellPoint) =>
    Object.entries(cell)
      .filter(([name]) => name !== axis)
      .map(([name, value]) => `${name} ${value}`)
      .join(", ");
  return { axis: { words: spaced(axis), scale: scaleOf(points.map(placeOf)) }, placeOf, lineOf };
}

function places(points: readonly CellPoint[]): Across {
  const shared = sharedAxes(points);
  const nameOf = (point: CellPoint) => {
    const own = Object.entries(point.cell).filter(([axis]) => !shared.has(axis));
    return own.length === 0 ? seriesName(point) : `${seriesName(point)}, ${cellWords(Object.fromEntries(own))}`;
  };
  const names = [...new Set(points.map(nameOf))];
  return {
    axis: { words: "", scale: "linear", places: names },
    placeOf: (point) => names.indexOf(nameOf(point)),
    lineOf: nameOf,
  };
}

/** The tasks of an aggregate have no order, even where they have numbers. */
function tasks(points: readonly CellPoint[]): Across | undefined {
  return shownAs(points[0]!.unit.statistic).chart === "tasks" ? namedAxis(points) : undefined;
}

/** The axis of the grid that alone tells cells of an arm apart, its values side by side, each arm's at the same place. */
function namedAxis(points: readonly CellPoint[]): Across | undefined {
  const shared = sharedAxes(points);
  const own = [...new Set(points.flatMap(({ cell }) => Object.keys(cell)))].filter((axis) => !shared.has(axis));
  const [axis] = own;
  if (axis === undefined || own.length > 1) return undefined;
  const placeName = ({ cell }: CellPoint) => String(cell[axis]);
  const values = [...new Set(points.map(placeName))];
  return {
    axis: { words: spaced(axis), scale: "linear", places: values },
    placeOf: (point) => values.indexOf(placeName(point)),
    lineOf: () => "",
  };
}

/** Axes at which all points stand at one value: their names need not say it. */
function sharedAxes(points: readonly CellPoint[]): ReadonlySet<string> {
  const axes = new Set(points.flatMap(({ cell }) => Object.keys(cell)));
  return new Set([...axes].filter((axis) => new Set(points.map(({ cell }) => cell[axis])).size === 1));
}

/** Logarithmic where the numbers are positive and far apart. */
export function scaleOf(values: readonly number[], ratio = LOG_RATIO): "linear" | "log" {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high / low >= ratio ? "log" : "linear";
}

/** `startBelow` as `start below`. */
export function spaced(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
