import { existsSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { askGit, WITHOUT_GIT } from "../project/git.ts";

/** A commit that could not be checked out or built; the message has the last words of what failed. */
export class CheckoutError extends Error {
  override readonly name = "CheckoutError";
}

/** Another commit of a repository on disk, beside the working tree, built. */
export interface Checkout {
  readonly folder: string;
  /** Removes the folder and git's entry of it. Never throws. */
  readonly remove: () => Promise<void>;
}

/** Lines of a failed command's output that are worth showing. */
const LAST_LINES = 5;

/**
 * Checks `commit` out into a worktree of its own in the system's temporary folder, gives it its packages and builds it with its
 * own script `build`, where it has one; `folder` is the project's, also where that lies below the top of its repository. The
 * working tree is not touched. Throws `CheckoutError`. Cost: a checkout and a compilation, seconds.
 */
export async function checkOut(repository: string, commit: string, signal: AbortSignal): Promise<Checkout> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), "plateau-base-")));
  const top = join(parent, "base");
  const words = ["-c", "core.hooksPath=/dev/null", "-c", "core.autocrlf=false", "-C", repository, "worktree"];
  const quietly = { reject: false, env: WITHOUT_GIT } as const;
  const remove = async () => {
    await execa("git", [...words, "remove", "--force", top], quietly);
    await rm(parent, { recursive: true, force: true }).catch(() => undefined);
    await execa("git", [...words, "prune"], quietly);
  };
  try {
    await step("checking out the base", ["git", ...words, "add", "--detach", top, commit], { cwd: repository, signal });
    const prefix = await askGit(repository, ["rev-parse", "--show-prefix"]);
    if ("refused" in prefix) throw new CheckoutError(`the base's folder cannot be found: ${prefix.refused}`);
    const folder = join(top, prefix.said);
    if (!existsSync(folder)) throw new CheckoutError(`the base has no folder ${prefix.said}`);
    await givePackages({ repository, folder, depth: prefix.said.split("/").length - 1, signal });
    await build(folder, signal);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What a checked-out commit's own `plateau` is: the file that its package.json names; undefined for another package. */
export async function plateauOf(folder: string): Promise<string | undefined> {
  const { name, bin } = await manifestOf(folder);
  return name === "plateau" && bin?.["plateau"] !== undefined ? join(folder, bin["plateau"]) : undefined;
}

interface Lending {
  readonly repository: string;
  readonly folder: string;
  /** How many folders the project lies below the top of its repository. */
  readonly depth: number;
  readonly signal: AbortSignal;
}

/**
 * Lends the base the head's packages where both ask for the same ones; else installs the base's own, from npm's cache where
 * they are in it. An experiment computes with its packages: the base run with the head's would say nothing of an update.
 */
async function givePackages({ repository, folder, depth, signal }: Lending): Promise<void> {
  const differing = await differingPackages(repository, folder);
  if (differing === undefined) {
    for (let up = 0; up <= depth; up++) {
      const lent = join(repository, "../".repeat(up), "node_modules");
      const place = join(folder, "../".repeat(up), "node_modules");
      if (existsSync(lent) && !existsSync(place)) await symlink(lent, place, "junction");
    }
    return;
  }
  if (!existsSync(join(folder, "package-lock.json"))) {
    throw new CheckoutError(
      `the base asks for other packages (${differing}) and has no package-lock.json to install them from: compare the results of both commits, each run with its own packages`,
    );
  }
  const install = ["npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"] as const;
  await step(`installing the base's own packages (${differing} differs)`, install, { cwd: folder, signal });
}

/** The file by which base and head ask for other packages; undefined where they ask for the same. */
async function differingPackages(repository: string, folder: string): Promise<string | undefined> {
  const textIn = (place: string, name: string) => readFile(join(place, name), "utf8").catch(() => undefined);
  for (const name of ["package-lock.json", "pnpm-lock.yaml", "yarn.lock"]) {
    const [head, base] = await Promise.all([textIn(repository, name), textIn(folder, name)]);
    if (unixLines(head) !== unixLines(base)) return name;
    if (head !== undefined) return undefined;
  }
  const [head, base] = await Promise.all([manifestOf(repository), manifestOf(folder)]);
  const asked = ({ dependencies, devDependencies, optionalDependencies, peerDependencies }: PackageManifest) =>
    JSON.stringify([dependencies, devDependencies, optionalDependencies, peerDependencies]);
  return asked(head) === asked(base) ? undefined : "package.json";
}

function unixLines(text: string | undefined): string | undefined {
  return text?.replaceAll("\r\n", "\n");
}

async function build(folder: string, signal: AbortSignal): Promise<void> {
  const { scripts } = await manifestOf(folder);
  if (scripts?.["build"] === undefined) return;
  await step("building the base", ["npm", "run", "--silent", "build"], { cwd: folder, signal });
}

interface PackageManifest {
  readonly name?: string;
  readonly dependencies?: unknown;
  readonly devDependencies?: unknown;
  readonly optionalDependencies?: unknown;
  readonly peerDependencies?: unknown;
  readonly scripts?: { readonly [name: string]: string };
  readonly bin?: { readonly [name: string]: string };
}

async function manifestOf(folder: string): Promise<PackageManifest> {
  const text = await readFile(join(folder, "package.json"), "utf8").catch(() => "{}");
  return JSON.parse(text) as PackageManifest;
}

async function step(
  what: string,
  [command, ...words]: readonly [string, ...string[]],
  { cwd, signal }: { readonly cwd: string; readonly signal: AbortSignal },
): Promise<void> {
  const { failed, all } = await execa(command, words, {
    ...{ cwd, reject: false, all: true, cancelSignal: signal, env: WITHOUT_GIT },
  } as const);
  signal.throwIfAborted();
  if (!failed) return;
  throw new CheckoutError(`${what} failed: ${lastWords(all)}`);
}

/** The end of what a failed command said. */
export function lastWords(output: string | undefined): string {
  const lines = (output ?? "").trim().split("\n").slice(-LAST_LINES).join("; ");
  return lines === "" ? "no output" : lines;
}
