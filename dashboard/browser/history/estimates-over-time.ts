import * as Plot from "@observablehq/plot";
import { named, STYLE } from "../frame/chart-frame.js";
import { short } from "../frame/run-data.js";
import type { ClaimHistory, Point } from "./history-data.js";

type Unit = Point["units"][number];
interface Row extends Unit {
  readonly point: Point;
  readonly time: Date;
}

const TONES: Readonly<Record<string, readonly [tone: string, symbol: "circle" | "times" | "square"]>> = {
  holds: ["good", "circle"],
  fails: ["bad", "times"],
  undecided: ["open", "square"],
};

/** One panel a question, since their scales differ, on an axis of time. */
export function estimatesOverTime(history: ClaimHistory, width: number): Element {
  const holder = document.createElement("div");
  const labels = [...new Set(history.points.flatMap(({ units }) => units.map(({ label }) => label)))];
  for (const label of labels) holder.append(...panel(label, history, width));
  if (labels.length === 0) holder.textContent = "No run at this tier.";
  return holder;
}

function panel(label: string, history: ClaimHistory, width: number): readonly Element[] {
  const rows = history.points.flatMap((point): readonly Row[] => {
    const unit = point.units.find((one) => one.label === label);
    return unit && !Number.isNaN(Date.parse(point.at)) ? [{ ...unit, point, time: new Date(point.at) }] : [];
  });
  const title = document.createElement("p");
  title.className = "panel-title";
  title.textContent = label || "the one cell";
  const failed = rows.filter(({ point }) => point.outcome === "fails").length;
  const plot = Plot.plot({
    ...{ width, height: 170, marginLeft: 56, marginRight: 16, marginBottom: 30, style: STYLE },
    x: { type: "utc", label: null, ticks: Math.max(2, Math.floor(width / 130)), inset: 8 },
    y: { grid: true, label: null, nice: true, ticks: 4 },
    marks: [
      ...predictionMarks(label, history, rows),
      Plot.ruleX(rows, {
        ...{ x: "time", y1: "low", y2: "high", stroke: toneOf, strokeWidth: 2, strokeOpacity: 0.55 },
        className: "mark-interval",
      }),
      Plot.lineY(rows, { x: "time", y: "estimate", z: hashOf, stroke: "currentColor", strokeOpacity: 0.35 }),
      Plot.dot(rows, {
        ...{ x: "time", y: "estimate", symbol: symbolOf, stroke: toneOf, strokeWidth: 1.8 },
        r: ({ point }: Row) => (point.outcome === "fails" ? 6 : 3),
        fill: "var(--theme-background)",
        className: "mark-runs",
      }),
      Plot.tip(rows, Plot.pointerX({ x: "time", y: "estimate", title: words, fontSize: 12 })),
    ],
    symbol: { type: "identity" },
    r: { type: "identity" },
  });
  return [title, named(plot, `${label}: estimates of ${rows.length} runs, ${failed} of them failed`)];
}

/** The predicted region over the time in which the claim was the one of today; its open end is the panel's. */
function predictionMarks(label: string, { hash, predicted }: ClaimHistory, rows: readonly Row[]): Plot.Markish[] {
  const own = rows.filter(({ point }) => point.hash === hash);
  const found = Object.hasOwn(predicted, label) ? predicted[label] : undefined;
  if (found === undefined || own.length === 0) return [];
  const values = rows.flatMap(({ estimate, low, high }) => [estimate, low, high].filter((one) => one !== null));
  const [low = Math.min(...values), high = Math.max(...values)] = found.region.map((end) => end ?? undefined);
  const times = own.length > 1 ? own : rows;
  return [
    Plot.areaY(times, {
      x: "time",
      y1: low,
      y2: high,
      fill: "var(--prediction)",
      fillOpacity: 0.16,
      className: "mark-region",
    }),
    ...(found.value === null ? [] : [Plot.lineY(times, { x: "time", y: found.value, stroke: "var(--prediction)" })]),
  ];
}

function hashOf({ point }: Row): string {
  return point.hash;
}

function toneOf({ point }: Row): string {
  return `var(--${TONES[point.outcome]?.[0] ?? "broken"})`;
}

function symbolOf({ point }: Row): string {
  return TONES[point.outcome]?.[1] ?? "times";
}

function words({ point, estimate, low, high }: Row): string {
  return [
    `${point.at.slice(0, 16).replace("T", " ")}, ${point.tier}: ${point.outcome}`,
    `${short(estimate)} (${short(low)} to ${short(high)})`,
    `commit ${point.commit?.slice(0, 10) ?? "unknown"}, seed ${point.seed}`,
  ].join("\n");
}
