import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { sealed } from "../../claim/evidence/digests.ts";
import type { Result } from "../../claim/result.ts";
import { knownClaims } from "../../project/known-claims.ts";
import { findRoots } from "../../project/roots.ts";
import { exitOf } from "../../report/result-exit.ts";
import { terminalReport } from "../../report/terminal/terminal.ts";
import { requireJudgedAgain } from "../../run/decide/believed-result.ts";
import { makeFolders } from "../../run/files/make-folders.ts";
import { evidenceText, readResult, writeResult } from "../../run/files/result-file.ts";
import { mergeShards } from "../../run/shard/merge.ts";
import { mergeSamples } from "../../run/shard/merge-samples.ts";
import { ShardError } from "../../run/shard/shard.ts";
import { readShard, type ShardFile } from "../../run/shard/shard-file.ts";
import { abstractOf } from "../abstract/abstract-words.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { UsageError } from "../errors.ts";
import { pointToLatest, resultPath, shownPath } from "../result-place.ts";

export default defineCommand({
  name: "merge",
  summary: "Put the shards of one run together: the evidence has the bytes of a run in one piece.",
  usage: "merge <shard…> --out DIR",
  notes: [
    "A shard is the folder of a run --shard i/n, or the result.json in it. All of one run are needed, each once; one that is missing, given twice or of another run (seed, tier, engine, commit, claims, code) is named and nothing is written. The exit code is what run would have given.",
  ],
  examples: [
    { command: "merge shards/* --out results/whole", does: "after run … --shard 1/4 to 4/4" },
    { command: "merge shards/* --out results/whole --json", does: "for programs" },
  ],
  options: {
    out: { type: "string", placeholder: "DIR", description: "folder of the whole result, new or of the same evidence" },
    verbose: { type: "boolean", description: "show every cell and every control" },
    quiet: { type: "boolean", description: "show what does not hold, and one sentence" },
  },
  positionals: { min: 1, max: Infinity, what: "shards" },
  run: async ({ values, positionals }, io) => {
    if (values.out === undefined) throw new UsageError("merge needs --out, the folder of the whole result, got none");
    const out = resolve(io.cwd, values.out);
    const path = join(out, "result.json");
    const files = await readShards(positionals, io);
    const roots = findRoots(values.root, io);
    const claims = await knownClaims(roots.suites).catch(() => []);
    for (const { path: shard, shard: found } of files) await requireJudgedAgain(shard, found, claims);
    const merged = mergeShards(files);
    await refuseOther(path, merged);
    makeFolders(out);
    const samples = await mergeSamples(files, join(out, "samples"));
    const result: Result = sealed({ ...merged, provenance: { ...merged.provenance, samples } });
    await writeResult(path, result);
    // a pointer that cannot be written only means that the path must be named
    await pointToLatest(io, out).catch(() => undefined);
    const exit = exitOf(result);
    const { columns, color } = io;
    io.stdout(
      values.json
        ? `${JSON.stringify({ path, exit, ...result }, null, 2)}\n`
        : terminalReport(result, {
            columns,
            color,
            path: shownPath(path, io),
            verbose: values.verbose,
            quiet: values.quiet,
            abstract: abstractOf(result, roots.repository, claims),
          }),
    );
    return exit;
  },
});

async function readShards(names: readonly string[], io: Io): Promise<readonly ShardFile[]> {
  const files: ShardFile[] = [];
  for (const name of names) {
    const path = await resultPath(name, io);
    const folder = dirname(path);
    if (!existsSync(path) && existsSync(join(folder, "journal.jsonl"))) {
      throw new ShardError(
        `${shownPath(folder, io)} holds an unfinished shard: plateau run --resume --out ${shownPath(folder, io)}`,
      );
    }
    files.push({ path, shard: await readShard(path) });
  }
  return files;
}

/** Merging again is harmless; merging over another result is not. */
async function refuseOther(path: string, merged: Pick<Result, "evidence">): Promise<void> {
  if (!existsSync(path)) return;
  const { evidence } = await readResult(path);
  if (evidenceText(evidence) === evidenceText(merged.evidence)) return;
  throw new UsageError(`${path} is another run's result: choose another folder for --out`);
}
