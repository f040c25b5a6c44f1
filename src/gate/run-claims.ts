import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { commandLine, placeOf } from "./place.ts";
import { runProcess } from "./process.ts";
import { type Step, StepError } from "./step.ts";

/** Statuses of a run that was made: what it found is judged by the gate, where all shards are together. */
const MADE: readonly number[] = [0, 1, 3];

/**
 * Runs every suite there is at PLATEAU_TIER (smoke), with PLATEAU_SEED and PLATEAU_ENGINE where they are set, as the part
 * PLATEAU_SHARD (`2/4`) where it is set. Status 0 when the run was made, whatever it found.
 */
export async function runClaims(step: Step): Promise<number> {
  const { env, cwd } = step;
  const shard = env["PLATEAU_SHARD"];
  if (shard && !/^\d+\/\d+$/.test(shard)) throw new StepError(`PLATEAU_SHARD requires i/n, got ${shard}`);
  const out = shard ? join(placeOf(step, "shards"), shard.replace("/", "-of-")) : placeOf(step, "merged");
  rmSync(out, { recursive: true, force: true });
  const words = [...flags(env), ...(shard ? ["--shard", shard] : []), "--out", out];
  const { exit } = await runProcess(process.execPath, [commandLine(), "run", ...words], { cwd, env });
  if (!MADE.includes(exit)) return exit;
  if (!existsSync(out) || readdirSync(out).length === 0) throw new StepError(`the run left nothing in ${out}`);
  step.print(`the run ended with status ${exit}; the gate judges it`);
  return 0;
}

function flags(env: Step["env"]): readonly string[] {
  const named = { tier: env["PLATEAU_TIER"] || "smoke", seed: env["PLATEAU_SEED"], engine: env["PLATEAU_ENGINE"] };
  return Object.entries(named).flatMap(([name, value]) => (value ? [`--${name}`, value] : []));
}
