import { existsSync, realpathSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { askGit, git } from "./git.ts";

/** Locks of package managers: other packages are other code. */
const LOCKS = ["package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml"];
/** What compilers make of what. */
const COMPILED: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx", ".jsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/**
 * Why code is not what a commit has, in words; undefined where it is. `files` are absolute paths of modules and of what they
 * load. Each must be as in HEAD and as in `commit`, byte for byte as git would store it, whatever git's index was told to
 * overlook. What a build made counts as its source: the committed file of the same path without the output's folder (`dist/`),
 * or for a binary all that is committed in the folder of its name; a source younger than what was made of it is not built.
 * Packages and files outside the repository are told by their versions, of which a lock file answers for the packages.
 */
export async function uncommittedCode(
  folder: string,
  { commit, files }: { readonly commit: string; readonly files: readonly string[] },
): Promise<string | undefined> {
  const top = await git(folder, ["rev-parse", "--show-toplevel"]);
  if (top === undefined) return `${folder} lies in no git repository`;
  const [head, then] = await Promise.all([treeOf(top, "HEAD"), treeOf(top, commit)]);
  if (head === undefined) return `${folder} has no commit`;
  if (then === undefined) return "a commit that is not here";
  const sources = new Set<string>();
  for (const path of files) {
    const name = nameIn(top, path);
    if (name === undefined) continue;
    const found = sourcesOf(name, head);
    if (found.length === 0) return `${name} is in no commit`;
    const stale = found.find((source) => source !== name && isYounger(join(top, source), path));
    if (stale !== undefined) return `${name} is older than ${stale}: it was not built since`;
    for (const source of found) sources.add(source);
  }
  for (const lock of LOCKS) if (head.has(lockName(top, folder, lock))) sources.add(lockName(top, folder, lock));
  const all = [...sources].sort();
  const moved = all.find((name) => head.get(name) !== then.get(name));
  if (moved !== undefined) return `${moved} changed since`;
  const here = await blobsOf(top, all);
  const edited = all.find((name) => here.get(name) !== head.get(name));
  return edited === undefined ? undefined : `${edited} is not as it was committed`;
}

type Tree = ReadonlyMap<string, string>;

/** Hash of each file of a commit, by its path below the repository's top. */
async function treeOf(top: string, commit: string): Promise<Tree | undefined> {
  const answer = await askGit(top, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  if ("refused" in answer) return undefined;
  const entries = answer.said.split("\0").flatMap((line): readonly [string, string][] => {
    const [, hash, name] = /^\d+ \w+ ([0-9a-f]+)\t([\s\S]+)$/.exec(line) ?? [];
    return hash === undefined || name === undefined ? [] : [[name, hash]];
  });
  return new Map(entries);
}

/** What git would store of each file that is there now; line ends and filters as its attributes say. */
async function blobsOf(top: string, names: readonly string[]): Promise<Tree> {
  const there = names.filter((name) => existsSync(join(top, name)));
  if (there.length === 0) return new Map();
  const hashes = (await git(top, ["hash-object", "--", ...there]))?.split("\n") ?? [];
  return new Map(there.map((name, index) => [name, hashes[index] ?? ""]));
}

/** Undefined for what lies outside the repository, or in a package. */
function nameIn(top: string, path: string): string | undefined {
  const parts = relative(realpathSync.native(top), path).split(sep);
  return parts[0] === ".." || parts.includes("node_modules") || isBundled(parts) ? undefined : parts.join("/");
}

/** What a build bundled of a scoped package (`scripts/vendor-packages.mjs`): the lock answers for it, as for the package. */
function isBundled(parts: readonly string[]): boolean {
  return parts.some((part, at) => part === "vendor" && parts[at + 1]?.startsWith("@"));
}

function lockName(top: string, folder: string, lock: string): string {
  return relative(realpathSync.native(top), join(realpathSync.native(folder), lock))
    .split(sep)
    .join("/");
}

function sourcesOf(name: string, head: Tree): readonly string[] {
  if (head.has(name)) return [name];
  const parts = name.split("/");
  // without one or two of its folders: `dist`, or `build/esm`
  const places = [1, 2].flatMap((length) =>
    parts.slice(0, -1).map((_, at) => [...parts.slice(0, at), ...parts.slice(at + length)].join("/")),
  );
  for (const place of places) {
    const [, ending = ""] = /(\.\w+)$/.exec(place) ?? [];
    const written = [ending, ...(COMPILED[ending] ?? [])].map((one) => place.slice(0, -ending.length) + one);
    const source = written.find((one) => head.has(one));
    if (source !== undefined) return [source];
  }
  if (Object.hasOwn(COMPILED, /\.\w+$/.exec(name)?.[0] ?? "")) return [];
  return places.map((place) => filesBelow(place.split("/")[0]!, head)).find((files) => files.length > 0) ?? [];
}

/** None for the top itself. */
function filesBelow(folder: string, head: Tree): readonly string[] {
  return [...head.keys()].filter((name) => name.startsWith(`${folder}/`) && !/\.md$|\.test\.\w+$/.test(name));
}

function isYounger(source: string, made: string): boolean {
  const [one, other] = [source, made].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs);
  return one !== undefined && other !== undefined && one > other;
}
