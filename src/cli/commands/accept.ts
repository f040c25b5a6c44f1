import { resolve } from "node:path";
import { acceptResults, writeBaselines } from "../../baseline/accept.ts";
import { type Definition, definitionOf } from "../../baseline/definition.ts";
import { readBaselinesToReplace } from "../../baseline/read.ts";
import { weakened } from "../../baseline/weakened.ts";
import { claimManifest } from "../../claim/manifest.ts";
import type { Result } from "../../claim/result.ts";
import { differenceWords } from "../../report/words/comparison-words.ts";
import { promiseEqualBytes } from "../../run/engines/engines-apart.ts";
import { readResult } from "../../run/files/result-file.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { MASTER_SEED } from "../arguments/option-values.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exit-code.ts";
import { codeChangedSince, gitState } from "../git-state.ts";
import { knownClaims } from "../known-claims.ts";
import { resultPath } from "../result-place.ts";
import { findRoots } from "../roots.ts";

export default defineCommand({
  name: "accept",
  summary: "Make results the new baselines: files in git, for a person to review and commit.",
  usage: 'accept [result…] --reason "…"',
  notes: [
    "Refused in CI, without a reason, with uncommitted changes outside baselines/, for results of other code than the commit's, and for other seeds than the committed one and of engines that do not promise the reference's bytes. Several results (smoke and full) go into one file a claim. Baselines of claims that no suite has any more are dropped.",
  ],
  examples: [
    { command: 'accept --reason "first baselines"', does: "the last run" },
    {
      command: 'accept results/a results/b --reason "draws in another order"',
      does: "smoke and full at once",
    },
  ],
  options: {
    reason: { type: "string", placeholder: "TEXT", description: "why the evidence may change; kept in the files" },
    baselines: { type: "string", placeholder: "DIR", description: "where to write (default: baselines/ of the root)" },
  },
  positionals: { min: 0, max: Infinity, what: "results" },
  run: async ({ values, positionals }, io) => {
    refuseInCi(io);
    const reason = values.reason?.trim();
    if (!reason) throw new UsageError('accept needs a reason: --reason "why the evidence may change", got none');
    const roots = findRoots(values.root, io);
    const paths = await Promise.all(
      (positionals.length === 0 ? [undefined] : positionals).map((name) => resultPath(name, io)),
    );
    const results = await Promise.all(paths.map((path) => readResult(path)));
    await refuseOtherCode(roots.repository, results);
    refuseOtherSeeds(results);
    refuseOtherEngines(results);
    const folder = values.baselines === undefined ? roots.baselines : resolve(io.cwd, values.baselines);
    const suites = await knownClaims(roots.suites);
    const definitions = new Map<string, Definition>(
      suites.map(({ claim }) => [claim.id, definitionOf(claimManifest(claim))]),
    );
    const before = await readBaselinesToReplace(folder);
    const after = acceptResults(results, before, { at: io.now().toISOString(), reason }, definitions);
    const kept = new Map([...after].filter(([id]) => definitions.has(id)));
    const removed = [...after.keys()].filter((id) => !definitions.has(id));
    await writeBaselines(folder, kept, removed);
    const weaker = weakened(before, kept);
    const accepted = new Set(results.flatMap(({ evidence }) => evidence.claims.map(({ id }) => id)));
    const summary = { baselines: folder, accepted: [...accepted].sort(), total: kept.size, reason, removed, weaker };
    const losses = [
      ...removed.map((id) => `baseline dropped: no suite has ${id} any more`),
      ...weaker.flatMap(({ claim, changes }) => changes.map((change) => `${claim}: ${differenceWords(change)}`)),
    ];
    io.stdout(
      values.json
        ? `${JSON.stringify(summary, null, 2)}\n`
        : `accepted ${accepted.size} claims into ${folder}, which has ${kept.size} now; review and commit the difference\n${losses.map((line) => `  ✗ ${line}\n`).join("")}`,
    );
    return EXIT.holds;
  },
});

function refuseInCi({ env }: Io): void {
  const ci = env["CI"];
  if (ci !== undefined && ci !== "" && ci !== "false" && ci !== "0") {
    throw new UsageError(`accept is refused in CI (CI=${ci}): a baseline changes only by a person's reviewed commit`);
  }
}

async function refuseOtherCode(repository: string, results: readonly Result[]): Promise<void> {
  const { commit, dirty } = await gitState(repository);
  if (commit === null) throw new UsageError(`accept needs a git repository with a commit at ${repository}, found none`);
  if (dirty) throw new UsageError(`accept needs a clean git tree at ${repository}, found uncommitted changes`);
  for (const { provenance, evidence } of results) {
    if (provenance.dirty)
      throw new UsageError(`accept needs results of committed code, the ${evidence.tier} result's was not`);
    if (provenance.commit === null || provenance.commit === commit) continue;
    const changed = await codeChangedSince(repository, provenance.commit).catch(() => ["a commit that is not here"]);
    if (changed.length === 0) continue;
    throw new UsageError(
      `accept needs results of this commit's code, the ${evidence.tier} result is of ${provenance.commit.slice(0, 10)} and ${changed[0]} changed since`,
    );
  }
}

function refuseOtherEngines(results: readonly Result[]): void {
  const names = results.map(({ provenance }) => provenance.engine.name);
  const other = names.find((name) => !promiseEqualBytes(name, name));
  if (other === undefined) return;
  throw new UsageError(`accept needs results of an engine with the reference's bytes, got one of ${other}`);
}

function refuseOtherSeeds(results: readonly Result[]): void {
  const other = results.find(({ evidence }) => evidence.seed !== MASTER_SEED);
  if (other === undefined) return;
  throw new UsageError(`accept needs results of the committed seed ${MASTER_SEED}, got seed ${other.evidence.seed}`);
}
