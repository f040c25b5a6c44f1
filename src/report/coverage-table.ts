import type { Outcome } from "../claim/result.ts";
import { OUTCOME_WORDS } from "./words/verdict-words.ts";

/** One sentence of a paper's abstract in our words, the claims that carry it and what none of them says. */
export interface Statement {
  readonly title: string;
  readonly words: string;
  readonly claims: readonly string[];
  readonly notCovered: readonly { readonly what: string }[];
}

/** What several claims come to together: one that fails weighs more than any that does not decide; `nothing` where there is none. */
export function outcomeTogether(outcomes: readonly Outcome[]): Outcome | "nothing" {
  if (outcomes.length === 0) return "nothing";
  const worst = (["fails", "crashed", "timed-out", "skipped", "undecided"] as const).find((one) =>
    outcomes.includes(one),
  );
  return worst ?? "holds";
}

/**
 * Markdown: a line a sentence, with the verdict of the claims that carry it, how many hold, and what is not covered.
 * @param outcomes of the claims that were accepted at the tier that must decide; a claim that is not among them is not accepted
 */
export function coverageTable(statements: readonly Statement[], outcomes: ReadonlyMap<string, Outcome>): string {
  const rows = statements.map((statement) => {
    const known = statement.claims.flatMap((id) => outcomes.get(id) ?? []);
    const holding = known.filter((outcome) => outcome === "holds").length;
    return [
      `**${statement.title}.** ${statement.words}`,
      verdictOf(known, statement.claims.length),
      `${holding} of ${statement.claims.length}`,
      statement.notCovered.map(({ what }) => what).join("; ") || "nothing named",
    ];
  });
  const head = ["what the abstract says, in our words", "verdict", "claims that hold", "not covered"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function verdictOf(known: readonly Outcome[], claims: number): string {
  const together = outcomeTogether(known);
  if (together === "nothing") return "not checked";
  return known.length < claims && together === "holds" ? "holds in part" : OUTCOME_WORDS[together].word;
}
