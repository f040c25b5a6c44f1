import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Baseline, BaselineError } from "../baseline/baseline.ts";
import { hasBaselines, readBaselines } from "../baseline/files/read.ts";
import { askGit, git, shallowWords } from "../project/git.ts";
import { findRoots } from "../project/roots.ts";
import { placeOf } from "./place.ts";
import { runProcess } from "./process.ts";
import { readEvent, type Step, StepError } from "./step.ts";

/** The baselines that a change is held against. */
export interface Base {
  readonly commit: string;
  /** Undefined where they are of a schema that this version does not read: then nothing is comparable with them. */
  readonly baselines: ReadonlyMap<string, Baseline> | undefined;
}

/** Files as they are in the commit, whatever line ends the user's settings want. */
const PLAIN = ["-c", "core.autocrlf=false", "-c", "core.eol=lf"];

const SHA = /^[0-9a-f]{40}$/;
const event = z.object({
  before: z.string().regex(SHA).optional(),
  pull_request: z.object({ base: z.object({ sha: z.string().regex(SHA) }) }).optional(),
  merge_group: z.object({ base_sha: z.string().regex(SHA) }).optional(),
});

/**
 * The baselines of the commit that a pull request or a push starts from: PLATEAU_BASE, else the base of the pull request's
 * merge commit, else that of a merge queue's group, else what the branch was before the push. Undefined where there is no such
 * commit, as in a scheduled run. A base that provably has no baselines is an empty map: then everything that the head accepts is
 * new. Throws `StepError` where git cannot tell.
 */
export async function baseBaselines(step: Step): Promise<Base | undefined> {
  const commit = await baseCommit(step);
  if (commit === undefined) return undefined;
  const folder = placeOf(step, "base");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { repository } = findRoots(undefined, step);
  // relative to the project's folder, which may lie deep in its repository
  const listed = await askGit(repository, ["ls-tree", commit, "baselines"]);
  if ("refused" in listed) throw new StepError(`the baselines of ${commit} cannot be looked up: ${listed.refused}`);
  if (listed.said === "") return { commit, baselines: new Map() };
  await extract(repository, { commit, folder });
  return { commit, baselines: await comparable(join(folder, "baselines")) };
}

async function comparable(folder: string): Promise<Base["baselines"]> {
  try {
    return (await hasBaselines(folder)) ? await readBaselines(folder) : new Map();
  } catch (error) {
    if (error instanceof BaselineError && error.otherSchema) return undefined;
    throw error;
  }
}

async function baseCommit(step: Step): Promise<string | undefined> {
  const said = step.env["PLATEAU_BASE"];
  if (said !== undefined && said !== "") return known(step, said);
  const parsed = event.safeParse(readEvent(step) ?? {});
  const { pull_request, merge_group, before } = parsed.success ? parsed.data : {};
  if (pull_request !== undefined) {
    const parents = (await git(step.cwd, ["rev-list", "--parents", "-n", "1", "HEAD"]))?.split(" ").slice(1) ?? [];
    return known(step, parents.length === 2 ? parents[0]! : pull_request.base.sha);
  }
  if (merge_group !== undefined) return known(step, merge_group.base_sha);
  if (before === undefined) return undefined;
  // a new branch was nothing before: forty zeros
  if (!/^0+$/.test(before) && (await found(step, before)) !== undefined) return before;
  if (!/^0+$/.test(before)) {
    step.print(`${before.slice(0, 10)}, which the branch was before, is gone (a force-push?): held against its parent`);
  }
  return git(step.cwd, ["rev-parse", "--verify", "--quiet", "HEAD^1"]);
}

async function known(step: Step, name: string): Promise<string> {
  const commit = await found(step, name);
  if (commit !== undefined) return commit;
  const here = await askGit(step.cwd, ["rev-parse", "HEAD"]);
  const why = "refused" in here ? `: ${here.refused}` : await shallowWords(step.cwd);
  throw new StepError(`the base commit ${name} is not in this checkout, needed its baselines${why}`);
}

function found({ cwd }: Step, name: string): Promise<string | undefined> {
  return git(cwd, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`]);
}

async function extract(
  cwd: string,
  { commit, folder }: { readonly commit: string; readonly folder: string },
): Promise<void> {
  const archive = join(folder, "baselines.tar");
  const packed = await git(cwd, [...PLAIN, "archive", "--format=tar", `--output=${archive}`, commit, "baselines"]);
  const { exit } = await runProcess("tar", ["-xf", archive, "-C", folder], { cwd, quiet: true });
  if (packed === undefined || exit !== 0) throw new StepError(`the baselines of ${commit} cannot be unpacked`);
}
