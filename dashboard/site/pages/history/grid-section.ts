import type { Outcome } from "../../../../src/claim/result.ts";
import type { HistoryLine } from "../../../../src/report/history.ts";
import { OUTCOME_WORDS } from "../../../../src/report/words/verdict-words.ts";
import { type Content, type Html, html } from "../../html/template.ts";
import type { Site } from "../../site.ts";
import type { TierName } from "../../sources/sources.ts";
import { keptWords } from "../../views/history/kept-runs.ts";
import { columnOf, type GridRow, stretchesOf, verdictGrid } from "../../views/history/verdict-grid.ts";

/** Columns of a grid: three pixels each on a wide screen. */
const COLUMNS = 240;
/** A few runs leave room before them: a column as wide as the page would not look like one run. */
const LEAST_COLUMNS = 24;

/** The claims over the runs of one tier, a row a claim: drawn at build, so that it is there without scripts. */
export function gridSection(tier: TierName, site: Site): Html {
  const runs = site.sources.history.filter((line) => line.tier === tier);
  const titles = new Map(site.sources.claims.map(({ id, title }) => [id, title]));
  const rows = verdictGrid(runs, [...titles.keys()]);
  const columns = Math.min(COLUMNS, runs.length);
  const each = Math.ceil(runs.length / columns);
  return html`<section class="run-grid${columns < LEAST_COLUMNS && " few-runs"}" data-tier="${tier}" data-runs="${runs.length}" aria-labelledby="runs-${tier}">
<h2 id="runs-${tier}">Tier ${tier}: ${runs.length.toLocaleString("en-US")} ${runs.length === 1 ? "run" : "runs"}</h2>
<p class="muted">${summary(rows)} ${each > 1 && `A column stands for ${each} runs and shows the gravest verdict among them. `}${keptWords(runs)}</p>
<div class="grid-axis"><span>${runs.length > 1 && day(runs[0]!)}</span>${commitTicks(runs, columns)}<span>${day(runs.at(-1)!)}</span></div>
<ol class="grid-rows">${rows.map((row) => rowItem(row, { runs, columns, tier, title: titles.get(row.id)!, slug: site.slugs.get(row.id)! }))}</ol>
</section>`;
}

interface RowPlace {
  readonly runs: readonly HistoryLine[];
  readonly columns: number;
  readonly tier: TierName;
  readonly title: string;
  readonly slug: string;
}

function rowItem(row: GridRow, { runs, columns, tier, title, slug }: RowPlace): Html {
  return html`<li><a class="grid-row" rel="external" data-claim="${slug}" href="./history?tier=${tier}&claim=${slug}"><span class="name">${title}</span>${strip(row, columns)}<span class="last">${lastChange(row, runs)}${formerName(row, runs)}</span></a></li>
`;
}

/** What a verdict looks like: its height and its colour, so that a failure stands out and is told apart without colour. */
function strip(row: GridRow, columns: number): Html {
  const blocks = stretchesOf(row, columns).map(({ from, to, outcome }) => {
    const { top, height, room } = FORMS[outcome];
    return html`<rect class="tone-${OUTCOME_WORDS[outcome].tone}" x="${from - room}" width="${to - from + 2 * room}" y="${top}" height="${height}"></rect>`;
  });
  const marks = row.redefined.map((run) => {
    const x = columnOf(run, columns, row.outcomes.length);
    return html`<path class="redefined" d="M${x},16v-4"></path>`;
  });
  const renamed =
    row.renamed &&
    html`<path class="renamed" d="M${columnOf(row.renamed.run, columns, row.outcomes.length)},0v4"></path>`;
  return html`<svg viewBox="${viewBox(columns, 16)}" preserveAspectRatio="none" aria-hidden="true">${blocks}${marks}${renamed}</svg>`;
}

/** The newest run is at the right end. */
function viewBox(columns: number, height: number): string {
  const wide = Math.max(LEAST_COLUMNS, columns);
  return `${columns - wide} 0 ${wide} ${height}`;
}

/** Failures are drawn full height and wider than their column: one among thousands is seen. */
const FORMS: Readonly<Record<Outcome, { readonly top: number; readonly height: number; readonly room: number }>> = {
  holds: { top: 6, height: 4, room: 0 },
  undecided: { top: 5, height: 6, room: 0 },
  skipped: { top: 7, height: 2, room: 0 },
  fails: { top: 0, height: 16, room: 0.4 },
  crashed: { top: 0, height: 16, room: 0.4 },
  "timed-out": { top: 0, height: 16, room: 0.4 },
};

function lastChange({ last, outcomes }: GridRow, runs: readonly HistoryLine[]): Content {
  if (last === undefined) {
    const { word } = OUTCOME_WORDS[outcomes.find((one) => one !== undefined)!];
    return runs.length > 1 ? `always ${word}` : word;
  }
  const verdicts =
    last.from === last.to
      ? html`<b class="${OUTCOME_WORDS[last.to].tone}">${OUTCOME_WORDS[last.to].word}</b>`
      : html`${OUTCOME_WORDS[last.from].word} → <b class="${OUTCOME_WORDS[last.to].tone}">${OUTCOME_WORDS[last.to].word}</b>`;
  return html`${day(runs[last.run]!)}: ${verdicts}${last.redefined && ", claim changed"}`;
}

function formerName({ renamed }: GridRow, runs: readonly HistoryLine[]): Content {
  return renamed && html`; before ${day(runs[renamed.run]!)} called ${renamed.from}`;
}

/** Where the commit is another than that of the run before. */
function commitTicks(runs: readonly HistoryLine[], columns: number): Html {
  const changes = runs.flatMap(({ commit }, run) => (run > 0 && commit !== runs[run - 1]!.commit ? [run] : []));
  const at = [...new Set(changes.map((run) => columnOf(run, columns, runs.length)))];
  return html`<svg viewBox="${viewBox(columns, 8)}" preserveAspectRatio="none" role="img" aria-label="${changes.length} changes of the commit">${at.map((x) => html`<path class="commit" d="M${x},8v-6"></path>`)}</svg>`;
}

function summary(rows: readonly GridRow[]): string {
  const failing = rows.filter(({ outcomes }) => outcomes.includes("fails")).length;
  const changed = rows.filter(({ last }) => last !== undefined).length;
  return `${rows.length} claims, of which ${changed || "none"} changed and ${failing || "none"} failed at least once; the latest change first.`;
}

function day({ at }: HistoryLine): string {
  return at.slice(0, 10);
}
