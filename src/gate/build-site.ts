import { existsSync } from "node:fs";
import { join } from "node:path";
import { findRoots } from "../project/roots.ts";
import { siteBuild } from "../project/site-build.ts";
import { readResult } from "../run/files/result-file.ts";
import { placeOf, resultFolder } from "./place.ts";
import { runProcess } from "./process.ts";
import { addSummary, type Step } from "./step.ts";

/**
 * Builds the dashboard from this run's result when it is of the full tier, else from the history's latest full one, so that
 * neither a push nor a week's deep run replaces a night's pages by others; PLATEAU_HISTORY is the checked-out history branch. The pages go to results/ci/site.
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
  const { words, env } = siteBuild({
    ...{ roots: findRoots(undefined, step), result: shown, history, out: placeOf(step, "site") },
    engines: existsSync(engines) ? engines : undefined,
    work: join(step.cwd, ".plateau/site/pages"),
  });
  const { exit } = await runProcess(process.execPath, words, { cwd: step.cwd, env: { ...step.env, ...env } });
  return exit;
}
