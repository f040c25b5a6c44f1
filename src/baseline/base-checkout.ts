import { existsSync } from "node:fs";
import { mkdtemp, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";

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
 * Checks `commit` out into a worktree of its own in the system's temporary folder, lends it the repository's installed
 * packages and builds it with its own script `build`, where it has one. The working tree is not touched. Throws
 * `CheckoutError`. Cost: a checkout and a compilation, seconds.
 */
export async function checkOut(repository: string, commit: string, signal: AbortSignal): Promise<Checkout> {
  const parent = await realpath(await mkdtemp(join(tmpdir(), "plateau-base-")));
  const folder = join(parent, "base");
  const git = ["-c", "core.hooksPath=/dev/null", "-C", repository, "worktree"];
  const remove = async () => {
    await execa("git", [...git, "remove", "--force", folder], { reject: false });
    await rm(parent, { recursive: true, force: true }).catch(() => undefined);
    await execa("git", [...git, "prune"], { reject: false });
  };
  try {
    await step("checking out the base", ["git", ...git, "add", "--detach", folder, commit], {
      cwd: repository,
      signal,
    });
    await build(repository, folder, signal);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder, remove };
}

/** What a checked-out commit's own `plateau` is: the file that its package.json names; undefined for another package. */
export async function plateauOf(folder: string): Promise<string | undefined> {
  const { name, bin } = await manifestOf(folder);
  return name === "plateau" && bin?.["plateau"] !== undefined ? join(folder, bin["plateau"]) : undefined;
}

async function build(repository: string, folder: string, signal: AbortSignal): Promise<void> {
  const packages = join(repository, "node_modules");
  if (existsSync(packages) && !existsSync(join(folder, "node_modules"))) {
    await symlink(packages, join(folder, "node_modules"), "junction");
  }
  const { scripts } = await manifestOf(folder);
  if (scripts?.["build"] === undefined) return;
  await step("building the base", ["npm", "run", "--silent", "build"], { cwd: folder, signal });
}

interface PackageManifest {
  readonly name?: string;
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
  const { failed, all } = await execa(command, words, { cwd, reject: false, all: true, cancelSignal: signal });
  signal.throwIfAborted();
  if (!failed) return;
  throw new CheckoutError(`${what} failed: ${lastWords(all)}`);
}

/** The end of what a failed command said. */
export function lastWords(output: string | undefined): string {
  const lines = (output ?? "").trim().split("\n").slice(-LAST_LINES).join("; ");
  return lines === "" ? "no output" : lines;
}
