import { existsSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { runProcess } from "../process.ts";
import { StepError } from "../step.ts";

/** Copies the repository's commit into `folder`/tree, which is new, and lends it the packages; gives the tree. */
export async function copyCommit(repository: string, folder: string): Promise<string> {
  const tree = join(folder, "tree");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(tree, { recursive: true });
  const archive = join(folder, "tree.tar");
  const words = ["-C", repository, "archive", "--format=tar", `--output=${archive}`, "HEAD"];
  const packed = await runProcess("git", words, { cwd: repository });
  const unpacked = await runProcess("tar", ["-xf", archive, "-C", tree], { cwd: repository });
  if (packed.exit !== 0 || unpacked.exit !== 0) throw new StepError("the commit cannot be copied, needed git and tar");
  rmSync(archive);
  const packages = join(repository, "node_modules");
  if (existsSync(packages)) symlinkSync(packages, join(tree, "node_modules"));
  return tree;
}
