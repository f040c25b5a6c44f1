import { existsSync } from "node:fs";
import { join } from "node:path";
import { knownClaims } from "../project/known-claims.ts";
import { findRoots } from "../project/roots.ts";
import { siteBuild } from "../project/site-build.ts";
import { annotation } from "../report/review/annotations.ts";
import { readBelieved } from "../run/decide/believed-result.ts";
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
  const roots = findRoots(undefined, step);
  const { evidence } = (await readBelieved(own, await knownClaims(roots.suites))).result;
  const isWanted = evidence.tier !== "full" && existsSync(full);
  const problem = isWanted ? await unreadable(full) : undefined;
  const shown = isWanted && problem === undefined ? full : own;
  const words = shown === own ? `result of this run, tier ${evidence.tier}` : "latest result of tier full";
  addSummary(step, `The dashboard shows the ${words}.\n`);
  if (problem !== undefined) step.print(annotation("notice", `not the latest full result: ${problem}`));
  const engines = join(step.cwd, "results/ci/engines/result.json");
  const { words: command, env } = siteBuild({
    ...{ roots, result: shown, history, out: placeOf(step, "site") },
    engines: existsSync(engines) ? engines : undefined,
    work: join(step.cwd, ".plateau/site/pages"),
  });
  const { exit } = await runProcess(process.execPath, command, { cwd: step.cwd, env: { ...step.env, ...env } });
  return exit;
}

/** Why the history's latest result is not shown: it may be of an older version, whose next full run replaces it. */
async function unreadable(path: string): Promise<string | undefined> {
  try {
    await readResult(path);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
