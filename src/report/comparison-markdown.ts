import type { Change, ClaimComparison } from "../baseline/compare/change.ts";
import { sanitise } from "./layout/sanitise.ts";
import { escapeMarkdown } from "./markdown.ts";
import { gravestOfEachKind, notRunWords } from "./terminal/comparison-text.ts";
import {
  changeWords,
  comparisonSentence,
  detailWords,
  differenceName,
  knownWords,
  symbolOf,
} from "./words/comparison-words.ts";

export interface ComparisonMarkdownOptions {
  /** What was compared with: `the smoke baselines`. */
  readonly base: string;
  readonly notRun?: readonly string[];
}

/** What a reviewer reads at once. */
const WORST = 10;
/** Rows folded away: with ten in full, a comment of GitHub's 64 KiB holds them; the JSON has all. */
const MOST_ROWS = 100;
/** Lines of detail of one claim. */
const MOST_DETAILS = 12;

/** What changed as GitHub-flavoured Markdown: the sentence, the worst ten claims with what changed in them, the rest folded. */
export function comparisonMarkdown(
  comparisons: readonly ClaimComparison[],
  { base, notRun = [] }: ComparisonMarkdownOptions,
): string {
  const told = comparisons.filter(({ changes, known }) => changes.length > 0 || known !== undefined);
  const rest = told.slice(WORST);
  const sections = [
    `**${escapeMarkdown(comparisonSentence(comparisons, base))}**`,
    ...told.slice(0, WORST).map(claimSection),
    ...(rest.length === 0 ? [] : [folded(rest)]),
    ...(notRun.length === 0 ? [] : [escapeMarkdown(notRunWords(notRun))]),
    reproduction(told),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function claimSection({ id, title, changes, known }: ClaimComparison): string {
  const lines = gravestOfEachKind(changes).flatMap((change) => [
    `- ${symbolOf(change)} ${escapeMarkdown(changeWords(change))}`,
    ...details(change),
  ]);
  const deviation = known === undefined ? [] : [`- ${escapeMarkdown(knownWords(known))}`];
  return [`#### \`${code(id)}\``, escapeMarkdown(title), [...deviation, ...lines].join("\n")].join("\n\n");
}

function details(change: Change): readonly string[] {
  if (change.kind === "claim") return ["", ...definitionTable(change).map((line) => `  ${line}`), ""];
  const lines = detailWords(change);
  const more = lines.length - MOST_DETAILS;
  return [
    ...lines.slice(0, MOST_DETAILS).map((line) => `  - ${escapeMarkdown(line)}`),
    ...(more > 0 ? [`  - ${more} more`] : []),
  ];
}

/** Old and new side by side. */
function definitionTable({ differences }: Extract<Change, { readonly kind: "claim" }>): readonly string[] {
  const rows = differences.slice(0, MOST_DETAILS).map((difference) => {
    const { where, from, to, weakens } = difference;
    const name = escapeMarkdown(differenceName(difference));
    const cells = [weakens ? `**${name}**` : name, cell(where), cell(from ?? "–"), cell(to ?? "–")];
    return `| ${cells.join(" | ")} |`;
  });
  const more = differences.length - MOST_DETAILS;
  return [
    "| What was changed | Where | Accepted | Now |",
    "| --- | --- | --- | --- |",
    ...rows,
    ...(more > 0 ? [`| ${more} more | | | |`] : []),
  ];
}

function folded(rest: readonly ClaimComparison[]): string {
  const rows = rest.slice(0, MOST_ROWS).map(({ id, changes }) => {
    const first = changes[0];
    const words = first === undefined ? "known deviation" : `${symbolOf(first)} ${escapeMarkdown(changeWords(first))}`;
    return `| \`${code(id)}\` | ${words} |`;
  });
  const more = rest.length - rows.length;
  const table = ["| Claim | Gravest change |", "| --- | --- |", ...rows].join("\n");
  const left = more > 0 ? `\n\n${more} more are in the JSON.` : "";
  return `<details><summary>${rest.length} more claims changed, none graver</summary>\n\n${table}${left}\n\n</details>`;
}

/** One command that shows the worst row again. */
function reproduction([worst]: readonly ClaimComparison[]): string {
  if (worst === undefined || worst.outcome.to === null) return "";
  // a code span ends at a backtick, and a command is no place for anything but an id
  const name = /^[\w./-]+$/.test(worst.id) ? worst.id : "CLAIM";
  return `To see the first again: \`npx --no -- plateau run ${name} --verbose\``;
}

function cell(text: string): string {
  return escapeMarkdown(text);
}

function code(text: string): string {
  return sanitise(text).replace(/[`|]/g, "'");
}
