import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { type Attached, badge, type PageTitles, pageLink, short, tableRow } from "../frame/run-data.js";
import { bindToUrl, setQuery } from "../frame/url-state.js";
import { estimatesOverTime } from "./estimates-over-time.js";
import type { ClaimHistory, Point } from "./history-data.js";

/** The grid of a tier, and the estimates of the claim whose row was opened; both choices are in the address. */
export function drawHistory(
  files: Readonly<Record<string, Attached>>,
  titles: PageTitles,
  invalidation: Invalidation,
): void {
  const form = document.querySelector<HTMLFormElement>("#history-form");
  const container = document.querySelector("#history-chart .chart");
  if (form === null) return;
  const field = (name: string) => form.elements.namedItem(name) as HTMLSelectElement;
  const grids = [...document.querySelectorAll<HTMLElement>(".run-grid")];
  let shown: ClaimHistory = { hash: "", predicted: {}, points: [] };
  const draw = (width: number) => estimatesOverTime(shown, width);
  const update = async () => {
    const [claim, tier] = [field("claim").value, field("tier").value];
    for (const grid of grids) grid.hidden = grid.dataset["tier"] !== tier;
    markRow(grids, claim);
    document.querySelector("#history-detail")?.toggleAttribute("hidden", files[claim] === undefined);
    const all = (await files[claim]?.json()) as ClaimHistory | undefined;
    // Another one was chosen while this one was read.
    if (all === undefined || claim !== field("claim").value || tier !== field("tier").value) return;
    shown = { ...all, points: all.points.filter((point) => point.tier === tier) };
    document.querySelector("#history-title")!.textContent = titles[claim] ?? claim;
    document.querySelector("#history-link")?.replaceChildren("The claim's page: ", pageLink(claim, titles));
    showTable(shown.points);
    showRun(undefined);
    const width = container?.clientWidth ?? 0;
    if (width > 0) container?.replaceChildren(draw(width));
  };
  bindToUrl(form, update);
  for (const row of document.querySelectorAll<HTMLAnchorElement>("a.grid-row")) {
    row.addEventListener("click", async (event) => {
      // A click with a key opens the link elsewhere, as links do.
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      field("claim").value = row.dataset["claim"] ?? "";
      setQuery("claim", field("claim").value);
      setQuery("tier", field("tier").value);
      await update();
      showRun(clickedRun(row, event, shown.points));
      document.querySelector<HTMLElement>("#history-title")?.focus();
    });
  }
  update().then(() => drawInto(container, draw, invalidation));
}

function markRow(grids: readonly HTMLElement[], claim: string): void {
  for (const row of grids.flatMap((grid) => [...grid.querySelectorAll<HTMLElement>("a.grid-row")])) {
    if (row.dataset["claim"] === claim && claim !== "") row.setAttribute("aria-current", "true");
    else row.removeAttribute("aria-current");
  }
}

/** What is drawn wider than its run is hit from so many columns away. */
const REACH = 0.01;

/** The kept run nearest to where a strip was clicked; one that does not hold is drawn wider, and is met earlier. */
function clickedRun(row: HTMLElement, { clientX }: MouseEvent, points: readonly Point[]): Point | undefined {
  const box = row.querySelector("svg")?.getBoundingClientRect();
  const runs = Number(row.closest("section")?.dataset["runs"]);
  if (box === undefined || clientX < box.left || clientX > box.right) return undefined;
  const clicked = ((clientX - box.left) / box.width) * runs - 0.5;
  const far = ({ run, outcome }: Point) =>
    Math.max(0, Math.abs(run - clicked) - (outcome === "holds" ? 0 : REACH * runs));
  return [...points].sort((a, b) => far(a) - far(b))[0];
}

function showTable(points: readonly Point[]): void {
  const rows = points.toReversed().map((point) => {
    const { at, commit, seed, outcome, units } = point;
    return tableRow([
      at.slice(0, 16).replace("T", " "),
      badge(outcome),
      commit?.slice(0, 10) ?? "–",
      seed,
      units.map(({ label, estimate }) => `${label ? `${label}: ` : ""}${short(estimate)}`).join("; "),
      compareLink(point) ?? "",
    ]);
  });
  document.querySelector("#history-table tbody")?.replaceChildren(...rows);
  const shown = document.querySelector("#history-shown");
  if (shown) shown.textContent = points.length === 1 ? "1 run" : `${points.length} runs`;
}

function showRun(point: Point | undefined): void {
  const words = document.querySelector("#history-run");
  words?.toggleAttribute("hidden", point === undefined);
  if (point === undefined) return;
  words?.replaceChildren(
    `Run of ${point.at.slice(0, 16).replace("T", " ")}: `,
    badge(point.outcome),
    " ",
    compareLink(point) ?? "",
  );
}

function compareLink({ key, before }: Point): Node | undefined {
  if (before === null) return undefined;
  const link = document.createElement("a");
  link.href = `./compare?a=${encodeURIComponent(before)}&b=${encodeURIComponent(key)}`;
  link.textContent = "with the run before";
  return link;
}
