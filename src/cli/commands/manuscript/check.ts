import { extname, resolve } from "node:path";
import { checkBinding, evidenceFor } from "../../../manuscript/check-binding.ts";
import type { Binding, Finding } from "../../../manuscript/marker.ts";
import { readManuscript } from "../../../manuscript/read-manuscript.ts";
import { EXIT } from "../../../report/exit-code.ts";
import { sanitise } from "../../../report/layout/sanitise.ts";
import { type Arguments, defineCommand, type Io } from "../../arguments/command.ts";
import { UsageError } from "../../errors.ts";
import { checkClaims } from "./check-claims.ts";
import { citedEvidence, EVIDENCE_OPTION } from "./cited-evidence.ts";

const options = { evidence: EVIDENCE_OPTION } as const;

export default defineCommand({
  name: "check",
  summary:
    "Whether claims and experiments keep the rules that a run relies on; with texts, whether a paper says what the evidence does.",
  usage: "check [suite|claim…] [options]\n       plateau check FILE… [options]",
  notes: [
    "Claims (all, where none is named): the same stream gives the same bytes at once and in parts, another seed gives others, bounded measures keep their range, no control repeats its claim, each axis is read, smoke is part of full, each claim is in one suite and its source in papers.json. A few replicates a cell are drawn; nothing is stored or judged.",
    'Texts (LaTeX, Markdown, Typst, a notebook): a comment or a macro binds text to a claim: `% plateau: CLAIM estimate unit="LABEL"`, in Markdown `<!-- plateau: CLAIM estimate -->…<!-- /plateau -->`, in Typst `/* plateau: … */…/* /plateau */`, in LaTeX also `\\plateau{CLAIM estimate}{…}`. docs/manuscript.md has each.',
    "Exit 1 where a rule is broken, a number is another one at the digits that are printed, a verdict is not the evidence's, a claim is gone, or evidence is older than the code. Exit 2 where a file binds nothing: nothing was checked then.",
  ],
  examples: [
    { command: "check", does: "every claim of the project" },
    { command: "check paper.tex", does: "against the accepted baselines" },
    { command: "check README.md notes.ipynb --evidence results/ci", does: "against a result" },
  ],
  options,
  positionals: { min: 0, max: Infinity, what: "names of suites or claims, or texts" },
  run: check,
});

async function check({ values, positionals }: Arguments<typeof options>, io: Io) {
  // no claim's id has a dot
  const texts = positionals.filter((word) => extname(word) !== "");
  if (texts.length === 0) return checkClaims(positionals, { root: values.root, json: values.json }, io);
  if (texts.length === positionals.length) return checkTexts({ values, positionals }, io);
  const claims = positionals.filter((word) => !texts.includes(word));
  throw new UsageError(`check takes claims or texts, got both ${claims[0]} and ${texts[0]}`);
}

async function checkTexts({ values, positionals }: Arguments<typeof options>, io: Io) {
  const paths = positionals.map((name) => resolve(io.cwd, name));
  const read = await Promise.all(paths.map((path, index) => readManuscript(path, positionals[index]!)));
  const empty = positionals.find((_, index) => read[index]!.bindings.length + read[index]!.findings.length === 0);
  if (empty !== undefined) {
    throw new UsageError(
      `check needs texts that bind something, ${empty} has no marker such as plateau: CLAIM estimate`,
    );
  }
  const evidence = await citedEvidence({ root: values.root, evidence: values.evidence }, io);
  const bindings = read.flatMap((one) => one.bindings);
  const cited = bindings.map((binding) => evidenceFor(binding, evidence)).filter((one) => typeof one !== "string");
  const stale = await evidence.stale(cited);
  const findings = [...read.flatMap((one) => one.findings), ...bindings.flatMap((one) => problemsOf(one))];
  const exit = findings.length === 0 ? EXIT.holds : EXIT.failed;
  io.stdout(values.json ? `${JSON.stringify({ exit, bindings, findings }, null, 2)}\n` : checkText(bindings, findings));
  return exit;

  function problemsOf(binding: Binding): readonly Finding[] {
    return checkBinding(binding, { ...evidence, stale: (one) => stale.get(one) }).map((problem) => ({
      place: binding.place,
      problem,
    }));
  }
}

function checkText(bindings: readonly Binding[], findings: readonly Finding[]): string {
  const lines = findings.map(({ place, problem }) => `✗ ${sanitise(place)}: ${sanitise(problem)}`);
  const bound = bindings.length === 1 ? "1 place is" : `${bindings.length} places are`;
  const foot = findings.length === 0 ? "all say what the evidence does" : `${findings.length} wrong`;
  return `${[...lines, `${bound} bound to claims: ${foot}`].join("\n")}\n`;
}
