import * as Plot from "@observablehq/plot";
import { drawInto, type Invalidation, labelMargin, named, STYLE, shortened } from "../frame/chart-frame.js";
import {
  type Attached,
  badge,
  claimLink,
  type Run,
  type RunClaim,
  short,
  type Titles,
  tableRow,
} from "../frame/run-data.js";
import { tickCount } from "../frame/scale.js";
import { bindToUrl } from "../frame/url-state.js";

interface Pair {
  readonly id: string;
  readonly title: string;
  readonly before: RunClaim | undefined;
  readonly after: RunClaim | undefined;
  /** The claim has another content hash: it asks another thing. */
  readonly redefined: boolean;
  readonly moves: readonly Move[];
}

interface Move {
  readonly label: string;
  readonly from: number | null;
  readonly to: number | null;
  /** As a multiple of half the interval before; infinite where one of them has no value. */
  readonly size: number;
  readonly isDown: boolean;
}

/** Below this width row labels stand above their rows. */
const NARROW = 620;
const ROW = 20;
/** How many rows the chart shows. */
const CHARTED = 30;
/** A move of so many uncertainties is drawn at the end of the axis. */
const REACH = 10;

/** Two runs side by side; which two is in the address. */
export function drawCompare(
  files: Readonly<Record<string, Attached>>,
  titles: Titles,
  invalidation: Invalidation,
): void {
  const form = document.querySelector<HTMLFormElement>("#compare-form");
  const container = document.querySelector("#compare-chart .chart");
  if (form === null) return;
  const field = (name: string) => form.elements.namedItem(name) as HTMLSelectElement;
  // The newest run after the one before it, unless the address says otherwise.
  field("a").selectedIndex = Math.min(1, field("a").options.length - 1);
  let pairs: readonly Pair[] = [];
  const read = async (key: string) => (await files[key]?.json()) as Run;
  const update = async () => {
    const [a, b] = [field("a").value, field("b").value];
    const [before, after] = await Promise.all([read(a), read(b)]);
    // Another pair was chosen while this one was read.
    if (a !== field("a").value || b !== field("b").value) return;
    pairs = pairsOf(before, after, titles);
    const onlyChanged = (form.elements.namedItem("changed") as HTMLInputElement).checked;
    showTable(
      pairs.filter((pair) => !onlyChanged || differs(pair, isSameDraw(before, after))),
      titles,
    );
    showSummary(pairs, drawWords(before, after));
    const width = container?.clientWidth ?? 0;
    if (width > 0) container?.replaceChildren(moveChart(pairs, width));
  };
  bindToUrl(form, update);
  update().then(() => drawInto(container, (width) => moveChart(pairs, width), invalidation));
}

function pairsOf(before: Run, after: Run, titles: Titles): readonly Pair[] {
  const ids = [...new Set([...after.claims, ...before.claims].map(({ id }) => id))];
  const pairs = ids.map((id): Pair => {
    const [was, is] = [before, after].map(({ claims }) => claims.find((claim) => claim.id === id));
    const redefined = was !== undefined && is !== undefined && was.hash !== is.hash;
    return {
      id,
      title: titles[id]?.title ?? id,
      before: was,
      after: is,
      redefined,
      moves: redefined ? [] : movesOf(was, is),
    };
  });
  return pairs.sort((a, b) => gravity(b) - gravity(a) || largest(b) - largest(a));
}

function movesOf(before: RunClaim | undefined, after: RunClaim | undefined): readonly Move[] {
  return (after?.units ?? []).flatMap((unit) => {
    const was = before?.units.find(({ label }) => label === unit.label);
    if (was === undefined) return [];
    const half = was.low === null || was.high === null ? 0 : (was.high - was.low) / 2;
    const moved =
      unit.estimate === null || was.estimate === null
        ? Number.POSITIVE_INFINITY
        : Math.abs(unit.estimate - was.estimate);
    const size = unit.estimate === was.estimate ? 0 : half > 0 ? moved / half : Number.POSITIVE_INFINITY;
    const isDown = (unit.estimate ?? 0) < (was.estimate ?? 0);
    return [{ label: unit.label || "the one cell", from: was.estimate, to: unit.estimate, size, isDown }];
  });
}

function gravity({ before, after, redefined }: Pair): number {
  if (before === undefined || after === undefined) return 1;
  if (before.outcome !== after.outcome) return 2;
  return redefined ? 1 : 0;
}

function largest({ moves }: Pair): number {
  return Math.max(0, ...moves.map(({ size }) => Math.min(size, Number.MAX_VALUE)));
}

/** The largest move with its direction, no further than the axis. */
function signed({ moves }: Pair): number {
  const [most] = [...moves].sort((a, b) => b.size - a.size);
  return most === undefined ? 0 : Math.min(REACH, most.size) * (most.isDown ? -1 : 1);
}

/** Other streams move every estimate by chance, mostly by less than its uncertainty: that alone is no difference. */
function differs(pair: Pair, isSameDraw: boolean): boolean {
  return gravity(pair) > 0 || largest(pair) > (isSameDraw ? 0 : 1);
}

function isSameDraw(before: Run, after: Run): boolean {
  return before.seed === after.seed && before.tier === after.tier;
}

/** Why estimates of the two runs may differ with no change of the code. */
function drawWords(before: Run, after: Run): string {
  const seeds = before.seed === after.seed ? "same seed" : "other seeds, so estimates move by chance";
  return before.tier === after.tier
    ? seeds
    : `${seeds}; tier ${before.tier} beside tier ${after.tier}, so the later one rests on ${isMore(before.tier, after.tier) ? "more" : "less"} evidence`;
}

const BY_EVIDENCE = ["smoke", "full", "deep"];

function isMore(before: string, after: string): boolean {
  return BY_EVIDENCE.indexOf(after) > BY_EVIDENCE.indexOf(before);
}

function showSummary(pairs: readonly Pair[], draws: string): void {
  const output = document.querySelector("#compare-shown");
  const both = pairs.filter(({ before, after }) => before !== undefined && after !== undefined);
  const verdicts = both.filter(({ before, after }) => before?.outcome !== after?.outcome).length;
  const moved = pairs.filter((pair) => largest(pair) > 0).length;
  const redefined = pairs.filter((pair) => pair.redefined).length;
  if (output) {
    const alone = pairs.length === both.length ? "" : `${pairs.length - both.length} in one of the runs only, `;
    output.textContent = `${pairs.length} claims: ${alone}${verdicts} with another verdict, ${redefined} themselves changed, ${moved} with a moved estimate; ${draws}`;
  }
}

function showTable(pairs: readonly Pair[], titles: Titles): void {
  const rows = pairs.map((pair) => {
    const move = [...pair.moves].sort((a, b) => b.size - a.size)[0];
    return tableRow([
      claimLink(pair.id, titles),
      badge(pair.before?.outcome ?? "absent"),
      badge(pair.after?.outcome ?? "absent"),
      pair.redefined ? "the claim itself was changed" : moveWords(move),
      move === undefined || move.size === 0 ? "" : move.label,
    ]);
  });
  document.querySelector("#compare-table tbody")?.replaceChildren(...rows);
}

function moveWords(move: Move | undefined): string {
  if (move === undefined) return "–";
  if (move.size === 0) return "none";
  const size = Number.isFinite(move.size) ? `${move.size.toFixed(2)} × its uncertainty: ` : "";
  return `${size}${short(move.from)} → ${short(move.to)}`;
}

interface Placed extends Pair {
  readonly at: number;
}

/** The largest moves, a row a claim. */
export function moveChart(pairs: readonly Pair[], width: number): Element {
  const moved = pairs
    .filter((pair) => largest(pair) > 0)
    .slice(0, CHARTED)
    .map((pair, at): Placed => ({ ...pair, at }));
  if (moved.length === 0) {
    const nothing = document.createElement("p");
    nothing.className = "muted";
    nothing.textContent = "No estimate moved.";
    return nothing;
  }
  const narrow = width < NARROW;
  const titles = moved.map(({ title }) => title);
  const marginLeft = narrow ? 14 : labelMargin(titles, width * 1.2);
  const dy = narrow ? 8 : 0;
  // Where names stand above their rows, lines stop short of them.
  const heights = { y1: ({ at }: Placed) => at - (narrow ? 0 : 0.5), y2: ({ at }: Placed) => at + 0.5 };
  const most = Math.min(REACH, Math.max(1.2, ...moved.map(largest)));
  const chart = Plot.plot({
    width,
    height: moved.length * (narrow ? 1.9 * ROW : ROW) + 54,
    marginLeft,
    marginRight: 20,
    marginTop: 36,
    marginBottom: 10,
    style: STYLE,
    x: {
      ...{ axis: "top", grid: true, ticks: tickCount(width - marginLeft), domain: [-most, most], clamp: true },
      ...{ labelAnchor: "center", labelArrow: "none" },
      label: narrow ? "← lower than before, higher →" : "← lower than before, in its uncertainties, higher →",
    },
    y: { axis: null, domain: [-0.5, moved.length - 0.5], reverse: true },
    marks: [
      ...[-1, 1].map((x) =>
        Plot.ruleX(moved, {
          ...heights,
          x,
          stroke: "var(--rival)",
          strokeDasharray: "3,2",
          className: "mark-uncertainty",
        }),
      ),
      Plot.ruleX(moved, { ...heights, x: 0 }),
      Plot.ruleY(moved, { y: "at", x1: 0, x2: signed, dy, stroke: "var(--prediction)", strokeWidth: 2 }),
      Plot.dot(moved, { y: "at", x: signed, dy, fill: "var(--prediction)", r: 4 }),
      Plot.text(moved, {
        frameAnchor: "left",
        y: "at",
        ...{ dx: narrow ? 0 : -8, dy: narrow ? -8 : 0, textAnchor: narrow ? "start" : "end" },
        ...{ fill: "currentColor", stroke: "var(--theme-background)", strokeWidth: narrow ? 6 : 0 },
        text: ({ title }: Pair) => shortened(title, narrow ? width : marginLeft),
      }),
    ],
  });
  return named(
    chart,
    `Largest move of each of ${moved.length} claims, as multiples of its uncertainty before; to the left it became lower`,
  );
}
