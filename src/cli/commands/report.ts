import { resolve } from "node:path";
import { compareWithFolder } from "../../baseline/compare/compare-with-folder.ts";
import type { Result } from "../../claim/result.ts";
import { knownClaims } from "../../project/known-claims.ts";
import { findRoots, type Roots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { junitReport } from "../../report/junit.ts";
import { markdownReport } from "../../report/markdown.ts";
import { annotations } from "../../report/review/annotations.ts";
import { type ChangeNotes, notesOfChanges } from "../../report/review/change-note.ts";
import { claimSource } from "../../report/review/claim-source.ts";
import { commentReport, summaryReport } from "../../report/review/pull-request.ts";
import { reportRows } from "../../report/review/report-rows.ts";
import { terminalReport } from "../../report/terminal/terminal.ts";
import { readBelieved } from "../../run/decide/believed-result.ts";
import { abstractOf } from "../abstract/abstract-words.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { oneOf } from "../arguments/option-values.ts";
import { INSTRUMENT } from "../instrument.ts";
import { resultPath, shownPath } from "../result-place.ts";

const FORMATS = ["terminal", "markdown", "json", "junit", "summary", "comment", "annotations"] as const;

export default defineCommand({
  name: "report",
  summary: "Show a result again, for people or for programs.",
  usage: "report [result] [--format FORMAT] [--baselines DIR]",
  notes: [
    "A result is a result.json or the folder that holds it; without one, the last run's. The exit code says whether the result could be shown, not what it says: run and compare judge.",
    "summary, comment and annotations are what a pull request shows: a job's summary, a comment, and GitHub's commands that mark the claims' files. With --baselines they say what changed, too.",
  ],
  examples: [
    { command: "report", does: "the last run's table" },
    { command: "report results/ci --format markdown", does: "for a pull request's summary" },
    { command: "report results/ci --format junit > junit.xml", does: "for a CI that draws test results" },
    { command: "report --format comment --baselines baselines", does: "what a reviewer would read" },
    { command: "report --verbose", does: "every cell and every control" },
  ],
  options: {
    format: { type: "string", default: "terminal", placeholder: "FORMAT", description: FORMATS.join(", ") },
    baselines: { type: "string", placeholder: "DIR", description: "accepted baselines, to say what changed" },
    dashboard: { type: "string", placeholder: "URL", description: "published pages that a pull request links to" },
    verbose: { type: "boolean", description: "every cell and every control instead of the worst cell" },
    quiet: { type: "boolean", description: "what does not hold, and one sentence" },
  },
  positionals: { min: 0, max: 1, what: "one result" },
  run: async ({ values, positionals }, io) => {
    const format = values.json ? "json" : oneOf("--format", values.format, FORMATS);
    const path = await resultPath(positionals[0], io);
    const roots = findRoots(values.root, io);
    // a result is shown where its suites cannot be read, too: then its samples are not judged again
    const claims = await knownClaims(roots.suites).catch(() => []);
    const { result } = await readBelieved(path, claims);
    switch (format) {
      case "terminal":
        io.stdout(
          terminalReport(result, {
            columns: io.columns,
            color: io.color,
            path: shownPath(path, io),
            verbose: values.verbose,
            quiet: values.quiet,
            abstract: abstractOf(result, roots.repository, claims),
          }),
        );
        break;
      case "markdown":
        io.stdout(markdownReport(result));
        break;
      case "junit":
        io.stdout(junitReport(result));
        break;
      case "json":
        io.stdout(`${JSON.stringify(result, null, 2)}\n`);
        break;
      default: {
        const changes =
          values.baselines === undefined ? undefined : await changesSince(values.baselines, result, roots, io);
        const source = { result, changes, dashboard: values.dashboard };
        if (format !== "annotations") io.stdout(format === "summary" ? summaryReport(source) : commentReport(source));
        else {
          const rows = reportRows(result.evidence, changes?.notes ?? []);
          for (const line of annotations(rows, claimSource(roots.repository))) io.command(line);
        }
      }
    }
    return EXIT.holds;
  },
});

async function changesSince(folder: string, result: Result, { suites }: Roots, io: Io): Promise<ChangeNotes> {
  const claims = (await knownClaims(suites)).map(({ claim }) => claim);
  const { comparisons, unrun } = await compareWithFolder(resolve(io.cwd, folder), result, {
    claims,
    equalBytes: INSTRUMENT.equalBytes,
  });
  return notesOfChanges({ base: comparisons, head: comparisons, unrun }, `baselines in ${folder}`);
}
