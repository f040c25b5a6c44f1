import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { plateauOf } from "../baseline/base-checkout.ts";
import { PROJECT_FILE } from "../claim/origin/project-folder.ts";
import { readProject } from "../project/project.ts";
import { findRoots } from "../project/roots.ts";
import { copyCommit } from "./mutants/copy-commit.ts";
import { plant } from "./mutants/mutant.ts";
import { commandLine, placeOf } from "./place.ts";
import { type ProcessAnswer, runProcess } from "./process.ts";
import { type Step, StepError } from "./step.ts";

/**
 * Copies the commit to a folder of its own, plants the project's fault there, builds it and runs every suite at the smoke
 * tier. The result lies where `gate` finds it by PLATEAU_RESULT=results/ci/liveness/result. Throws `StepError` for a project
 * that names no fault.
 */
export async function plantMutant(step: Step): Promise<number> {
  const { repository } = findRoots(undefined, step);
  const { fault } = readProject(repository);
  if (fault === undefined) throw new StepError(`${join(repository, PROJECT_FILE)} names no fault, needed one to plant`);
  const folder = placeOf(step, "liveness");
  const tree = await copyCommit(repository, folder);
  plant(tree, fault);
  const own = await plateauOf(tree);
  // the mutant's samples stay with it: the store of the sound code must not hold them
  const env = { PLATEAU_ROOT: own === undefined ? tree : undefined, PLATEAU_SHARD: undefined, PLATEAU_TIER: "smoke" };
  await must(runProcess("npm", ["run", "--silent", "--if-present", "build"], { cwd: tree, env }), "the build");
  const run = [own ?? commandLine(), "ci", "run"];
  await must(runProcess(process.execPath, run, { cwd: tree, env }), "the run");
  symlinkSync(join(tree, "results/ci/merged"), join(folder, "result"));
  return 0;
}

async function must(work: Promise<ProcessAnswer>, what: string): Promise<void> {
  const { exit } = await work;
  if (exit !== 0) throw new StepError(`${what} of the planted fault ended with status ${exit}, needed a result`);
}
