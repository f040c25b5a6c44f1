import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import { type NumberScale, xAxis, xTicks, yTicks } from "../frame/scale.js";
import type { PairsPicture } from "./picture-data.js";
import { dotOf, equalLine, hueOf, rivalMarks, theoryMarks } from "./picture-marks.js";

const HEIGHT = 380;
const frame = {
  height: HEIGHT,
  ...{ marginLeft: 52, marginRight: 16, marginTop: 26, marginBottom: 44 },
  style: STYLE,
} as const;

/** Pairs of measures of every arm, the measured lines, and the fans of predicted slopes. */
export function pairsChart(picture: PairsPicture, width: number): ReturnType<typeof Plot.plot> {
  const { across, up, series, theory, rivals, equal } = picture;
  const scales = [0, 1].map((at) => scaleOf(picture, at as 0 | 1)) as [NumberScale, NumberScale];
  const [x, y] = scales;
  const lines = series.filter(({ line }) => line.length > 0);
  return Plot.plot({
    ...frame,
    width,
    x: { ...xAxis(x, width), label: `${across.words} →` },
    y: { ...xAxis(y, HEIGHT), grid: true, label: null },
    marks: [
      ...xTicks(x, width),
      ...yTicks(y, HEIGHT),
      ...(equal === undefined ? [] : [equalLine(equal)]),
      ...theoryMarks(theory, y.domain),
      ...rivalMarks(rivals),
      ...series.map((one) =>
        Plot.dot(one.pairs, {
          x: "0",
          y: "1",
          ...dotOf(one.pairs.length),
          fill: hueOf(one),
          className: "mark-observations",
        }),
      ),
      ...lines.map((one) =>
        Plot.line(one.line, {
          x: "0",
          y: "1",
          stroke: hueOf(one),
          strokeWidth: 2.5,
          className: "mark-middle",
          clip: true,
        }),
      ),
      Plot.tip(
        series.flatMap(({ name, cell, pairs }) =>
          pairs.map(([x, y]) => ({
            x,
            y,
            words: `${name}, ${cell}\n${up.words}: ${numberText(y)}\n${across.words}: ${numberText(x)}`,
          })),
        ),
        Plot.pointer({ x: "x", y: "y", title: "words", fontSize: 12, lineWidth: 30 }),
      ),
    ],
  });
}

function scaleOf({ across, up, series }: PairsPicture, at: 0 | 1): NumberScale {
  const values = series.flatMap(({ pairs }) => pairs.map((pair) => pair[at]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if ([across, up][at]!.scale === "log") return { type: "log", domain: [low / 1.3, high * 1.3] };
  const room = 0.04 * (high - low || Math.abs(high) || 1);
  return { type: "linear", domain: [low - room, high + room] };
}
