import * as Plot from "@observablehq/plot";
import { named, STYLE } from "../frame/chart-frame.js";
import { numberText } from "../frame/number-words.js";
import type { SignalAnswer } from "./messages.js";

interface Place {
  readonly network: number;
  readonly layer: number;
  readonly left: number;
}

/** What is left of the signal after each layer: a line a network, a cross where it died, the middle one thick. */
export function signalChart({ rows }: SignalAnswer, words: string, width: number): Element {
  const places = rows.flatMap((row, network) =>
    row.flatMap((left, layer): readonly Place[] => (left === null ? [] : [{ network, layer, left }])),
  );
  const deaths = rows.flatMap((row, network) => {
    const at = row.indexOf(null);
    return at < 1 ? [] : [{ network, layer: at - 1, left: row[at - 1]! }];
  });
  const lefts = places.map(({ left }) => left);
  const chart = Plot.plot({
    ...{ width, height: 260, marginLeft: 58, marginRight: 16, marginTop: 14, marginBottom: 40, style: STYLE },
    x: { label: "layer →", domain: [0, rows[0]!.length - 1], ticks: Math.floor(width / 90) },
    y: {
      ...{ label: null, grid: true, ticks: 5 },
      domain: [Math.min(-1, ...lefts), Math.max(0.5, ...lefts)],
      tickFormat: (power: number) => (Number.isInteger(power) ? numberText(10 ** power) : ""),
    },
    marks: [
      Plot.ruleY([0], { stroke: "var(--prediction)", strokeDasharray: "4,3" }),
      Plot.line(places, {
        ...{ x: "layer", y: "left", z: "network", stroke: "var(--claimed)", strokeOpacity: 0.5, strokeWidth: 1.2 },
        className: "mark-signals",
      }),
      Plot.line(middleOf(rows), {
        x: "layer",
        y: "left",
        stroke: "var(--claimed)",
        strokeWidth: 3.5,
        className: "mark-signals",
      }),
      Plot.dot(deaths, {
        x: "layer",
        y: "left",
        symbol: "times",
        r: 6,
        stroke: "var(--bad)",
        strokeWidth: 2.5,
        className: "mark-signals",
      }),
    ],
  });
  return named(chart, words);
}

/** The median over the networks after each layer, as long as half of them live. */
function middleOf(rows: SignalAnswer["rows"]): readonly Omit<Place, "network">[] {
  return rows[0]!.flatMap((_, layer) => {
    const left = medianAt(rows, layer);
    return left === null ? [] : [{ layer, left }];
  });
}

function medianAt(rows: SignalAnswer["rows"], layer: number): number | null {
  const sorted = rows.map((row) => row[layer] ?? Number.NEGATIVE_INFINITY).sort((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1]!, sorted[sorted.length >> 1]!];
  return Number.isFinite(low) ? (low + high) / 2 : null;
}

/** What the picture shows, in a sentence. */
export function signalWords({ rows }: SignalAnswer, network: string): string {
  const last = medianAt(rows, rows[0]!.length - 1);
  const dead = rows.filter((row) => row.includes(null)).length;
  const died =
    dead === 0 ? "" : ` ${dead} of ${rows.length} networks lost it altogether: all units of a layer were off.`;
  const kept = last === null ? "nothing" : shareWords(last);
  return `${network}: of a signal's squared norm ${kept} is left in the middle one of ${rows.length} random networks.${died}`;
}

function shareWords(power: number): string {
  if (power > 2) return `10 to the power ${power.toFixed(1)} times as much`;
  if (power > 0.005) return `${(10 ** power).toPrecision(3)} times as much`;
  if (power > -3) return `${Number((100 * 10 ** power).toPrecision(2))} %`;
  const of = Number((10 ** -power).toPrecision(2));
  return `one part in ${of < 1e9 ? of.toLocaleString("en-GB") : numberText(of)}`;
}
