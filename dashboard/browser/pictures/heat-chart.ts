import * as Plot from "@observablehq/plot";
import { STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import { ticksAcross, ticksUp } from "../frame/ticks.js";
import type { HeatPicture } from "./paper-picture.js";

/** What is smaller than this has the last colour: differences among what is lost do not matter. */
const FLOOR = -6;

interface Field {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
  readonly value: number | null;
  readonly words: string;
}

/** A field a cell of the grid, on the axes' scales, with lines over it. */
export function heatChart(picture: HeatPicture, width: number): ReturnType<typeof Plot.plot> {
  const { x, y, xs, ys, values, lines } = picture;
  const [across, up] = [edgesOf(xs, x.scale), edgesOf(ys, y.scale)];
  const fields = ys.flatMap((yAt, row) =>
    xs.map((xAt, column): Field => {
      const value = values[row]![column]!;
      const left = value === null ? "nothing is left" : numberText(value);
      return {
        x: [across[column]!, across[column + 1]!],
        y: [up[row]!, up[row + 1]!],
        value,
        words: `${x.words} ${xAt}, ${y.words} ${yAt}\n${picture.value}: ${left}`,
      };
    }),
  );
  const inside = ([px, py]: readonly [number, number]) =>
    px >= across[0]! && px <= across.at(-1)! && py >= up[0]! && py <= up.at(-1)!;
  const spaced = (all: readonly number[]) => all.filter((_, at) => width > 520 || at % 2 === 0);
  return Plot.plot({
    ...{ width, height: Math.min(440, 0.8 * width), marginLeft: 52, marginRight: 64, marginTop: 26, marginBottom: 44 },
    style: STYLE,
    x: { type: x.scale, domain: [across[0]!, across.at(-1)!], label: `${x.words} →` },
    y: { type: y.scale, domain: [up[0]!, up.at(-1)!], label: null },
    color: { type: "identity" },
    marks: [
      ticksAcross(spaced(xs), numberText),
      ticksUp(ys, numberText),
      Plot.rect(fields, {
        ...ends,
        fill: ({ value }: Field) => colourOf(value ?? FLOOR),
        inset: 0.5,
        className: "mark-fields",
      }),
      Plot.text(
        fields.filter(({ value }) => width > 640 || value === null),
        {
          x: ({ x: [low, high] }: Field) => (x.scale === "log" ? Math.sqrt(low * high) : (low + high) / 2),
          y: ({ y: [low, high] }: Field) => (y.scale === "log" ? Math.sqrt(low * high) : (low + high) / 2),
          text: ({ value }: Field) => (value === null ? "†" : numberText(Number(value.toPrecision(2)))),
          fill: ({ value }: Field) => ((value ?? FLOOR) < FLOOR / 2 ? "var(--on-heat-low)" : "var(--on-heat-high)"),
          fontSize: 10,
        },
      ),
      ...lines.map(({ points }, at) =>
        Plot.line(points.filter(inside), {
          ...{ x: "0", y: "1", stroke: "var(--heat-line)", strokeWidth: 3, className: `mark-line heat-line-${at}` },
          ...(at % 2 === 1 ? { strokeDasharray: "7,4" } : {}),
        }),
      ),
      Plot.tip(
        fields,
        Plot.pointer({
          x: ({ x: [low, high] }: Field) => Math.sqrt(low * high),
          y: ({ y: [low, high] }: Field) => Math.sqrt(low * high),
          title: "words",
          fontSize: 12,
        }),
      ),
    ],
  });
}

const ends = {
  x1: ({ x }: Field) => x[0],
  x2: ({ x }: Field) => x[1],
  y1: ({ y }: Field) => y[0],
  y2: ({ y }: Field) => y[1],
} as const;

/** Colours of the page's style, mixed by the browser: they follow light and dark. */
function colourOf(value: number): string {
  const part = 100 * Math.max(0, Math.min(1, 1 - value / FLOOR));
  return `color-mix(in oklab, var(--heat-high) ${part.toFixed(1)}%, var(--heat-low))`;
}

/** Fields meet in the middle of their places, on the axis's scale. */
function edgesOf(places: readonly number[], scale: "linear" | "log"): readonly number[] {
  const [of, back] = scale === "log" ? [Math.log, Math.exp] : [(one: number) => one, (one: number) => one];
  const at = places.map(of);
  const middles = at.slice(1).map((one, index) => (one + at[index]!) / 2);
  const first = at[0]! - (middles[0]! - at[0]!);
  const last = at.at(-1)! + (at.at(-1)! - middles.at(-1)!);
  return [first, ...middles, last].map(back);
}
