import { existsSync } from "node:fs";
import { join } from "node:path";
import { readResult } from "../run/files/result-file.ts";
import { resultFolder } from "./place.ts";
import { runProcess } from "./process.ts";
import { addSummary, type Step } from "./step.ts";

/**
 * Builds the dashboard from this run's result when it is of the full tier, else from the history's latest full one, so that
 * neither a push nor a week's deep run replaces a night's pages by others; PLATEAU_HISTORY is the checked-out history branch.
 * A result with several engines in results/ci/engines is shown on the page of engines.
 */
export async function buildSite(step: Step): Promise<number> {
  const history = join(step.cwd, step.env["PLATEAU_HISTORY"] || "history");
  const own = join(resultFolder(step), "result.json");
  const full = join(history, "latest/full.json");
  const { evidence } = await readResult(own);
  const shown = evidence.tier !== "full" && existsSync(full) ? full : own;
  addSummary(
    step,
    `The dashboard shows the ${shown === own ? `result of this run, tier ${evidence.tier}` : "latest result of tier full"}.\n`,
  );
  const engines = join(step.cwd, "results/ci/engines/result.json");
  const beside = existsSync(engines) ? { PLATEAU_ENGINES_RESULT: engines } : {};
  const env = { PLATEAU_RESULT: shown, PLATEAU_HISTORY: history, ...beside };
  const { exit } = await runProcess("npm", ["run", "--silent", "dashboard"], { cwd: step.cwd, env });
  return exit;
}
