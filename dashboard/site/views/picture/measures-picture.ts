import { shownAs } from "../../../../src/predictions/named.ts";
import type { Curve, PairsPicture } from "../../../browser/picture/picture-data.ts";
import { cellWords } from "../../html/words.ts";
import { scaleOf } from "./across-axis.ts";
import type { CellPoint } from "./arm-points.ts";
import { pairsOf } from "./pairs-picture.ts";
import { answers, capital } from "./picture-sentence.ts";

/** Pairs of a cell that the picture shows. */
const SHOWN = 120;

/**
 * Two measures of each replicate, the first one up where both have one unit: with the line on which they are equal, and where the
 * estimate is their difference or ratio with the lines of the predicted and the measured one.
 */
export function measuresPicture(points: readonly CellPoint[], [across, up]: readonly [string, string]): PairsPicture {
  const { chart, contrast } = shownAs(points[0]!.unit.statistic);
  const drawn = points.map((point) => ({ point, pairs: pairsOf(point).slice(0, SHOWN) }));
  const all = drawn.flatMap(({ pairs }) => pairs);
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const both = chart === "pairs" ? { equal: extent([...xs, ...ys]) } : {};
  const scaleAlong = (values: readonly number[]) =>
    // A difference is one distance only where both axes are linear.
    contrast === "difference" ? "linear" : scaleOf(both.equal ?? values, LOG_RATIO);
  const contrasts = contrast && contrastLines(points, contrast, both.equal ?? extent(xs));
  return {
    form: "pairs",
    across: { words: across, scale: scaleAlong(xs) },
    up: { words: up, scale: scaleAlong(ys) },
    series: drawn.map(({ point: { arm, cell, command, found }, pairs }) => ({
      ...{ name: arm.name, arm: arm.name, kind: arm.evidence.kind, cell: cellWords(cell), command, pairs },
      line: contrasts?.measured(found.estimate) ?? [],
    })),
    theory: contrasts?.theory ?? [],
    rivals: contrasts?.rivals ?? [],
    ...both,
    sentence: `${capital(up)} over ${across}, replicate by replicate. ${answers(points).join(" ")}`,
  };
}

type End = number | null;

/** Where the first measure is so much more, or so many times as much, as the other one. */
function contrastLines(
  points: readonly CellPoint[],
  contrast: "difference" | "ratio",
  ends: readonly [number, number],
) {
  const [low, high] = ends;
  const places = Array.from({ length: STEPS + 1 }, (_, at) => low + ((high - low) * at) / STEPS);
  const place = (x: number, by: End) => (by === null ? null : contrast === "ratio" ? x * by : x + by);
  const curve = (name: string, middle: End, [under, over]: readonly [End, End]): Curve => ({
    name,
    points: places.map((x) => ({ x, y: place(x, middle), low: place(x, under), high: place(x, over) })),
  });
  const asked = points.filter(({ arm }) => arm.evidence.kind === "claimed");
  return {
    measured: (estimate: End) => (estimate === null ? [] : ends.map((x) => [x, place(x, estimate)!] as const)),
    theory: asked.map(({ found: { predicted, region } }) =>
      curve("predicted", predicted ?? region[0] ?? region[1], region),
    ),
    rivals: asked.flatMap(({ found }) => found.rivals.map((rival) => curve("rival", rival, [rival, rival]))),
  };
}

/** Of a curve, so that the frame cuts its ribbon and bends it by nothing that is seen. */
const STEPS = 48;
/** From so large a ratio of its ends on, an axis of positive measures is logarithmic. */
const LOG_RATIO = 50;

function extent(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
