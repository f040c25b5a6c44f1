import * as Plot from "@observablehq/plot";
import { drawInto, type Invalidation, named, STYLE } from "../frame/chart-frame.js";
import { type Attached, badge, type PageTitles, pageLink, type RunUnit, short, tableRow } from "../frame/run-data.js";
import { bindToUrl } from "../frame/url-state.js";

interface Point {
  readonly at: string;
  readonly commit: string | null;
  readonly tier: string;
  readonly hash: string;
  readonly outcome: string;
  readonly units: readonly RunUnit[];
}

interface ClaimHistory {
  readonly points: readonly Point[];
}

/** An estimate over the runs; which claim's is in the address. */
export function drawHistory(
  files: Readonly<Record<string, Attached>>,
  titles: PageTitles,
  invalidation: Invalidation,
): void {
  const form = document.querySelector<HTMLFormElement>("#history-form");
  const container = document.querySelector("#history-chart .chart");
  if (form === null) return;
  const value = (name: string) => (form.elements.namedItem(name) as HTMLSelectElement).value;
  let points: readonly Point[] = [];
  const update = async () => {
    const chosen = value("claim");
    const file = files[chosen];
    if (file === undefined) return;
    const { points: all } = (await file.json()) as ClaimHistory;
    // Another one was chosen while this one was read.
    if (chosen !== value("claim")) return;
    points = all.filter(({ tier }) => value("tier") === "" || tier === value("tier"));
    document.querySelector("#history-link")?.replaceChildren("Now: ", pageLink(value("claim"), titles));
    showTable(points);
    const width = container?.clientWidth ?? 0;
    if (width > 0) container?.replaceChildren(chart(points, width));
  };
  bindToUrl(form, update);
  update().then(() => drawInto(container, (width) => chart(points, width), invalidation));
}

function showTable(points: readonly Point[]): void {
  const rows = [...points]
    .reverse()
    .map(({ at, commit, tier, outcome, units }) =>
      tableRow([
        at.slice(0, 16).replace("T", " "),
        commit?.slice(0, 10) ?? "–",
        tier,
        badge(outcome),
        units.map(({ label, estimate }) => `${label ? `${label}: ` : ""}${short(estimate)}`).join("; "),
      ]),
    );
  document.querySelector("#history-table tbody")?.replaceChildren(...rows);
  const shown = document.querySelector("#history-shown");
  if (shown) shown.textContent = points.length === 1 ? "1 run" : `${points.length} runs`;
}

/** One panel a question: their scales differ. */
function chart(points: readonly Point[], width: number): Element {
  const holder = document.createElement("div");
  const labels = [...new Set(points.flatMap(({ units }) => units.map(({ label }) => label)))];
  for (const label of labels) holder.append(...panel(label, points, width));
  if (labels.length === 0) holder.textContent = "No run at this tier.";
  return holder;
}

function panel(label: string, points: readonly Point[], width: number): readonly Element[] {
  const rows = points.flatMap((point, run) => {
    const unit = point.units.find((one) => one.label === label);
    return unit ? [{ ...unit, run, at: point.at, commit: point.commit, series: `${point.tier} ${point.hash}` }] : [];
  });
  type Row = (typeof rows)[number];
  const title = document.createElement("p");
  title.className = "panel-title";
  title.textContent = label || "the one cell";
  const plot = Plot.plot({
    width,
    height: 150,
    marginLeft: 56,
    marginRight: 16,
    marginBottom: 30,
    style: STYLE,
    x: {
      domain: [-0.5, points.length - 0.5],
      label: null,
      ticks: Math.min(points.length, Math.floor(width / 90)),
      tickFormat: (run: number) => points[run]?.at.slice(0, 10) ?? "",
    },
    y: { grid: true, label: null, nice: true, ticks: 4 },
    marks: [
      Plot.ruleX(rows, {
        x: "run",
        y1: "low",
        y2: "high",
        stroke: "var(--prediction)",
        strokeWidth: 2,
        strokeOpacity: 0.6,
      }),
      Plot.lineY(rows, { x: "run", y: "estimate", z: "series", stroke: "currentColor", strokeOpacity: 0.5 }),
      Plot.dot(rows, {
        x: "run",
        y: "estimate",
        r: 3.5,
        fill: "var(--theme-background)",
        stroke: "currentColor",
        strokeWidth: 1.5,
      }),
      Plot.tip(
        rows,
        Plot.pointerX({
          x: "run",
          y: "estimate",
          title: ({ at, commit, estimate, low, high }: Row) =>
            `${at.slice(0, 16)}\ncommit ${commit?.slice(0, 10) ?? "unknown"}\n${short(estimate)} (${short(low)} to ${short(high)})`,
        }),
      ),
    ],
  });
  return [title, named(plot, `${label}: estimates of ${rows.length} runs`)];
}
