import { createColors } from "picocolors";
import type { Change, ClaimComparison } from "../../baseline/compare/change.ts";
import { sanitise } from "../layout/sanitise.ts";
import { wrap } from "../layout/wrap.ts";
import { changeWords, comparisonSentence, detailWords, knownWords, symbolOf } from "../words/comparison-words.ts";

export interface ComparisonTextOptions {
  readonly columns: number;
  readonly color: boolean;
  /** What was compared with: `the smoke baselines`. */
  readonly base: string;
  /** Show every change of every claim; otherwise of each claim and kind the largest, and the worst claims. */
  readonly verbose: boolean;
  /** Claims of the base that the result does not have although the suites do. */
  readonly notRun?: readonly string[];
}

/** Claims that are shown in full: more is what nobody reads; the rest is counted, and named by --verbose and --json. */
const MOST_CLAIMS = 40;
/** Details below one change that are shown unless all are asked for. */
const MOST_DETAILS = 8;

/** What changed against the base, for people: one sentence first, then the claims that changed, the gravest first. */
export function comparisonText(comparisons: readonly ClaimComparison[], options: ComparisonTextOptions): string {
  const { columns, base, verbose, notRun = [] } = options;
  const told = comparisons.filter(({ changes, known }) => changes.length > 0 || known !== undefined);
  const shown = verbose ? told : told.slice(0, MOST_CLAIMS);
  const rest = told.length - shown.length;
  const notes = [
    ...(rest === 0 ? [] : [`${rest} more claims changed, none graver: --verbose shows them`]),
    ...(notRun.length === 0 ? [] : [notRunWords(notRun)]),
  ];
  return [
    ...wrap(comparisonSentence(comparisons, base), columns),
    ...shown.flatMap((comparison) => ["", ...claimLines(comparison, options)]),
    ...notes.flatMap((note) => ["", ...wrap(note, columns)]),
    "",
  ].join("\n");
}

/** `2 claims of the base were not run, so nothing is said of them: …`. */
export function notRunWords(ids: readonly string[]): string {
  const noun = ids.length === 1 ? "1 claim of the base was" : `${ids.length} claims of the base were`;
  const names = ids.slice(0, 3).map(sanitise).join(", ");
  return `${noun} not run, so nothing is said of ${ids.length === 1 ? "it" : "them"}: ${names}${ids.length > 3 ? ", …" : ""}`;
}

/** Of each kind the gravest; estimates by how far they moved. */
export function gravestOfEachKind(changes: readonly Change[]): readonly Change[] {
  const first = new Map<string, Change>();
  for (const change of changes) {
    const key = change.kind === "verdict" ? `verdict ${change.arm}` : change.kind;
    const known = first.get(key);
    const further = known?.kind === "estimate" && change.kind === "estimate" && change.margins > known.margins;
    if (known === undefined || further) first.set(key, change);
  }
  return [...first.values()];
}

function claimLines(
  comparison: ClaimComparison,
  { columns, color, verbose }: ComparisonTextOptions,
): readonly string[] {
  const { id, title, changes, known } = comparison;
  const colors = createColors(color);
  const hang = (indent: number) => (line: string) =>
    wrap(line, columns - indent - 2, "keep").map((part, at) => " ".repeat(at === 0 ? indent : indent + 2) + part);
  const lines = (verbose ? changes : gravestOfEachKind(changes)).flatMap((change) => {
    const details = detailWords(change);
    const kept = verbose ? details : details.slice(0, MOST_DETAILS);
    const more = details.length - kept.length;
    return [
      ...hang(2)(`${symbolOf(change)} ${changeWords(change)}`),
      ...[...kept, ...(more === 0 ? [] : [`${more} more: --verbose shows them`])].flatMap(hang(6)),
    ];
  });
  return [
    colors.bold(sanitise(id)),
    ...wrap(sanitise(title), columns - 2).map((line) => `  ${line}`),
    ...(known === undefined ? [] : hang(2)(`= ${knownWords(known)}`)),
    ...lines,
  ];
}
