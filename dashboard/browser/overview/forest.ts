import * as Plot from "@observablehq/plot";
import { labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import type { Row } from "./overview-row.js";

/** Beyond so many margins it does not matter how far; nearer ends leave no empty axis. */
const REACH = { most: 4, least: 1.25 };
const ROW = 19;
/** Below this width row labels stand above their rows. */
const NARROW = 620;
/** Rows that are drawn at once: the tables below have all. */
const MOST_ROWS = 60;
/** Those that a reader looks for first. */
const GRAVEST: readonly string[] = ["fails", "crashed", "timed-out", "undecided", "skipped", "holds"];

type Placed = Row & { readonly at: number; readonly tone: Tone };
type Tone = "good" | "bad" | "open";

/** Each claim where it is closest to its limits, in units of its margin, over its own region: an open one reaches the frame. */
export function forest(all: readonly Row[], width: number): Element {
  if (all.length === 0) {
    return paragraph(
      "No claim is like that. What the abstract says and no claim covers stands beside its sentence above.",
    );
  }
  const shown = gravestOf(all);
  const holder = document.createElement("div");
  holder.append(chartOf(shown, width));
  if (shown.length < all.length) {
    holder.prepend(
      paragraph(
        `The ${shown.length} that are least settled, of ${all.length}; the tables below have all, and the filters above choose which are drawn.`,
      ),
    );
  }
  return holder;
}

/** In the order of the page; where there are too many, those that hold are left out before those that do not. */
function gravestOf(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST_ROWS) return rows;
  const gravity = ({ outcome }: Row) => GRAVEST.indexOf(outcome);
  const kept = new Set([...rows].sort((a, b) => gravity(a) - gravity(b)).slice(0, MOST_ROWS));
  return rows.filter((row) => kept.has(row));
}

function chartOf(shown: readonly Row[], width: number): Element {
  const rows = shown.map((row, at): Placed => ({ ...row, at, tone: toneOf(row) }));
  const narrow = width < NARROW;
  const titles = rows.map(({ title }) => title);
  const marginLeft = narrow ? 20 : labelMargin(titles, width * 1.45);
  const reach = reachOf(rows);
  const dy = narrow ? 8 : 0;
  const chart = Plot.plot({
    width,
    height: rows.length * (narrow ? ROW * 1.9 : ROW) + 44,
    ...{ marginLeft, marginRight: 18, marginTop: 24, marginBottom: 20 },
    style: STYLE,
    x: {
      ...{ domain: [-reach, reach], ticks: ticksOf(reach), axis: "top", label: null },
      tickFormat: (value: number) =>
        `${Math.abs(value) === REACH.most ? (value < 0 ? "≤ " : "≥ ") : ""}${minus(String(value))}`,
    },
    y: { domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
    marks: [
      ...regionMarks(rows, reach, narrow),
      ...measuredMarks(rows, reach, dy),
      Plot.text(rows, {
        ...{ frameAnchor: "left", y: "at", dx: narrow ? 0 : -8, dy: narrow ? -8 : 0 },
        ...{ textAnchor: narrow ? "start" : "end", className: "mark-links", href },
        ...{ stroke: narrow ? "var(--theme-background)" : "none", strokeWidth: narrow ? 3 : 0 },
        fill: "var(--theme-foreground-focus)",
        text: ({ title }: Row) => shortened(title, narrow ? width : marginLeft),
        ariaLabel: ({ title, outcome }: Row) => `${title}: ${outcome}`,
      }),
      Plot.tip(rows, Plot.pointerY({ x: middleOn(reach), y: "at", title: tipWords, fontSize: 12, lineWidth: 40 })),
    ],
  });
  // The tables below have the same links in the same order: the keyboard meets each once.
  for (const link of chart.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
  return named(chart, `${rows.length} claims. ${rows.map((row) => `${row.title}: ${tipWords(row)}`).join("; ")}`);
}

/**
 * The band of each claim: from margin to margin about the predicted value, or open to the side that is predicted. Where names stand above
 * their rows, it is as high as the marks below them.
 */
function regionMarks(rows: readonly Placed[], reach: number, narrow: boolean): Plot.Markish[] {
  const heights = { y1: ({ at }: Placed) => at - (narrow ? 0 : 0.5), y2: ({ at }: Placed) => at + 0.5 };
  return [
    Plot.rect(rows, {
      x1: ({ opens }: Placed) => (opens === "below" ? -reach : -1),
      x2: ({ opens }: Placed) => (opens === "above" ? reach : 1),
      ...heights,
      ...{ fill: "var(--prediction)", fillOpacity: 0.16, className: "mark-region" },
    }),
    Plot.ruleX(
      rows.filter(({ opens }) => opens === null),
      {
        ...{ x: 0, ...heights },
        ...{ stroke: "var(--prediction)", strokeWidth: 1.5, className: "mark-predicted" },
      },
    ),
  ];
}

function measuredMarks(rows: readonly Placed[], reach: number, dy: number): Plot.Markish[] {
  const stroke = ({ tone }: Placed) => `var(--${tone})`;
  const clipped = (value: number | null, otherwise: number) => Math.max(-reach, Math.min(reach, value ?? otherwise));
  return [
    Plot.ruleY(rows, {
      ...{ y: "at", dy, stroke, strokeWidth: 2.5, className: "mark-interval" },
      x1: ({ low }: Placed) => clipped(low, -reach),
      x2: ({ high }: Placed) => clipped(high, reach),
    }),
    Plot.dot(rows, {
      ...{ x: middleOn(reach), y: "at", dy, r: 4, href, className: "mark-estimate" },
      symbol: ({ tone }: Placed) => ({ good: "circle", bad: "times", open: "square" })[tone],
      ...{ fill: "var(--theme-background)", stroke, strokeWidth: 2 },
      ariaLabel: ({ title, outcome }: Row) => `${title}: ${outcome}`,
    }),
  ];
}

function middleOn(reach: number) {
  return ({ middle }: Placed) => (middle === null ? Number.NaN : Math.max(-reach, Math.min(reach, middle)));
}

/** As far as anything is, up to where it no longer matters. */
function reachOf(rows: readonly Placed[]): number {
  const ends = rows.flatMap(({ low, middle, high }) => [low, middle, high]).filter((end) => end !== null);
  const farthest = Math.max(REACH.least, ...ends.map(Math.abs));
  return Math.min(REACH.most, farthest * 1.04);
}

function ticksOf(reach: number): number[] {
  return [-4, -3, -2, -1, 0, 1, 2, 3, 4].filter((at) => Math.abs(at) <= reach);
}

function toneOf({ state }: Row): Tone {
  return state === "supported" ? "good" : state === "refuted" ? "bad" : "open";
}

function tipWords({ outcome, measured, interval, predicted }: Row): string {
  if (measured === null) return outcome;
  return `${outcome}: measured ${measured} (${interval}), predicted ${predicted}`;
}

function href({ slug }: Row): string {
  return `./claims/${slug}`;
}

function minus(words: string): string {
  return words.replace("-", "−");
}

function paragraph(words: string): Element {
  const nothing = document.createElement("p");
  nothing.className = "muted";
  nothing.textContent = words;
  return nothing;
}
