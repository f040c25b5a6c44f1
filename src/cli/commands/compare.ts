import { dirname } from "node:path";
import type { ClaimComparison } from "../../baseline/compare/change.ts";
import { compareEvidence, notRun } from "../../baseline/compare/compare.ts";
import { type Definitions, definitionsOf, measureOf } from "../../baseline/definition.ts";
import { readExpectations } from "../../baseline/expectations.ts";
import { pairSamples } from "../../baseline/samples/pair-samples.ts";
import { knownClaims } from "../../project/known-claims.ts";
import { findRoots } from "../../project/roots.ts";
import { comparisonMarkdown } from "../../report/comparison-markdown.ts";
import { EXIT, type ExitCode, worstExit } from "../../report/exit-code.ts";
import { comparisonText } from "../../report/terminal/comparison-text.ts";
import { readBelieved } from "../../run/decide/believed-result.ts";
import { type Arguments, defineCommand, type Io, type Options } from "../arguments/command.ts";
import { oneOf } from "../arguments/option-values.ts";
import { findBase } from "../base/base-place.ts";
import { loadBase } from "../base/base-side.ts";
import { UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import { resultPath, storeFolder } from "../result-place.ts";

const FORMATS = ["terminal", "json", "markdown"] as const;

const options = {
  base: {
    type: "string",
    placeholder: "BASE",
    description: "another result, a folder of baselines, or a commit whose claims are run again (default: baselines/)",
  },
  "base-ref": { type: "string", placeholder: "REF", description: "the same, but always a commit" },
  baselines: { type: "string", placeholder: "DIR", description: "the same, but always accepted baselines" },
  store: {
    type: "string",
    placeholder: "DIR",
    description: "where a commit's samples are kept and found (default: .plateau/samples of the project)",
  },
  format: { type: "string", default: "terminal", placeholder: "FORMAT", description: FORMATS.join(", ") },
  verbose: { type: "boolean", description: "every change instead of the largest of each kind" },
} as const satisfies Options;

export default defineCommand({
  name: "compare",
  summary: "What changed against the accepted baselines or another commit: verdicts, estimates, bytes.",
  usage: "compare [result] [--base BASE]",
  notes: [
    "Three questions, kept apart: does each claim still hold and did its estimate move; did the bytes change; and speed, which two runs cannot tell: plateau speed measures both commits in one job.",
    "With the samples of both sides at hand (a result, or a commit run again in a worktree) the first differing observation is shown, and how far each measure moved, paired by replicate, with a 99 % interval.",
    "Exit 0: nothing changed. 1: a verdict, an estimate, bytes or a claim itself changed, or a claim of the base's run was removed. 2: a baseline is missing, left over from a removed claim, edited by hand or unreadable, or a known deviation of baselines/expectations.json is none any more. A known deviation fails nothing and stays shown. A change that is meant is made the new baseline by plateau accept.",
    `Bytes are compared of the engines ${INSTRUMENT.engines.filter((name) => INSTRUMENT.equalBytes(name, name)).join(" and ")}, which promise the same ones; of others only verdicts are, and what they refuse is no change.`,
    "With another seed than the base's, bytes and estimates differ by chance: then only verdicts are compared, and at the smoke tier only contradicting ones.",
  ],
  examples: [
    { command: "compare", does: "the last run against baselines/" },
    { command: "compare --base main", does: "against the same claims run again at another commit" },
    { command: "compare results/a --base results/b", does: "two results" },
    { command: "compare results/ci --json", does: "for programs" },
  ],
  options,
  positionals: { min: 0, max: 1, what: "one result" },
  run: compare,
});

async function compare({ values, positionals }: Arguments<typeof options>, io: Io): Promise<ExitCode> {
  const format = values.json ? "json" : oneOf("--format", values.format, FORMATS);
  const roots = findRoots(values.root, io);
  const path = await resultPath(positionals[0], io);
  const suites = await knownClaims(roots.suites);
  const { result } = await readBelieved(path, suites);
  const head = { result, folder: dirname(path) };
  const { evidence } = result;
  if (evidence.claims.length === 0) throw new UsageError(`compare needs a result with claims, ${path} has none`);
  const known = suites.map(({ claim }) => claim.id);
  const definitions = definitionsOf(suites.map(({ claim }) => claim));
  const base = await findBase(
    { base: values.base, baseRef: values["base-ref"], baselines: values.baselines },
    { roots, io },
  );
  const store = storeFolder(values.store, io);
  const side = await loadBase(base, head.result, { roots, store, io, definitions });
  try {
    // of the root, whatever the base: a deviation is known of the head
    const expectations = await readExpectations(roots.baselines, known);
    const found = compareEvidence(evidence, side.baselines, known, {
      ...{ definitions, expectations, base: side.kind },
      equalBytes: (engine) => INSTRUMENT.equalBytes(engine, head.result.provenance.engine.name),
    });
    const comparisons =
      side.placed === undefined
        ? found
        : await pairSamples(found, { base: side.placed, head, measures: measuresOf(definitions) });
    const absent = notRun(evidence, side.baselines, known);
    const exit = worstExit(comparisons.map((comparison) => exitOfComparison(comparison, side.kind)));
    const { columns, color } = io;
    const shown = { base: side.words, notRun: absent };
    if (format === "json") {
      const data = { result: path, base, tier: evidence.tier, exit, notRun: absent, claims: comparisons };
      io.stdout(`${JSON.stringify(data, null, 2)}\n`);
    } else if (format === "markdown") io.stdout(comparisonMarkdown(comparisons, shown));
    else io.stdout(comparisonText(comparisons, { ...shown, columns, color, verbose: values.verbose }));
    return exit;
  } finally {
    await side.remove();
  }
}

function measuresOf(definitions: Definitions): ReadonlyMap<string, string> {
  return new Map(
    [...definitions].flatMap(([id, { definition }]) => {
      const measure = measureOf(definition);
      return measure === undefined ? [] : [[id, measure]];
    }),
  );
}

function exitOfComparison({ changes, known }: ClaimComparison, base: "baselines" | "result"): ExitCode {
  return worstExit(
    changes.map(({ kind }): ExitCode => {
      switch (kind) {
        case "missing":
        case "expectation":
          return EXIT.misuse;
        case "removed":
          return base === "baselines" ? EXIT.misuse : EXIT.failed;
        case "added":
        case "renamed":
          return EXIT.holds;
        case "verdict":
          return known === undefined ? EXIT.failed : EXIT.holds;
        default:
          return EXIT.failed;
      }
    }),
  );
}
