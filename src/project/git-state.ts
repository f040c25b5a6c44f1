import { askGit, git } from "./git.ts";

/** Commit and cleanliness of a folder's repository; nulls where there is none or no git. */
export interface GitState {
  readonly commit: string | null;
  /** Whether anything but baselines differs from the commit. */
  readonly dirty: boolean | null;
  /** Why there is no commit, in git's own words where it has some. */
  readonly problem?: string;
}

export async function gitState(folder: string): Promise<GitState> {
  // whatever the user's settings hide: code that no commit has is a change
  const all = ["-c", "status.showUntrackedFiles=normal", "status", "--untracked-files=normal"];
  const [ignored, status] = await Promise.all([
    git(folder, ["check-ignore", "-q", "."]),
    askGit(folder, [...all, "--porcelain=v2", "--branch", "--", ".", ":(exclude)baselines"]),
  ]);
  // a plateau installed under somebody's node_modules is not that repository's commit
  if (ignored !== undefined) return { commit: null, dirty: null, problem: `${folder} is ignored by its repository` };
  if ("refused" in status) return { commit: null, dirty: null, problem: status.refused };
  const commit = /^# branch\.oid ([0-9a-f]+)$/m.exec(status.said)?.[1];
  if (commit !== undefined) return { commit, dirty: /^[^#]/m.test(status.said) };
  const head = await askGit(folder, ["rev-parse", "HEAD"]);
  return { commit: null, dirty: null, problem: "refused" in head ? head.refused : "no commit" };
}

/** The full hash of the commit that a name means; null where there is none. */
export async function commitOf(folder: string, ref: string): Promise<string | null> {
  // --end-of-options: a name that begins with a dash is no option of git's
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  return (await git(folder, words)) ?? null;
}
