import { execFile } from "node:child_process";
import { promisify } from "node:util";

const execute = promisify(execFile);

/** Commit and cleanliness of a folder's repository; nulls where there is none or no git. */
export interface GitState {
  readonly commit: string | null;
  /** Whether anything but baselines differs from the commit. */
  readonly dirty: boolean | null;
}

export async function gitState(folder: string): Promise<GitState> {
  try {
    // a plateau installed under somebody's node_modules is not that repository's commit
    const ignored = await git(folder, ["check-ignore", "-q", "."]).then(
      () => true,
      () => false,
    );
    if (ignored) return { commit: null, dirty: null };
    const commit = (await git(folder, ["rev-parse", "HEAD"])).trim();
    const changes = await git(folder, ["status", "--porcelain", "--", ".", ":(exclude)baselines"]);
    return { commit, dirty: changes.trim() !== "" };
  } catch {
    return { commit: null, dirty: null };
  }
}

/** Files that differ between two commits, of those that decide what evidence says. */
export async function codeChangedSince(folder: string, commit: string): Promise<readonly string[]> {
  const code = ["src", "benchmarks", "suites", "kernels", "package-lock.json"];
  const names = await git(folder, ["diff", "--name-only", commit, "HEAD", "--", ...code]);
  return names.split("\n").filter((name) => name !== "" && !name.endsWith(".test.ts"));
}

/** The full hash of the commit that a name means; null where there is none. */
export async function commitOf(folder: string, ref: string): Promise<string | null> {
  // --end-of-options: a name that begins with a dash is no option of git's
  const words = ["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`];
  return git(folder, words).then(
    (commit) => commit.trim(),
    () => null,
  );
}

async function git(folder: string, words: readonly string[]): Promise<string> {
  const { stdout } = await execute("git", ["-C", folder, ...words], { maxBuffer: 2 ** 26 });
  return stdout;
}
