import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { plateauOf } from "../baseline/base-checkout.ts";
import { PROJECT_FILE } from "../claim/origin/project-folder.ts";
import { type Project, readProject } from "../project/project.ts";
import { findRoots } from "../project/roots.ts";
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
  const tree = join(folder, "tree");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  await copyCommit(repository, { folder, tree });
  plant(join(tree, fault.file), fault);
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

async function copyCommit(
  root: string,
  { folder, tree }: { readonly folder: string; readonly tree: string },
): Promise<void> {
  const archive = join(folder, "tree.tar");
  const packed = await runProcess("git", ["-C", root, "archive", "--format=tar", `--output=${archive}`, "HEAD"], {
    cwd: root,
  });
  const unpacked = await runProcess("tar", ["-xf", archive, "-C", tree], { cwd: root });
  if (packed.exit !== 0 || unpacked.exit !== 0) throw new StepError("the commit cannot be copied, needed git and tar");
  rmSync(archive);
  const packages = join(root, "node_modules");
  if (existsSync(packages)) symlinkSync(packages, join(tree, "node_modules"));
}

function plant(path: string, { file, from, to }: NonNullable<Project["fault"]>): void {
  const parts = readFileSync(path, "utf8").split(from);
  if (parts.length !== 2) throw new StepError(`the fault requires one place in ${file}, found ${parts.length - 1}`);
  writeFileSync(path, parts.join(to));
}
