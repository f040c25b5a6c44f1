import { execFile } from "node:child_process";

/**
 * What `git rev-parse --local-env-vars` names: git sets them while a hook runs, and a child that inherits them writes into the
 * user's index or another repository.
 */
const LOCAL_VARIABLES = [
  ...["GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG", "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"],
  ...["GIT_OBJECT_DIRECTORY", "GIT_DIR", "GIT_WORK_TREE", "GIT_IMPLICIT_WORK_TREE", "GIT_GRAFT_FILE"],
  ...["GIT_INDEX_FILE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE", "GIT_PREFIX", "GIT_SHALLOW_FILE"],
  ...["GIT_COMMON_DIR", "GIT_INTERNAL_SUPER_PREFIX"],
] as const;

/** For the environment of any child process that may start git: none of git's own variables reaches it. */
export const WITHOUT_GIT: Readonly<Record<string, undefined>> = Object.fromEntries(
  LOCAL_VARIABLES.map((name) => [name, undefined]),
);

export type GitAnswer =
  | { readonly said: string }
  /** Git's own last words, with a cure where there is a known one. */
  | { readonly refused: string };

/** What git says of a folder. Paths and pathspecs are relative to it, also in a repository whose top lies above. */
export function askGit(folder: string, words: readonly string[]): Promise<GitAnswer> {
  const env = { ...process.env, ...WITHOUT_GIT, LC_ALL: "C" };
  return new Promise((resolve) => {
    // as every run asks: the package execa takes longer to load than git to answer
    const asked = execFile("git", ["-C", folder, ...words], { env, maxBuffer: Infinity }, (error, said, errors) => {
      if (error === null) resolve({ said: said.trim() });
      else resolve({ refused: error.code === "ENOENT" ? "git is not installed here" : reasonOf(errors, folder) });
    });
    asked.stdin?.end();
  });
}

/** The same, or undefined where git refuses or is not there. */
export async function git(folder: string, words: readonly string[]): Promise<string | undefined> {
  const answer = await askGit(folder, words);
  return "said" in answer ? answer.said : undefined;
}

function reasonOf(stderr: string, folder: string): string {
  if (/dubious ownership/.test(stderr)) {
    return `${folder} belongs to another user, so git does not read it: git config --global --add safe.directory ${folder}`;
  }
  return stderr.trim().split("\n").at(-1) || "no reason given";
}

/** Why a commit is not here, where the clone lacks its history; empty where it has all. */
export async function shallowWords(folder: string): Promise<string> {
  const shallow = (await git(folder, ["rev-parse", "--is-shallow-repository"])) === "true";
  return shallow ? "; this clone is shallow: git fetch --unshallow" : "";
}
