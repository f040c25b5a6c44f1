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
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)] as const;
  const isCompared = chart === "pairs";
  const ends = extent(isCompared ? [...xs, ...ys] : xs);
  const places = Array.from({ length: STEPS + 1 }, (_, at) => ends[0] + ((ends[1] - ends[0]) * at) / STEPS);
  // A difference is one distance only where both axes are linear.
  const scale = contrast === "difference" ? "linear" : scaleOf(isCompared ? [...xs, ...ys] : xs, LOG_RATIO);
  const asked = points.filter(
    ({ arm, found }, at) => arm.evidence.kind === "claimed" && points.findIndex((one) => one.found === found) === at,
  );
  const place = (x: number, by: number | null) => (by === null ? null : contrast === "ratio" ? x * by : x + by);
  const curve = (name: string, middle: number | null, [low, high]: readonly [number | null, number | null]): Curve => ({
    name,
    points: places.map((x) => ({ x, y: place(x, middle), low: place(x, low), high: place(x, high) })),
  });
  return {
    form: "pairs",
    across: { words: across, scale },
    up: { words: up, scale: isCompared ? scale : scaleOf(ys, LOG_RATIO) },
    series: drawn.map(({ point: { arm, cell, command, found }, pairs }) => ({
      name: arm.name,
      arm: arm.name,
      kind: arm.evidence.kind,
      cell: cellWords(cell),
      pairs,
      line:
        contrast === undefined || found.estimate === null
          ? []
          : ends.map((x) => [x, place(x, found.estimate)!] as const),
      command,
    })),
    theory:
      contrast === undefined
        ? []
        : asked.map(({ found: { predicted, region } }) =>
            curve("predicted", predicted ?? region[0] ?? region[1], region),
          ),
    rivals:
      contrast === undefined
        ? []
        : asked.flatMap(({ found }) => found.rivals.map((rival) => curve("rival", rival, [null, null]))),
    ...(isCompared ? { equal: ends } : {}),
    sentence: `${capital(up)} over ${across}, replicate by replicate. ${answers(points).join(" ")}`,
  };
}

/** Of a curve, so that the frame cuts its ribbon and bends it by nothing that is seen. */
const STEPS = 48;
/** From so large a ratio of its ends on, an axis of positive measures is logarithmic. */
const LOG_RATIO = 50;

function extent(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
