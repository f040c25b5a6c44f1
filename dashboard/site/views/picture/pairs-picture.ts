import type { PairsPicture } from "../../../browser/picture/picture-data.ts";
import { cellWords } from "../../html/words.ts";
import type { CellPoint } from "./arm-points.ts";
import { capital, short } from "./picture-sentence.ts";
import { type SlopeFrame, slopeCurve } from "./slope-curve.ts";

/** Pairs of a cell that the picture shows. */
const SHOWN = 120;

/** Pairs of regressor and response of all arms, the measured lines, and the predicted slopes with their margin. */
export function pairsPicture(points: readonly CellPoint[], [across, up]: readonly [string, string]): PairsPicture {
  const claimed = points.filter(({ arm }) => arm.evidence.kind === "claimed");
  const series = points.map((point) => {
    const { arm, cell, command, found } = point;
    const fit = fitOf(point);
    return {
      name: arm.name,
      arm: arm.name,
      kind: arm.evidence.kind,
      cell: cellWords(cell),
      pairs: pairsOf(point).slice(0, SHOWN),
      line:
        found.estimate === null
          ? []
          : [fit.low, fit.high].map((x) => [x, fit.y + found.estimate! * (x - fit.x)] as const),
      command,
    };
  });
  return {
    form: "pairs",
    across: { words: across, scale: "linear" },
    up: { words: up, scale: "linear" },
    series,
    theory: claimed.map((point) => slopeCurve("predicted", frameOf(point), point.found.predicted, point.found.region)),
    rivals: claimed.flatMap((point) =>
      point.found.rivals.map((rival) => slopeCurve("rival", frameOf(point), rival, [null, null])),
    ),
    sentence: `${capital(up)} over ${across}. ${points.map(slopeWords).join(" ")}`,
  };
}

function slopeWords({ arm, cell, found }: CellPoint): string {
  const slope = found.estimate === null ? "none" : short(found.estimate);
  const predicted = found.predicted === null ? "" : `, predicted ${short(found.predicted)}`;
  return `${capital(arm.name)}, ${cellWords(cell)}: slope ${slope}${predicted}.`;
}

/** The pairs that are finite, to four digits. */
export function pairsOf({ columns: [xs, ys] }: CellPoint): readonly (readonly [number, number])[] {
  return Array.from(xs!, (x, row) => [digits(x), digits(ys![row]!)] as const).filter(
    ([x, y]) => Number.isFinite(x) && Number.isFinite(y),
  );
}

/** Middle and ends of what the regressor took. */
function fitOf(point: CellPoint) {
  const pairs = pairsOf(point);
  const xs = pairs.map(([x]) => x).sort((a, b) => a - b);
  const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  return {
    x: mean(0),
    y: mean(1),
    low: xs[Math.floor(xs.length / 50)]!,
    high: xs[Math.ceil((xs.length * 49) / 50) - 1]!,
  };
}

function frameOf(point: CellPoint): SlopeFrame {
  const { x, y, low, high } = fitOf(point);
  return { from: low, centre: x, to: high, height: y };
}

function digits(value: number): number {
  return Number(value.toPrecision(4));
}
