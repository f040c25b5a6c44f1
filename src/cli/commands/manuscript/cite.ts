import { join, resolve } from "node:path";
import { evidenceFor } from "../../../manuscript/check-binding.ts";
import type { CitedClaim } from "../../../manuscript/cited-claim.ts";
import { claimsBib, claimsTex } from "../../../manuscript/latex.ts";
import { EXIT } from "../../../report/exit-code.ts";
import { sanitise } from "../../../report/layout/sanitise.ts";
import { writeAtomically } from "../../../run/files/atomic-file.ts";
import { makeFolders } from "../../../run/files/make-folders.ts";
import { selectClaims } from "../../arguments/claim-names.ts";
import { type Arguments, defineCommand, type Io } from "../../arguments/command.ts";
import { oneOf, TIERS } from "../../arguments/option-values.ts";
import { UsageError } from "../../errors.ts";
import { shownPath } from "../../result-place.ts";
import { type CitedEvidence, citedEvidence, EVIDENCE_OPTION } from "./cited-evidence.ts";

const options = {
  out: { type: "string", placeholder: "DIR", description: "where claims.tex and claims.bib go (default: this folder)" },
  tier: { type: "string", placeholder: "TIER", description: "smoke, full or deep (default: the one that must decide)" },
  evidence: EVIDENCE_OPTION,
} as const;

export default defineCommand({
  name: "cite",
  summary:
    "Write claims.tex and claims.bib: macros and entries with each claim's estimate, interval, verdict and digest.",
  usage: "cite [suite|claim…] [options]",
  notes: [
    "In LaTeX, after \\input{claims}, \\plateauvalue{CLAIM}{estimate} prints a value, \\plateauvalue{CLAIM|UNIT}{interval} one of a unit, and \\plateauvalue{CLAIM}{cite} cites the entry. Of a text that is written by hand, plateau check says whether it agrees.",
  ],
  examples: [
    { command: "cite --out paper", does: "all claims that have evidence" },
    { command: "cite SUITE --tier deep", does: "one suite at another tier" },
  ],
  options,
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: cite,
});

async function cite({ values, positionals }: Arguments<typeof options>, io: Io) {
  const tier = values.tier === undefined ? undefined : oneOf("--tier", values.tier, TIERS);
  const evidence = await citedEvidence({ root: values.root, evidence: values.evidence }, io);
  const claims = citedClaims(evidence, positionals, tier);
  const folder = resolve(io.cwd, values.out ?? ".");
  makeFolders(folder);
  const files = { tex: join(folder, "claims.tex"), bib: join(folder, "claims.bib") };
  await writeAtomically(files.tex, claimsTex(claims));
  await writeAtomically(files.bib, claimsBib(claims));
  const stale = [...(await evidence.stale(claims)).values()];
  const shown = Object.values(files).map((path) => shownPath(path, io));
  io.stdout(
    values.json
      ? `${JSON.stringify({ files, claims, stale }, null, 2)}\n`
      : [`wrote ${shown.join(" and ")}: ${claims.length} claims`, ...stale.map((one) => `! ${sanitise(one)}`), ""].join(
          "\n",
        ),
  );
  return EXIT.holds;
}

/** The named claims at a tier. Throws `UsageError` where one that was named, or every one, has no evidence there. */
export function citedClaims(
  evidence: CitedEvidence,
  words: readonly string[],
  tier: string | undefined,
): readonly CitedClaim[] {
  const chosen = words.length === 0 ? evidence.claims : selectClaims(words, evidence.claims);
  const found = chosen.map(({ claim }) =>
    evidenceFor({ claim: claim.id, ...(tier === undefined ? {} : { tier }) }, evidence),
  );
  const cited = found.filter((one) => typeof one !== "string");
  const missing = found.find((one) => typeof one === "string");
  if (missing !== undefined && (words.length > 0 || cited.length === 0)) throw new UsageError(missing);
  if (cited.length === 0) throw new UsageError("cite needs claims that have evidence, found none");
  return cited;
}
