import type { EngineComparison } from "../claim/engine-comparison.ts";
import type { ClaimEvidence, Result } from "../claim/result.ts";
import { summariseClaim } from "./claim-summary.ts";
import { summariseEngine } from "./engine-summary.ts";
import { secondsText } from "./layout/number-text.ts";
import { sanitise } from "./layout/sanitise.ts";
import { budgetWords, wideBudgetWords } from "./words/budget-words.ts";
import { comparisonWords, engineText, estimateCells } from "./words/engine-words.ts";
import { runSentence } from "./words/run-sentence.ts";
import { undecidedWords } from "./words/undecided-words.ts";
import { unitText } from "./words/unit-text.ts";
import { STATE_WORDS } from "./words/verdict-words.ts";

/** A run as GitHub-flavoured Markdown: the sentence, what does not hold, what is undecided, then the whole table folded away. */
export function markdownReport(result: Result): string {
  const { evidence, provenance } = result;
  const failing = evidence.claims.filter((claim) => summariseClaim(claim).problems.length > 0);
  const undecided = undecidedWords(evidence);
  const sections = [
    `**${escapeMarkdown(runSentence(evidence))}** (tier ${evidence.tier})`,
    ...wideBudgetWords(evidence).map((line) => `> [!CAUTION]\n> ${escapeMarkdown(line)}`),
    ...section("What does not hold", failing.map(problemLine)),
    ...section("Could not be decided", undecided.map(escapeMarkdown)),
    ...evidence.suites.map(({ name, title }) => {
      const claims = evidence.claims.filter(({ suite }) => suite === name);
      return `<details><summary>${escapeMarkdown(title)}: ${claims.length} claims</summary>\n\n${markdownTable(claims)}\n\n</details>`;
    }),
    ...(result.engines?.others ?? []).flatMap((other) => engineSections(other, provenance.engine.name)),
    section("Error budget", budgetWords(evidence).map(escapeMarkdown)).join(""),
    `<sub>Seed ${escapeMarkdown(evidence.seed)}, engine ${escapeMarkdown(engineText(provenance.engine))}, ${secondsText(provenance.seconds)} on ${provenance.workers} workers, Node ${escapeMarkdown(provenance.node)}, commit ${escapeMarkdown(provenance.commit?.slice(0, 10) ?? "unknown")}</sub>`,
  ];
  return `${sections.join("\n\n")}\n`;
}

function engineSections(other: EngineComparison, primary: string): readonly string[] {
  const { estimates } = summariseEngine(other);
  const rows = estimates.map((place) => `| ${estimateCells(place).map(escapeMarkdown).join(" | ")} |`);
  const head = ["Estimate", "Statistic", primary, other.engine.name, "Difference", "Bound"].map(escapeMarkdown);
  const table = [`| ${head.join(" | ")} |`, `|${" --- |".repeat(head.length)}`, ...rows].join("\n");
  return [
    ...section(
      `Engine ${escapeMarkdown(engineText(other.engine))}`,
      comparisonWords(other, primary).map(escapeMarkdown),
    ),
    `<details><summary>${estimates.length} estimates on both engines</summary>\n\n${table}\n\n</details>`,
  ];
}

function section(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`### ${head}\n\n${lines.map((line) => `- ${line}`).join("\n")}`];
}

function problemLine(claim: ClaimEvidence): string {
  const { problems } = summariseClaim(claim);
  return `${STATE_WORDS[summariseClaim(claim).claimed.state].symbol} \`${code(claim.id)}\`: ${escapeMarkdown(problems.join("; "))}`;
}

function markdownTable(claims: readonly ClaimEvidence[]): string {
  const rows = claims.map((claim) => {
    const { title, claimed, worst, controls } = summariseClaim(claim);
    const text = worst === undefined ? undefined : unitText(worst);
    const words = STATE_WORDS[claimed.state];
    const cells = [
      `${escapeMarkdown(title)} (${claim.source.grade})`,
      text === undefined ? "" : [text.predicted, text.margin].filter((part) => part !== "").join(" "),
      text === undefined ? "" : `${text.measured} (${text.interval})`,
      `${words.symbol} ${words.word}`,
      `${controls.refuted}/${controls.total} refuted`,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  return [
    "| Claim | Predicted | Measured (interval) | Verdict | Controls |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
  ].join("\n");
}

/** Text that cannot become markup, a link, a mention or a new cell, whatever a result file says. */
export function escapeMarkdown(text: string): string {
  return sanitise(text)
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/[\\`*_{}[\]()#|~$!]/g, (mark) => `\\${mark}`)
    .replace(/@/g, "&#64;")
    .replace(/:\/\//g, ":&#47;&#47;");
}

function code(text: string): string {
  return sanitise(text).replace(/`/g, "'");
}
