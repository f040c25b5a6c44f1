import { createColors } from "picocolors";
import type { EngineComparison } from "../../claim/engine-comparison.ts";
import type { ArmEvidence, ArmState, ClaimEvidence, Evidence, Result, UnitEvidence } from "../../claim/result.ts";
import { type ClaimSummary, type ControlCount, summariseClaim } from "../claim-summary.ts";
import { summariseEngine } from "../engine-summary.ts";
import { countText, secondsText } from "../layout/number-text.ts";
import { sanitise } from "../layout/sanitise.ts";
import { type Column, type TableLine, type TableRow, table } from "../layout/table.ts";
import { wrap } from "../layout/wrap.ts";
import { budgetWords, levelWords, wideBudgetWords } from "../words/budget-words.ts";
import { comparisonWords, engineText, estimateCells } from "../words/engine-words.ts";
import { runSentence } from "../words/run-sentence.ts";
import { undecidedWords } from "../words/undecided-words.ts";
import { unitText } from "../words/unit-text.ts";
import { OUTCOME_WORDS, STATE_WORDS, type Tone } from "../words/verdict-words.ts";
import { worstFirst } from "../worst-unit.ts";
import { type AbstractWords, abstractLines } from "./abstract-text.ts";

export interface TerminalOptions {
  /** Width to keep to, from 40; a narrow table becomes paragraphs. */
  readonly columns: number;
  readonly color: boolean;
  /** Where the result file lies, for the last lines. */
  readonly path?: string;
  /** Every cell and every control instead of the worst cell. */
  readonly verbose?: boolean;
  /** What does not hold, and the one sentence; nothing else. */
  readonly quiet?: boolean;
  /** What the abstract says, and what was not run. */
  readonly abstract?: AbstractWords | undefined;
}

type Colors = ReturnType<typeof createColors>;

const LEAST_COLUMNS = 40;
/** Longer lines of prose are hard to read, however wide the terminal. */
const MOST_COLUMNS = 132;
const PREDICTED = 14;
const MEASURED = 19;
const VERDICT = 15;
const GAPS = 6;

/** A run as a table for people: claim in words, predicted, measured, verdict, controls; then what the verdicts rest on. */
export function terminalReport(result: Result, options: TerminalOptions): string {
  const width = Math.min(Math.max(options.columns, LEAST_COLUMNS), MOST_COLUMNS);
  const colors = createColors(options.color);
  const { evidence } = result;
  const headline = [
    ...wideBudgetWords(evidence).flatMap((line) => wrap(line, width).map((part) => colors.red(part))),
    ...wrap(runSentence(evidence), width).map((line) => colors.bold(line)),
  ];
  if (options.quiet) return `${[...quietLines(evidence, width), ...headline].join("\n")}\n`;
  const sections = evidence.suites.flatMap((suite) => [
    ...wrap(sanitise(suite.title), width).map((line) => colors.bold(line)),
    colors.dim(`suite ${sanitise(suite.name)}, tier ${evidence.tier}`),
    "",
    ...suiteTable(evidence, suite.name, { tier: evidence.tier, width, colors, verbose: options.verbose ?? false }),
    "",
  ]);
  const footer = footerParagraphs(result, options).flatMap(({ head, lines }) => [
    colors.bold(head),
    ...lines.flatMap((line) => hanging(line, "  ", width)),
    "",
  ]);
  return `${[...sections, ...footer, ...headline].join("\n")}\n`;
}

interface Drawing {
  readonly tier: Evidence["tier"];
  readonly width: number;
  readonly colors: Colors;
  readonly verbose: boolean;
}

function suiteTable(evidence: Evidence, suite: string, drawing: Drawing): readonly string[] {
  const columns: readonly Column[] = [
    { head: "Claim", width: drawing.width - PREDICTED - MEASURED - VERDICT - GAPS },
    { head: "Predicted", width: PREDICTED },
    { head: "Measured, interval", width: MEASURED },
    { head: "Verdict", width: VERDICT },
  ];
  const claims = evidence.claims.filter((claim) => claim.suite === suite);
  return table(
    columns,
    claims.flatMap((claim) => claimRows(claim, drawing)),
  );
}

function claimRows(claim: ClaimEvidence, drawing: Drawing): readonly TableRow[] {
  const summary = summariseClaim(claim);
  return [claimRow(summary, drawing), ...(drawing.verbose ? detailRows(claim, drawing) : [])];
}

function claimRow(summary: ClaimSummary, { tier, colors, verbose }: Drawing): TableRow {
  const { claim, claimed, worst, controls } = summary;
  const words = stateWords(claimed.state, tier);
  const text = worst === undefined ? undefined : unitText(worst);
  const statistic = worst === undefined || worst.label.includes(worst.statistic) ? "" : worst.statistic;
  const notes = [claim.source.grade, statistic, verbose ? "" : whichCell(summary)];
  return {
    cells: [
      [{ text: summary.title }, { text: notes.filter((note) => note !== "").join(" · "), style: colors.dim }],
      text === undefined ? [] : present([text.predicted, text.margin]),
      text === undefined ? [] : present([text.measured, text.interval]),
      [{ text: `${words.symbol} ${words.word}`, style: toned(colors, words.tone) }, controlLine(controls, colors)],
    ],
    below: { text: sanitise(claim.id), style: colors.dim },
  };
}

/** The smoke tier is a quick look: what it leaves open has not failed. */
function stateWords(state: ArmState, tier: Evidence["tier"]): (typeof STATE_WORDS)[ArmState] {
  const words = STATE_WORDS[state];
  return state === "inconclusive" && tier === "smoke" ? { ...words, word: "not decided at this size" } : words;
}

/** One row for each cell of each arm. */
function detailRows(claim: ClaimEvidence, { colors }: Drawing): readonly TableRow[] {
  return claim.arms.flatMap((arm) =>
    worstFirst(arm.units).map((unit) => {
      const text = unitText(unit);
      const { symbol, word, tone } = cellWords(arm, unit);
      const name = arm.kind === "claimed" ? "" : `control ${sanitise(arm.name)}: `;
      return {
        cells: [
          [{ text: `· ${name}${sanitise(unit.label) || "one cell"}`, style: colors.dim }],
          present([text.predicted, text.margin]),
          present([text.measured, text.interval]),
          [{ text: `${symbol} ${word}`, style: toned(colors, tone) }],
        ],
      };
    }),
  );
}

/** A refuted control is what one wants to see; one of its cells refuted is enough. */
function cellWords(arm: ArmEvidence, { state }: UnitEvidence): { symbol: string; word: string; tone: Tone } {
  const words = STATE_WORDS[state];
  if (arm.kind === "claimed" || state === "inconclusive") return words;
  if (state === "refuted") return { ...words, symbol: "✓", tone: "good" };
  return arm.state === "supported" ? { ...words, symbol: "✗", tone: "bad" } : { ...words, symbol: "·", tone: "open" };
}

function whichCell({ claimed, worst }: ClaimSummary): string {
  if (worst === undefined) return sanitise(claimed.reason ?? "");
  const label = sanitise(worst.label);
  if (claimed.units.length === 1) return label;
  const supported = claimed.units.filter(({ state }) => state === "supported").length;
  const count = claimed.units.length;
  return `worst of ${count} cells: ${label}${supported === count ? "" : ` (${supported} supported)`}`;
}

function controlLine(controls: ControlCount, colors: Colors): TableLine {
  const text = `controls ${controls.refuted}/${controls.total}`;
  if (controls.supported.length > 0) return { text: `✗ ${text}`, style: colors.red };
  if (controls.broken.length > 0) return { text: `! ${text}`, style: colors.magenta };
  if (controls.undecided.length > 0) return { text: `? ${text}`, style: colors.yellow };
  return { text: `✓ ${text}`, style: colors.green };
}

function toned(colors: Colors, tone: Tone): (text: string) => string {
  const styles = { good: colors.green, bad: colors.red, open: colors.yellow, broken: colors.magenta };
  return styles[tone];
}

function present(texts: readonly string[]): readonly TableLine[] {
  return texts.filter((text) => text !== "").map((text) => ({ text }));
}

interface Paragraph {
  readonly head: string;
  readonly lines: readonly string[];
}

function footerParagraphs(
  result: Result,
  { path, verbose = false, abstract }: Pick<TerminalOptions, "path" | "verbose" | "abstract">,
): readonly Paragraph[] {
  const { evidence } = result;
  const failing = failingLines(evidence);
  const undecided = undecidedWords(evidence);
  return [
    ...engineParagraphs(result, verbose),
    {
      head: "Error budget",
      lines: [
        ...budgetWords(evidence),
        ...levelWords(evidence),
        "Supported: the whole interval lies in the predicted region. A control breaks one assumption of the claim: there the claim must be refuted. Grade stated: the paper says it; derived: our consequence of what it says.",
      ],
    },
    { head: "Where this comes from", lines: originLines(result, path) },
    // what a person acts on stands last, where the eye is when the command ends
    {
      head: undecidedHead(evidence),
      lines: undecided.length === 0 ? ["nothing"] : [...undecided, ...smokeNote(evidence)],
    },
    ...(failing.length === 0 ? [] : [{ head: "What does not hold", lines: [...failing, reproduceLine(evidence)] }]),
    ...(abstract === undefined ? [] : [{ head: "What the abstract says", lines: abstractLines(evidence, abstract) }]),
  ];
}

function engineParagraphs({ engines, provenance }: Result, verbose: boolean): readonly Paragraph[] {
  return (engines?.others ?? []).map((other) => ({
    head: `Engine ${engineText(other.engine)}`,
    lines: [...comparisonWords(other, provenance.engine.name), ...(verbose ? estimateLines(other) : [])],
  }));
}

/** Every estimate, for those who look closer: a table of seven columns would not fit eighty characters. */
function estimateLines(other: EngineComparison): readonly string[] {
  return summariseEngine(other).estimates.map((place) => {
    const [where, statistic, primary, second, difference, bound] = estimateCells(place);
    return `· ${where}: ${statistic} ${primary} and ${second}, difference ${difference}, bound ${bound}`;
  });
}

function failingLines(evidence: Evidence): readonly string[] {
  return evidence.claims.flatMap((claim) => {
    const { problems } = summariseClaim(claim);
    if (problems.length === 0) return [];
    const words = OUTCOME_WORDS[claim.outcome];
    return [`${words.symbol} ${sanitise(claim.id)}: ${problems.join("; ")}`];
  });
}

function reproduceLine({ claims, tier, seed }: Evidence): string {
  const first = claims.find((claim) => summariseClaim(claim).problems.length > 0);
  return `One row again: npx --no -- plateau run ${sanitise(first?.id ?? "")} --tier ${tier} --seed ${sanitise(seed)}`;
}

function undecidedHead({ tier }: Evidence): string {
  return tier === "smoke" ? "Not decided at this size" : "Could not be decided";
}

/** What does not hold, and nothing else. */
function quietLines(evidence: Evidence, width: number): readonly string[] {
  return failingLines(evidence).flatMap((line) => hanging(line, "", width));
}

function smokeNote({ tier }: Evidence): readonly string[] {
  return tier === "smoke"
    ? ["The smoke tier is a quick look and is not expected to decide everything; the full tier is."]
    : [];
}

function originLines({ evidence, provenance }: Result, path: string | undefined): readonly string[] {
  const { engine, workers, seconds, computed, found } = provenance;
  const commit = provenance.commit === null ? "" : `, commit ${sanitise(provenance.commit).slice(0, 10)}`;
  return [
    `Seed ${sanitise(evidence.seed)}, engine ${engineText(engine)}, ${workers === 1 ? "1 worker" : `${workers} workers`}, ${secondsText(seconds)}${commit}${provenance.dirty ? " with uncommitted changes" : ""}`,
    `${countText(computed)} replicates computed, ${countText(found)} found from earlier runs`,
    ...(path === undefined ? [] : [`Result file: ${sanitise(path)}`]),
    `Every cell and control: npx --no -- plateau report${path === undefined ? "" : ` ${sanitise(path)}`} --verbose; what a verdict means: INTERPRETING.md`,
  ];
}

function hanging(text: string, indent: string, width: number): readonly string[] {
  // a path or a command that is broken in two cannot be copied
  return wrap(text, width - indent.length, "keep").map((line) => indent + line);
}
