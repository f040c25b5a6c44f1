import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import type { PairsPicture } from "./picture-data.js";
import { hueOf, rivalMarks, theoryMarks } from "./picture-marks.js";

const HEIGHT = 380;
const frame = {
  height: HEIGHT,
  ...{ marginLeft: 52, marginRight: 16, marginTop: 26, marginBottom: 44 },
  style: STYLE,
} as const;

/** Pairs of measures of every arm, the measured lines, and the fans of predicted slopes. */
export function pairsChart(picture: PairsPicture, width: number): ReturnType<typeof Plot.plot> {
  const { across, up, series, theory, rivals } = picture;
  const ys = series.flatMap(({ pairs }) => pairs.map(([, y]) => y)).sort((a, b) => a - b);
  const domain: [number, number] = [ys[0]!, ys.at(-1)!];
  const lines = series.filter(({ line }) => line.length > 0);
  return Plot.plot({
    ...frame,
    width,
    x: { label: `${across.words} →`, ticks: Math.min(8, Math.floor(width / 80)), tickFormat: numberText },
    y: { label: null, grid: true, domain, nice: true, tickFormat: numberText },
    marks: [
      ...theoryMarks(theory, domain),
      ...rivalMarks(rivals),
      ...series.map((one) =>
        Plot.dot(one.pairs, {
          x: "0",
          y: "1",
          r: 1.8,
          fill: hueOf(one),
          fillOpacity: 0.5,
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
