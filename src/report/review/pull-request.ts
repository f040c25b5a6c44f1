import type { ClaimEvidence, Evidence, Result } from "../../claim/result.ts";
import { summariseClaim } from "../claim-summary.ts";
import { countText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { budgetWords, wideBudgetWords } from "../words/budget-words.ts";
import { undecidedWords } from "../words/undecided-words.ts";
import { unitText } from "../words/unit-text.ts";
import { OUTCOME_WORDS } from "../words/verdict-words.ts";
import type { ChangeNotes } from "./change-note.ts";
import { escapeComment } from "./escape-comment.ts";
import { movedSection } from "./moved-section.ts";
import { isRed, type ReportRow, reportRows } from "./report-rows.ts";
import { verdictLine } from "./verdict-line.ts";

/** What a report of a pull request is made of; all of it may come from a stranger. */
export interface ReportSource {
  readonly result: Result;
  /** What changed against the base; undefined where there is none to compare with. */
  readonly changes: ChangeNotes | undefined;
  /** Address of the published dashboard, without a slash at its end; undefined where there is none. */
  readonly dashboard: string | undefined;
}

/** GitHub takes comments of 65,536 bytes; the marker and the frame around them need some. */
export const COMMENT_BYTES = 64 * 1024 - 1024;
/** GitHub takes step summaries of 1 MiB and drops larger ones whole; a step may have written something before. */
export const SUMMARY_BYTES = 1024 * 1024 - 64 * 1024;

/** Rows, and lines of each list, that a reviewer sees. */
const WORST = 10;
/** Longest title, and longest sentence about a claim, in characters before escaping. */
const TITLE = 200;
const SENTENCE = 400;
/** Rows of the folded table: more than any paper has claims. */
const ALL = 1000;

/** Markdown of a pull request's comment: at most `COMMENT_BYTES`, the worst ten rows, every text escaped. */
export function commentReport(source: ReportSource): string {
  return fitting(COMMENT_BYTES, WORST, (rows) => report(source, rows, 0));
}

/** Markdown of a job's summary: the comment, and all claims folded away, as many as go into `SUMMARY_BYTES`. */
export function summaryReport(source: ReportSource): string {
  return fitting(SUMMARY_BYTES, ALL, (rows) => report(source, WORST, rows));
}

/** The Markdown with as many rows as fit. */
function fitting(bytes: number, most: number, draw: (rows: number) => string): string {
  for (let rows = most; rows > 0; rows = Math.floor(rows / 2)) {
    const text = draw(rows);
    if (Buffer.byteLength(text) <= bytes) return text;
  }
  return draw(0);
}

function report({ result, changes, dashboard }: ReportSource, worst: number, all: number): string {
  const { evidence } = result;
  const rows = reportRows(evidence, changes?.notes ?? []);
  const { text } = verdictLine(evidence, rows, changes !== undefined);
  if (rows.length === 0 && changes !== undefined && all === 0) return unchanged({ result, changes, dashboard }, text);
  const sections = [
    `**${text}**`,
    ...wideBudgetWords(evidence).map((line) => `> [!CAUTION]\n> ${line}`),
    nextStep(rows),
    rowsTable(rows, worst, dashboard),
    movedSection(evidence, changes, worst),
    // what a smoke run leaves open is expected: the tally counts it
    evidence.tier === "smoke" ? "" : list("Could not be decided", undecidedWords(evidence), worst),
    `**Controls:** ${controlsSentence(evidence)}`,
    reproduction(result, rows[0]?.id ?? evidence.claims[0]?.id, rows.length === 0 ? "one claim" : "the first row"),
    details(evidence.claims, all),
    all === 0 ? "" : list("Error budget", budgetWords(evidence), worst),
    footer(result, changes, dashboard),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** One line: there is nothing that a reviewer has to look at. */
function unchanged({ result, changes, dashboard }: ReportSource, text: string): string {
  const wide = wideBudgetWords(result.evidence).map((line) => ` **${line}.**`);
  return `**${text}**.${wide.join("")} ${footer(result, changes, dashboard)}\n`;
}

/** What somebody can do about it. */
function nextStep(rows: readonly ReportRow[]): string {
  const changed = rows.some(({ rank }) => ["verdict", "changed", "estimate", "bytes"].includes(rank));
  if (!changed) return "";
  return 'If a change is meant, make it the baseline: `npx --no -- plateau accept --reason "…"`, and commit the files that it writes.';
}

function rowsTable(rows: readonly ReportRow[], most: number, dashboard: string | undefined): string {
  if (rows.length === 0 || most === 0) return "";
  const lines = rows.slice(0, most).map((row) => {
    const title = escapeComment(row.title, TITLE);
    const link = pageOf(row.id, dashboard);
    const cells = [
      `${isRed(row) ? "✗" : "~"} ${link === undefined ? title : `[${title}](${link})`}`,
      row.what
        .slice(0, 3)
        .map((sentence) => escapeComment(sentence, SENTENCE))
        .concat(row.what.length > 3 ? [`and ${row.what.length - 3} more`] : [])
        .join("<br>"),
      escapeComment(row.measured, TITLE),
      escapeComment(row.needed, TITLE),
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const more = rows.length > lines.length ? [`\n${rows.length - lines.length} more rows are not shown.`] : [];
  return ["| Claim | What | Measured (interval) | Needed |", "| --- | --- | --- | --- |", ...lines, ...more].join("\n");
}

function list(head: string, sentences: readonly string[], most: number): string {
  if (sentences.length === 0) return "";
  const shown = sentences.slice(0, most).map((sentence) => `- ${escapeComment(sentence, SENTENCE)}`);
  const more = sentences.length > shown.length ? [`- and ${sentences.length - shown.length} more`] : [];
  return [`**${head}**`, "", ...shown, ...more].join("\n");
}

/** `44 of 44 refuted as they must be`, and the names of those that are not. */
function controlsSentence({ claims, tier }: Evidence): string {
  const counts = claims.map((claim) => ({ id: sanitise(claim.id), ...summariseClaim(claim).controls }));
  const total = counts.reduce((sum, each) => sum + each.total, 0);
  if (total === 0) return "none, so nothing shows that a claim could fail";
  const refuted = counts.reduce((sum, each) => sum + each.refuted, 0);
  const named = (state: "supported" | "undecided" | "broken", words: string) => {
    const names = counts.flatMap((each) => each[state].map((name) => `${name} of ${each.id}`));
    if (names.length === 0) return "";
    const more = names.length > 3 ? ` and ${names.length - 3} more` : "";
    return `; ${words}: ${names
      .slice(0, 3)
      .map((name) => escapeComment(name, TITLE))
      .join(", ")}${more}`;
  };
  const wrong = named("supported", "supported, which they must not be");
  const open = tier === "smoke" ? "" : named("undecided", "undecided");
  const broken = named("broken", "not run");
  return `${countText(refuted)} of ${countText(total)} refuted as they must be${wrong}${open}${broken}.`;
}

/** The command that computes one row again; nothing where a stranger's text would get into a shell. */
function reproduction({ evidence, provenance }: Result, id: string | undefined, what: string): string {
  const words = [id, evidence.seed, provenance.engine.name];
  if (!words.every((word) => word !== undefined && PLAIN.test(word))) return "";
  const command = `npx --no -- plateau run ${id} --tier ${evidence.tier} --seed ${evidence.seed} --engine ${provenance.engine.name}`;
  return `**Reproduce** ${what}, at this commit:\n\n\`\`\`sh\nnpm ci && npm run build --if-present && ${command}\n\`\`\``;
}

function details(claims: readonly ClaimEvidence[], most: number): string {
  if (most === 0 || claims.length === 0) return "";
  const lines = claims.slice(0, most).map((claim) => {
    const { title, worst, controls } = summariseClaim(claim);
    const unit = worst === undefined ? undefined : unitText(worst);
    const { symbol, word } = OUTCOME_WORDS[claim.outcome];
    const cells = [
      `${escapeComment(title, TITLE)} (${claim.source.grade})`,
      unit === undefined
        ? ""
        : escapeComment([unit.predicted, unit.margin].filter((part) => part !== "").join(" "), TITLE),
      unit === undefined ? "" : escapeComment(`${unit.measured} (${unit.interval})`, TITLE),
      `${symbol} ${word}`,
      `${controls.refuted}/${controls.total} refuted`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const more = claims.length > lines.length ? `\n\n${claims.length - lines.length} more are in the result file.` : "";
  const head = "| Claim | Predicted | Measured (interval) | Outcome | Controls |\n| --- | --- | --- | --- | --- |";
  return `<details><summary>All ${claims.length} claims</summary>\n\n${head}\n${lines.join("\n")}${more}\n\n</details>`;
}

function footer(
  { evidence, provenance }: Result,
  changes: ChangeNotes | undefined,
  dashboard: string | undefined,
): string {
  const parts = [
    `commit ${provenance.commit?.slice(0, 10) ?? "unknown"}`,
    `seed ${evidence.seed}`,
    `engine ${provenance.engine.name}`,
    changes === undefined ? "compared with nothing" : `compared with the ${changes.against}`,
    "what a verdict means: INTERPRETING.md",
  ];
  const pages = dashboard === undefined ? "" : `, [dashboard](${dashboard})`;
  return `<sub>${parts.map((part) => escapeComment(part, TITLE)).join(", ")}${pages}</sub>`;
}

/** Words that are safe in a shell and in an address as they stand. */
const PLAIN = /^[a-zA-Z0-9]+(?:[-./][a-zA-Z0-9]+)*$/;

/** The dashboard's page of a claim; undefined where there is no dashboard or the id is none. */
export function pageOf(id: string, dashboard: string | undefined): string | undefined {
  return dashboard === undefined || !PLAIN.test(id) ? undefined : `${dashboard}/claims/${id}`;
}
