import * as Plot from "@observablehq/plot";
import { drawInto, type Invalidation, labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import { makeSortable } from "../frame/sortable.js";
import { bindToUrl } from "../frame/url-state.js";
import type { EngineFiles } from "../play/engine-client.js";
import type { SignalData } from "../play/messages.js";
import { drawSignal } from "../play/signal-figure.js";

interface Row {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly topic: string;
  readonly outcome: string;
  readonly state: string;
  readonly grade: string;
  readonly tiers: readonly string[];
  readonly engines: readonly string[];
  readonly middle: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** Beyond so many margins it does not matter how far. */
const REACH = 4;
const ROW = 19;
/** Below this width row labels stand above their rows. */
const NARROW = 620;

/** The signal that a reader plays with; filters, sorting and the chart of all claims. */
export function drawOverview(
  rows: readonly Row[],
  signal: SignalData | null,
  play: EngineFiles,
  invalidation: Invalidation,
): void {
  drawSignal(signal, play, invalidation);
  const form = document.querySelector<HTMLFormElement>("#filters");
  const container = document.querySelector("#forest .chart");
  if (form === null) return;
  let shown = rows;
  const update = () => {
    shown = filtered(rows, form);
    showRows(new Set(shown.map(({ slug }) => slug)), rows.length);
    showVerdictsOn(chosen(form, "engine"));
    const width = container?.clientWidth ?? 0;
    if (width > 0) container?.replaceChildren(forest(shown, width));
  };
  bindToUrl(form, update);
  update();
  makeSortable([...document.querySelectorAll<HTMLTableElement>("section.topic table")]);
  drawInto(container, (width) => forest(shown, width), invalidation);
}

function filtered(rows: readonly Row[], form: HTMLFormElement): readonly Row[] {
  const words = chosen(form, "q").toLowerCase().split(/\s+/).filter(Boolean);
  const [topic, outcome, grade] = [chosen(form, "topic"), chosen(form, "outcome"), chosen(form, "grade")];
  const [tier, engine] = [chosen(form, "tier"), chosen(form, "engine")];
  return rows.filter((row) => {
    const text = `${row.title} ${row.id} ${row.outcome} ${row.grade}`.toLowerCase();
    return (
      words.every((word) => beginsIn(text, word)) &&
      (topic === "" || row.topic === topic) &&
      (outcome === "" || row.outcome === outcome) &&
      (grade === "" || row.grade === grade) &&
      (tier === "" || row.tiers.includes(tier)) &&
      (engine === "" || row.engines.includes(engine))
    );
  });
}

/** Whether some word of the text begins so: "sign" finds sign descent and not a signal's "design". */
function beginsIn(text: string, beginning: string): boolean {
  return ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ")}`.includes(` ${beginning.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`);
}

function chosen(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
}

/** The verdict of another engine than the shown one stands in a claim's row while that engine is asked for. */
function showVerdictsOn(engine: string): void {
  for (const verdict of document.querySelectorAll<HTMLElement>("small.on-engine")) {
    verdict.hidden = verdict.dataset["engine"] !== engine;
  }
}

function showRows(slugs: ReadonlySet<string>, all: number): void {
  for (const section of document.querySelectorAll<HTMLElement>("section.topic")) {
    let some = false;
    for (const row of section.querySelectorAll<HTMLTableRowElement>("tbody tr")) {
      row.hidden = !slugs.has(row.dataset["slug"] ?? "");
      some ||= !row.hidden;
    }
    section.hidden = !some;
  }
  const output = document.querySelector("#shown");
  if (output) output.textContent = `${slugs.size} of ${all} claims`;
}

function forest(rows: readonly Row[], width: number): Element {
  if (rows.length === 0) {
    const nothing = document.createElement("p");
    nothing.className = "muted";
    nothing.textContent =
      "No claim is like that. What the abstract says and no claim covers stands beside its sentence above.";
    return nothing;
  }
  const narrow = width < NARROW;
  const marginLeft = narrow
    ? 20
    : labelMargin(
        rows.map(({ title }) => title),
        width * 1.45,
      );
  const height = narrow ? ROW * 1.9 : ROW;
  const tone = ({ state }: Row) => (state === "supported" ? "good" : state === "refuted" ? "bad" : "open");
  const clipped = (value: number | null, otherwise: number) => Math.max(-REACH, Math.min(REACH, value ?? otherwise));
  const chart = Plot.plot({
    width,
    height: rows.length * height + 44,
    marginLeft,
    marginRight: 18,
    marginTop: 24,
    marginBottom: 20,
    style: STYLE,
    x: {
      domain: [-REACH, REACH],
      ticks: [-4, -3, -2, -1, 0, 1, 2, 3, 4],
      axis: "top",
      label: null,
      tickFormat: (at: number) =>
        Math.abs(at) === REACH ? `${at < 0 ? "≤ −" : "≥ "}${REACH}` : String(at).replace("-", "−"),
    },
    y: { domain: [-0.5, rows.length - 0.5], reverse: true, axis: null },
    marks: [
      Plot.rect([0], {
        x1: -1,
        x2: 1,
        y1: -0.5,
        y2: rows.length - 0.5,
        fill: "var(--prediction)",
        fillOpacity: 0.16,
        className: "mark-region",
      }),
      Plot.ruleX([0], { stroke: "var(--prediction)", strokeWidth: 1.5 }),
      Plot.ruleY(rows, {
        y: (_: Row, index: number) => index,
        x1: ({ low }: Row) => clipped(low, -REACH),
        x2: ({ high }: Row) => clipped(high, REACH),
        stroke: (row: Row) => `var(--${tone(row)})`,
        strokeWidth: 2.5,
        dy: narrow ? 8 : 0,
      }),
      Plot.dot(rows, {
        x: ({ middle }: Row) => (middle === null ? Number.NaN : clipped(middle, 0)),
        y: (_: Row, index: number) => index,
        r: 4,
        symbol: (row: Row) => ({ good: "circle", bad: "times", open: "square" })[tone(row)],
        fill: "var(--theme-background)",
        stroke: (row: Row) => `var(--${tone(row)})`,
        strokeWidth: 2,
        dy: narrow ? 8 : 0,
      }),
      Plot.text(rows, {
        frameAnchor: "left",
        y: (_: Row, index: number) => index,
        dx: narrow ? 0 : -8,
        dy: narrow ? -8 : 0,
        textAnchor: narrow ? "start" : "end",
        text: ({ title }: Row) => shortened(title, narrow ? width : marginLeft),
        href: ({ slug }: Row) => `./claims/${slug}`,
        className: "mark-links",
        fill: "currentColor",
        stroke: narrow ? "var(--theme-background)" : "none",
        strokeWidth: narrow ? 3 : 0,
        ariaLabel: ({ title, outcome }: Row) => `${title}: ${outcome}`,
      }),
      Plot.tip(
        rows,
        Plot.pointerY({
          x: ({ middle }: Row) => clipped(middle, 0),
          y: (_: Row, index: number) => index,
          title: ({ title, outcome, low, high }: Row) =>
            `${title}\n${outcome}; interval ${low === null ? "open" : low.toFixed(2)} to ${high === null ? "open" : high.toFixed(2)} margins from the prediction`,
          fontSize: 12,
          lineWidth: 28,
        }),
      ),
    ],
  });
  // The tables below have the same links in the same order: the keyboard meets each once.
  for (const link of chart.querySelectorAll("a")) link.setAttribute("tabindex", "-1");
  return named(chart, `${rows.length} claims, each interval in units of its margin: between -1 and 1 is predicted`);
}
