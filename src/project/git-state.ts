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
  const all = ["-c", "status.showUntrackedFiles=normal", "status", "--porcelain", "--untracked-files=normal"];
  const [ignored, commit, changes] = await Promise.all([
    git(folder, ["check-ignore", "-q", "."]),
    askGit(folder, ["rev-parse", "HEAD"]),
    askGit(folder, [...all, "--", ".", ":(exclude)baselines"]),
  ]);
  // a plateau installed under somebody's node_modules is not that repository's commit
  if (ignored !== undefined) return { commit: null, dirty: null, problem: `${folder} is ignored by its repository` };
  if ("refused" in commit) return { commit: null, dirty: null, problem: commit.refused };
  if ("refused" in changes) return { commit: null, dirty: null, problem: changes.refused };
  return { commit: commit.said, dirty: changes.said !== "" };
}

/** The full hash of the commit that a name means; null where there is none. */
export async function commitOf(folder: string, ref: string): Promise<string | null> {
  // --end-of-options: a name that begins with a dash is no option of git's
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  return (await git(folder, words)) ?? null;
}
