import { resolve } from "node:path";
import { type ClaimComparison, compareEvidence } from "../baseline/compare.ts";
import { readBaselines } from "../baseline/read.ts";
import { comparisonText } from "../report/comparison-text.ts";
import { readResult } from "../run/result-file.ts";
import { defineCommand } from "./command.ts";
import { EXIT, type ExitCode, worstExit } from "./exit-code.ts";
import { knownClaims } from "./known-claims.ts";
import { resultPath } from "./result-place.ts";
import { findRoots } from "./roots.ts";

export default defineCommand({
  name: "compare",
  summary: "What changed against the accepted baselines: verdicts, estimates, bytes.",
  usage: "compare [result] [--baselines DIR]",
  notes: [
    "Exit 0: nothing changed. 1: a verdict, an estimate, bytes or a claim itself changed. 2: a baseline is missing, left over from a removed claim, edited by hand or unreadable. A change that is meant is made the new baseline by plateau accept.",
    "With another seed than the baseline's, bytes and estimates differ by chance: then only verdicts are compared, and at the smoke tier only contradicting ones.",
  ],
  examples: [
    { command: "compare", does: "the last run against baselines/" },
    { command: "compare results/ci --json", does: "for programs" },
  ],
  options: {
    baselines: {
      type: "string",
      placeholder: "DIR",
      description: "accepted baselines (default: baselines/ of the root)",
    },
    verbose: { type: "boolean", description: "every change instead of the largest of each kind" },
  },
  positionals: { min: 0, max: 1, what: "one result" },
  run: async ({ values, positionals }, io) => {
    const roots = findRoots(values.root, io);
    const folder = values.baselines === undefined ? roots.baselines : resolve(io.cwd, values.baselines);
    const path = await resultPath(positionals[0], io);
    const { evidence } = await readResult(path);
    const baselines = await readBaselines(folder);
    const known = (await knownClaims(roots.suites)).map(({ claim }) => claim.id);
    const comparisons = compareEvidence(evidence, baselines, known);
    const exit = worstExit(comparisons.map(exitOfComparison));
    const { columns, color } = io;
    io.stdout(
      values.json
        ? `${JSON.stringify({ result: path, baselines: folder, tier: evidence.tier, exit, claims: comparisons }, null, 2)}\n`
        : comparisonText(comparisons, { columns, color, tier: evidence.tier, verbose: values.verbose }),
    );
    return exit;
  },
});

function exitOfComparison({ changes }: ClaimComparison): ExitCode {
  if (changes.some(({ kind }) => kind === "missing" || kind === "removed")) return EXIT.misuse;
  return changes.length > 0 ? EXIT.failed : EXIT.holds;
}
