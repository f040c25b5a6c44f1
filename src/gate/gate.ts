import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { compareEvidence } from "../baseline/compare/compare.ts";
import { compareWithFolder } from "../baseline/compare/compare-with-folder.ts";
import { carryOver } from "../baseline/renamed.ts";
import type { Result } from "../claim/result.ts";
import { type KnownClaim, knownClaims } from "../project/known-claims.ts";
import { findRoots, type Roots } from "../project/roots.ts";
import { EXIT, type ExitCode, worstExit } from "../report/exit-code.ts";
import { junitReport } from "../report/junit.ts";
import { annotation, annotations } from "../report/review/annotations.ts";
import { type ChangeNotes, notesOfChanges } from "../report/review/change-note.ts";
import { claimSource } from "../report/review/claim-source.ts";
import { escapeComment } from "../report/review/escape-comment.ts";
import { summaryReport } from "../report/review/pull-request.ts";
import { type ReportRow, reportRows } from "../report/review/report-rows.ts";
import { verdictLine } from "../report/review/verdict-line.ts";
import { readBelieved } from "../run/decide/believed-result.ts";
import { packArtifact } from "./artifact/pack-artifact.ts";
import { baseBaselines } from "./base-baselines.ts";
import { placeOf, resultFolder } from "./place.ts";
import { addSummary, dashboardOf, type Step, setOutput } from "./step.ts";

/**
 * What makes a check red or green: reads the result, compares it with the base's and the head's baselines, writes the job's
 * summary, annotations, outputs, JUnit XML and the artifact for the comment. The number is the exit status: 0 green, 1 a claim
 * failed or changed, 2 nothing could be checked, 3 undecided or crashed where that may not be.
 */
export async function gate(step: Step): Promise<number> {
  rmSync(placeOf(step, "artifact"), { recursive: true, force: true });
  let result: Result;
  let changes: ChangeNotes;
  try {
    const roots = findRoots(undefined, step);
    const claims = await knownClaims(roots.suites);
    ({ result } = await readBelieved(join(resultFolder(step), "result.json"), claims));
    changes = await changesOf(step, result, { roots, claims });
  } catch (error) {
    return nothingChecked(step, (error as Error).message);
  }
  return report(step, result, changes);
}

function report(step: Step, result: Result, changes: ChangeNotes): number {
  const { evidence } = result;
  const rows = reportRows(evidence, changes.notes);
  const { text, red } = verdictLine(evidence, rows);
  const exit = evidence.claims.length === 0 ? EXIT.misuse : worstExit(rows.map(exitOfRow));
  const dashboard = dashboardOf(step);
  step.print(text);
  for (const line of annotations(rows, claimSource(findRoots(undefined, step).repository))) step.print(line);
  addSummary(step, summaryReport({ result, changes, dashboard }));
  setOutput(step, "verdict", red ? "red" : "green");
  setOutput(step, "exit", String(exit));
  mkdirSync(dirname(placeOf(step, "junit")), { recursive: true });
  writeFileSync(placeOf(step, "junit"), junitReport(result));
  packArtifact(step, { result, changes });
  return exit;
}

interface Here {
  readonly roots: Roots;
  readonly claims: readonly KnownClaim[];
}

async function changesOf(step: Step, result: Result, { roots, claims: all }: Here): Promise<ChangeNotes> {
  const claims = all.map(({ claim }) => claim);
  const {
    comparisons: head,
    unrun,
    context,
  } = await compareWithFolder(roots.baselines, result, { claims, equalBytes: step.equalBytes });
  const base = await baseBaselines(step);
  if (base === undefined) return notesOfChanges({ base: head, head, unrun }, "baselines of this commit");
  const commit = base.commit.slice(0, 10);
  if (base.baselines === undefined) {
    const against = `baselines of this commit; nothing is comparable with those of ${commit}, which are of another schema`;
    return notesOfChanges({ base: head, head, unrun }, against);
  }
  const known = claims.map(({ id }) => id);
  const accepted = carryOver(base.baselines, context.definitions ?? new Map());
  const before = compareEvidence(result.evidence, accepted, known, context);
  return notesOfChanges({ base: before, head, unrun }, `baselines of ${commit}`);
}

const EXITS: { readonly [rank in ReportRow["rank"]]: ExitCode } = {
  fails: EXIT.failed,
  verdict: EXIT.failed,
  changed: EXIT.failed,
  broken: EXIT.undecided,
  undecided: EXIT.undecided,
  estimate: EXIT.failed,
  bytes: EXIT.failed,
  accepted: EXIT.holds,
};

function exitOfRow({ rank }: ReportRow): ExitCode {
  return EXITS[rank];
}

/** No result, or none that can be believed, or nothing to hold it against: red, and the comment says why. */
function nothingChecked(step: Step, problem: string): number {
  const text = "✗ Red: nothing was checked";
  step.print(text);
  step.print(annotation("error", `nothing was checked: ${problem}`));
  addSummary(step, `**${text}**\n\n${escapeComment(problem, 2000)}\n`);
  setOutput(step, "verdict", "red");
  setOutput(step, "exit", String(EXIT.misuse));
  packArtifact(step, { problem });
  return EXIT.misuse;
}
