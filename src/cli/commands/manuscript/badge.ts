import { resolve } from "node:path";
import { badgeSvg, badgeWords } from "../../../manuscript/badge.ts";
import { EXIT } from "../../../report/exit-code.ts";
import { sanitise } from "../../../report/layout/sanitise.ts";
import { writeAtomically } from "../../../run/files/atomic-file.ts";
import { defineCommand } from "../../arguments/command.ts";
import { oneOf, TIERS } from "../../arguments/option-values.ts";
import { UsageError } from "../../errors.ts";
import { shownPath } from "../../result-place.ts";
import { citedClaims } from "./cite.ts";
import { citedEvidence, EVIDENCE_OPTION } from "./cited-evidence.ts";

export default defineCommand({
  name: "badge",
  summary: "Write an SVG that says what became of claims, with tier and date, for a README or a paper.",
  usage: "badge [suite|claim…] [options]",
  notes: [
    "Of several claims it shows the worst verdict with its count, and the oldest date. The file needs no other host. Its words are its title, so that a screen reader says them.",
  ],
  examples: [
    { command: "badge --out badge.svg", does: "all claims that have evidence" },
    { command: 'badge CLAIM --tier full --label "width" --out width.svg', does: "one claim" },
  ],
  options: {
    out: { type: "string", placeholder: "FILE", description: "where it goes (default: standard output)" },
    label: { type: "string", placeholder: "TEXT", description: "words on its left (default: claims)" },
    tier: { type: "string", placeholder: "TIER", description: "smoke, full or deep (default: full)", default: "full" },
    evidence: EVIDENCE_OPTION,
  },
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: async ({ values, positionals }, io) => {
    const tier = oneOf("--tier", values.tier, TIERS);
    const evidence = await citedEvidence({ root: values.root, evidence: values.evidence }, io);
    const claims = citedClaims(evidence, positionals, tier);
    const stale = [...(await evidence.stale(claims)).values()][0];
    if (stale !== undefined) throw new UsageError(`badge needs evidence of the code that is there: ${stale}`);
    const words = badgeWords(values.label ?? "claims", claims);
    if (values.out !== undefined) await writeAtomically(resolve(io.cwd, values.out), badgeSvg(words));
    const said = { ...words, file: values.out };
    if (values.json) io.stdout(`${JSON.stringify(said, null, 2)}\n`);
    else if (values.out === undefined) io.stdout(badgeSvg(words));
    else io.stdout(`wrote ${shownPath(resolve(io.cwd, values.out), io)}: ${sanitise(words.label)}: ${words.message}\n`);
    return EXIT.holds;
  },
});
