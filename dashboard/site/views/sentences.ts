import type { Outcome } from "../../../src/claim/result.ts";
import { outcomeTogether } from "../../../src/report/coverage-table.ts";
import type { Site } from "../site.ts";
import type { Abstract, Paper } from "../sources/papers.ts";
import type { ShownClaim } from "../sources/sources.ts";

type Statement = Abstract["statements"][number];

/** One sentence of a paper's abstract, and what became of the claims that carry it. */
export interface Sentence {
  readonly paper: Paper;
  readonly statement: Statement;
  /** `nothing`: no claim of the shown result carries it. */
  readonly verdict: Outcome | "nothing";
  /** Its claims that are in the shown result, and the ids of those that are not. */
  readonly shown: readonly ShownClaim[];
  readonly absent: readonly string[];
}

/** The sentences of all papers, in the order of their abstracts. */
export function sentencesOf({ papers, sources: { claims } }: Site): readonly Sentence[] {
  const byId = new Map(claims.map((claim) => [claim.id, claim]));
  return papers.flatMap((paper) =>
    (paper.abstract?.statements ?? []).map((statement) => {
      const shown = statement.claims.flatMap((id) => byId.get(id) ?? []);
      const absent = statement.claims.filter((id) => !byId.has(id));
      return { paper, statement, verdict: outcomeTogether(shown.map(({ outcome }) => outcome)), shown, absent };
    }),
  );
}

/** The sentences that a claim carries. */
export function sentencesWith(id: string, { papers }: Site): readonly Pick<Sentence, "paper" | "statement">[] {
  return papers.flatMap((paper) =>
    (paper.abstract?.statements ?? []).flatMap((statement) =>
      statement.claims.includes(id) ? [{ paper, statement }] : [],
    ),
  );
}

/** Claims by outcome, of one grade or of both. */
export function countOutcomes(claims: readonly ShownClaim[], grade?: ShownClaim["source"]["grade"]) {
  const own = claims.filter(({ source }) => grade === undefined || source.grade === grade);
  const count = (...outcomes: readonly Outcome[]) => own.filter(({ outcome }) => outcomes.includes(outcome)).length;
  return {
    all: own.length,
    hold: count("holds"),
    fail: count("fails"),
    open: count("undecided"),
    broken: count("crashed", "timed-out", "skipped"),
  };
}
