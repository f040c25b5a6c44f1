import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import type { Experiment } from "../../claim/experiment.ts";
import type { Program } from "../../claim/origin/origin.ts";
import { folderOf } from "../../claim/origin/project-folder.ts";
import { ClaimError } from "../../predictions/claim-error.ts";

/** What a program is made of: the key of its samples, and versions for provenance. */
export interface ProgramCode {
  readonly hash: string;
  readonly versions: readonly string[];
}

const NEVER = ["**/__pycache__/**", "**/node_modules/**"];
const LONGEST_PROBE_MILLISECONDS = 20_000;

/**
 * Digests of a program's files, by path, and what its interpreter says of its version. Read afresh for each run; what was read is
 * remembered for its other cells. Throws `ClaimError` for a glob that matches nothing.
 */
export function programCoder(): (experiment: Pick<Experiment, "name" | "module">, program: Program) => ProgramCode {
  const known = new Map<string, ProgramCode>();
  const told = new Map<string, string>();
  return ({ name, module }, program) => {
    const folder = folderOf(module);
    const { files, versions } = program;
    const key = JSON.stringify([folder, files, versions]);
    const found = known.get(key);
    if (found) return found;
    const digests = files.flatMap((pattern) => digestsOf(pattern, folder, name));
    const said = versions.map((command) => {
      const words = JSON.stringify(command);
      const version = told.get(words) ?? versionOf(command, folder);
      told.set(words, version);
      return version;
    });
    const content = JSON.stringify({ files: [...new Map(digests)].sort(byFirst), versions: said });
    const code = { hash: createHash("sha256").update(content).digest("hex"), versions: said };
    known.set(key, code);
    return code;
  };
}

/** Absolute paths of a program's files. Throws `ClaimError` likewise. */
export function programFiles(
  { name, module }: Pick<Experiment, "name" | "module">,
  { files }: Program,
): readonly string[] {
  const folder = folderOf(module);
  return files.flatMap((pattern) => pathsOf(pattern, folder, name).map((path) => join(folder, path)));
}

function pathsOf(pattern: string, folder: string, name: string): readonly string[] {
  const paths = globSync(pattern, { cwd: folder, ignore: NEVER, expandDirectories: false });
  if (paths.length > 0) return paths;
  throw new ClaimError(`experiment ${name} requires files, found none that match ${pattern} in ${folder}`);
}

function digestsOf(
  pattern: string,
  folder: string,
  name: string,
): readonly (readonly [path: string, digest: string])[] {
  return pathsOf(pattern, folder, name).map((path) => {
    const bytes = readFileSync(join(folder, path));
    return [path, createHash("sha256").update(bytes).digest("hex")] as const;
  });
}

/** First line that the command prints. One that is missing or fails says so: its samples are then skipped or crash. */
function versionOf([command, ...words]: readonly [string, ...string[]], folder: string): string {
  try {
    const options = { cwd: folder, timeout: LONGEST_PROBE_MILLISECONDS, stdio: "pipe" } as const;
    return execFileSync(command, words, { ...options, encoding: "utf8" })
      .trim()
      .split("\n")[0]!;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? `${command} is missing` : `${command} tells no version`;
  }
}

function byFirst(a: readonly string[], b: readonly string[]): number {
  return a[0]! < b[0]! ? -1 : 1;
}
