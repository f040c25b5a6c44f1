import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, placeOf } from "./place.ts";
import { runProcess } from "./process.ts";
import { type Step, StepError } from "./step.ts";

/** Statuses of a merge that was made: what it came to is judged by the gate. */
const MADE: readonly number[] = [0, 1, 3];

/**
 * Merges all shards that were downloaded. No shard is red, one too few is red: `plateau merge` names it, because each shard
 * knows of how many it is.
 */
export async function mergeShards(step: Step): Promise<number> {
  const { cwd, env } = step;
  const folder = placeOf(step, "shards");
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  if (names.length === 0) throw new StepError("no shard was found, needed every part of the run");
  const out = placeOf(step, "merged");
  rmSync(out, { recursive: true, force: true });
  const words = ["merge", ...names.map((name) => join(folder, name)), "--out", out];
  const { exit } = await runProcess(process.execPath, [commandLine(), ...words], { cwd, env });
  if (!MADE.includes(exit)) return exit;
  step.print(`${names.length} shards merged with status ${exit}; the gate judges the whole`);
  return 0;
}
