import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../cli/roots.ts";
import { placeOf } from "./place.ts";
import { runProcess } from "./process.ts";
import { type Step, StepError } from "./step.ts";

/** A fault that the claims about vanishing norms exist to find: weights of a tenth too much variance. */
const MUTANT = {
  file: "src/lab/networks/network.ts",
  from: 'heNormal: Initialisation = { law: "gaussian", gain: 2,',
  to: 'heNormal: Initialisation = { law: "gaussian", gain: 2.2,',
} as const;

/**
 * Copies the commit to a folder of its own, plants the fault there, builds it and runs every suite at the smoke tier. The
 * result lies where `gate` finds it by PLATEAU_RESULT=results/ci/liveness/result.
 */
export async function plantMutant(step: Step): Promise<number> {
  const folder = placeOf(step, "liveness");
  const tree = join(folder, "tree");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  await copyCommit(step, { folder, tree });
  plant(join(tree, MUTANT.file));
  const steps = [
    ["npm", "run", "--silent", "build"],
    [process.execPath, "dist/src/gate/main.js", "run"],
  ] as const;
  for (const [program, ...words] of steps) {
    // the mutant's samples stay with it: the store of the sound code must not hold them
    const env = { PLATEAU_ROOT: undefined, PLATEAU_SHARD: undefined, PLATEAU_TIER: "smoke" };
    const { exit } = await runProcess(program, words, { cwd: tree, env });
    if (exit !== 0)
      throw new StepError(`${words.join(" ")} of the planted fault ended with status ${exit}, needed a result`);
  }
  symlinkSync(join(tree, "results/ci/merged"), join(folder, "result"));
  return 0;
}

async function copyCommit(
  { cwd }: Step,
  { folder, tree }: { readonly folder: string; readonly tree: string },
): Promise<void> {
  const root = packageRoot();
  const archive = join(folder, "tree.tar");
  const packed = await runProcess("git", ["-C", root, "archive", "--format=tar", `--output=${archive}`, "HEAD"], {
    cwd,
  });
  const unpacked = await runProcess("tar", ["-xf", archive, "-C", tree], { cwd });
  if (packed.exit !== 0 || unpacked.exit !== 0) throw new StepError("the commit cannot be copied, needed git and tar");
  rmSync(archive);
  symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
}

function plant(path: string): void {
  const text = readFileSync(path, "utf8");
  const places = text.split(MUTANT.from).length - 1;
  if (places !== 1) throw new StepError(`the fault requires one place in ${MUTANT.file}, found ${places}`);
  writeFileSync(path, text.replace(MUTANT.from, MUTANT.to));
}
