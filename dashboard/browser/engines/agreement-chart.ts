import * as Plot from "@observablehq/plot";
import { named, STYLE } from "../frame/chart-frame.js";
import type { AgreementDot, EngineDots, EnginesData } from "./engines-data.js";

/** Heights of a row's words and of its dots. */
const WORDS = 22;
const DOTS = 56;
/** Below this width the words take two lines. */
const NARROW = 560;
/** Steps of the golden ratio fill a row evenly whatever the number of points, and the same at each visit. */
const GOLDEN = 0.618033988749895;
/** Parts of a bound below this one are as good as none. */
const LEAST = 1e-4;
const MOST = 10;

interface Dot extends AgreementDot {
  readonly x: number;
  readonly y: number;
}

/** A row for each engine: every estimate that differs from the first engine's, by the part of its bound that it takes. */
export function agreementChart({ primary, others }: EnginesData, width: number): Element {
  const rows = rowsOf(others, width);
  const dots = rows.flatMap(({ dots, top, words }) => dots.map((dot, index) => placed(dot, index, top + words)));
  const most = Math.max(MOST, ...dots.map(({ x }) => x * 1.5));
  const height = rows.reduce((sum, row) => sum + row.height, 0);
  const chart = Plot.plot({
    width,
    height: height + 44,
    ...{ marginLeft: 14, marginRight: 26, marginTop: 28, marginBottom: 16 },
    style: STYLE,
    x: {
      ...{ type: "log", domain: [LEAST / 1.6, most], axis: "top", grid: true, label: null },
      ...{ ticks: ticksFor(most, width), tickFormat: partText },
    },
    y: { domain: [0, height], reverse: true, axis: null },
    marks: [
      Plot.ruleX([1], { stroke: "var(--prediction)", strokeWidth: 2, className: "mark-bound" }),
      Plot.ruleY(rows.slice(1), { y: "top", stroke: "currentColor", strokeOpacity: 0.2 }),
      ...[true, false].map((inside) => dotMark(dots, inside)),
      Plot.text(rows, {
        ...{ frameAnchor: "left", y: "top", dy: 5, textAnchor: "start", lineAnchor: "top", lineWidth: width / 13 },
        ...{ text: rowText, fill: "currentColor", stroke: "var(--theme-background)", strokeWidth: 4 },
      }),
      Plot.tip(dots, Plot.pointer({ x: "x", y: "y", title: sentence, fontSize: 12, lineWidth: 28 })),
    ],
  });
  return named(
    chart,
    `Part of its bound that each estimate's difference from ${primary} takes. ${others.map(rowText).join("; ")}`,
  );
}

interface Row extends EngineDots {
  readonly top: number;
  readonly words: number;
  readonly height: number;
}

/** An engine without a difference needs no room for dots. */
function rowsOf(others: readonly EngineDots[], width: number): readonly Row[] {
  let top = 0;
  return others.map((engine) => {
    const words = width < NARROW ? 2 * WORDS : WORDS;
    const height = words + (engine.dots.length > 0 ? DOTS : 6);
    const row = { ...engine, top, words, height };
    top += height;
    return row;
  });
}

function dotMark(dots: readonly Dot[], inside: boolean): Plot.Markish {
  return Plot.dot(
    dots.filter((dot) => dot.inside === inside),
    {
      ...{ x: "x", y: "y", symbol: inside ? "circle" : "times", r: inside ? 2.8 : 4.5 },
      ...{ stroke: `var(--${inside ? "good" : "bad"})`, strokeWidth: inside ? 1.4 : 2.5 },
      className: inside ? "mark-inside" : "mark-outside",
    },
  );
}

function ticksFor(most: number, width: number): number[] {
  const decades = Array.from({ length: 20 }, (_, at) => 10 ** (at - 4)).filter((value) => value <= most);
  return decades.filter((_, at) => width >= NARROW || at % 2 === 0);
}

function placed(dot: AgreementDot, index: number, top: number): Dot {
  const share = dot.share ?? MOST;
  return { ...dot, x: Math.max(share, LEAST), y: top + 4 + (DOTS - 12) * ((index * GOLDEN) % 1) };
}

function partText(part: number): string {
  if (part < LEAST * 1.1) return "≤ 0.01 %";
  return `${Number((100 * part).toPrecision(1)).toLocaleString("en-US")} %`;
}

function rowText({ engine, equal, unbounded, dots }: EngineDots): string {
  const outside = dots.filter(({ inside }) => !inside).length;
  const parts = [
    ...(equal > 0 ? [`${equal} equal`] : []),
    ...(dots.length > 0 ? [`${dots.length} differ, ${outside} outside`] : []),
    ...(unbounded > 0 ? [`${unbounded} without a bound`] : []),
  ];
  return `${engine}: ${parts.join("; ") || "no estimate compared"}`;
}

function sentence({ claim, label, statistic, share, words }: Dot): string {
  const part = share === null ? "beyond any part" : `${Number((100 * share).toPrecision(2))} %`;
  return `${claim}\n${label === "" ? "" : `${label}: `}${statistic}\n${words}; ${part} of the bound`;
}
