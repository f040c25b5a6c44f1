import { createHash } from "node:crypto";
import { readFileSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyClaim } from "../claim/claim.ts";
import type { Suite } from "../claim/suite.ts";
import type { KnownClaim } from "../project/known-claims.ts";
import { installedImport, specifierOf } from "../run/files/code/installed-import.ts";
import { moduleFile, stripsTypes } from "../run/plan/module-files.ts";
import { suitePaths, suitesFolder } from "../run/plan/suite-paths.ts";
import { type Named, selectClaims } from "./arguments/claim-names.ts";

/** What `plateau list` says of a claim: its data without its functions. */
export interface ListedClaim {
  readonly claim: Pick<AnyClaim, "id" | "title" | "statement" | "source" | "grid"> & {
    readonly tiers: readonly string[];
    readonly controls: readonly string[];
  };
  readonly suite: Pick<Suite, "name" | "title" | "errors"> & {
    /** Of its module, from the folder of the suites. */
    readonly path: string;
  };
  readonly share: number;
}

/** Claims that were imported, and the names of all that there are. */
export interface ClaimsAsked {
  readonly imported: readonly KnownClaim[];
  readonly all: readonly Named[];
}

/** The list of a built tree: to import every claim, with its theory, takes longer than all else that `list` does. */
interface ClaimList {
  readonly version: typeof LIST_VERSION;
  readonly code: ListedCode;
  readonly claims: readonly ListedClaim[];
}

/**
 * What the suites were made of when they were listed. What a file imports is in its text, so that files of the same digests import
 * the same, and need not be read as modules to know that they do.
 */
interface ListedCode {
  /** The suites' modules, from their folder. */
  readonly suites: readonly string[];
  /** SHA-256 of each file that they are made of, by its path from the root. */
  readonly files: Readonly<Record<string, string>>;
  /** Their packages, with the versions that are installed for the root. */
  readonly imports: readonly string[];
}

/** Rises when the form of the file changes. */
const LIST_VERSION = 4;
const FILE = "claim-list.json";

/** The claims below a root, from its list where that is of the code that is there now, else by importing the suites. */
export async function listedClaims(root: string): Promise<readonly ListedClaim[]> {
  return currentList(root) ?? importedClaims(root);
}

/**
 * The claims that words name; all claims where there are no words. Where the list is of the code that is there no other claim is
 * imported, and no suite: what it says of them has been checked when it was made.
 * @throws UsageError for a word that names nothing
 */
export async function claimsAsked(words: readonly string[], root: string): Promise<ClaimsAsked> {
  const list = words.length === 0 ? undefined : currentList(root);
  if (list === undefined) {
    const imported = await knownClaims(root);
    return { imported, all: imported };
  }
  const imported = await Promise.all(selectClaims(words, list).map((one) => importedClaim(one, list, root)));
  return { imported, all: list };
}

/** The list of a root as text, for the build. */
export async function claimListText(root: string): Promise<string> {
  const list: ClaimList = { version: LIST_VERSION, code: await codeOf(root), claims: await importedClaims(root) };
  return `${JSON.stringify(list)}\n`;
}

/** Where the list of a root lies. */
export function claimListPath(root: string): string {
  return join(root, FILE);
}

async function importedClaim(
  { claim: { id }, suite: { name, title, errors }, share }: ListedClaim,
  list: readonly ListedClaim[],
  root: string,
): Promise<KnownClaim> {
  const module = pathToFileURL(moduleFile(join(suitesFolder(root), `${id}.claim`), stripsTypes())!).href;
  const { default: claim } = (await import(module)) as { readonly default: AnyClaim };
  const claims = list.filter(({ suite }) => suite.name === name);
  return { claim, module, suite: { name, title, errors, claims }, share };
}

async function importedClaims(root: string): Promise<readonly ListedClaim[]> {
  const { discoverSuites } = await import("../run/plan/discover.ts");
  return (await discoverSuites(root)).flatMap(({ suite: { name, title, errors }, path, claims }) =>
    claims.map(({ claim, share }) => {
      const { id, title: words, statement, source, grid, tiers, controls } = claim;
      return {
        claim: {
          ...{ id, title: words, statement, source, grid },
          tiers: Object.keys(tiers),
          controls: controls.map(({ breaks }) => String(breaks)),
        },
        suite: { name, title, errors, path: pathBelow(root, path) },
        share,
      };
    }),
  );
}

async function knownClaims(root: string): Promise<readonly KnownClaim[]> {
  const found = await import("../project/known-claims.ts");
  return found.knownClaims(root);
}

/** Undefined where there is none, or where it is of other code. */
function currentList(root: string): readonly ListedClaim[] | undefined {
  const list = readList(root);
  return list !== undefined && isCurrent(root, list.code) ? list.claims : undefined;
}

function readList(root: string): ClaimList | undefined {
  try {
    const list = JSON.parse(readFileSync(claimListPath(root), "utf8")) as ClaimList;
    return list.version === LIST_VERSION ? list : undefined;
  } catch {
    // missing or damaged: the suites say the same
    return undefined;
  }
}

function isCurrent(root: string, { suites, files, imports }: ListedCode): boolean {
  return (
    JSON.stringify(suites) === JSON.stringify(suitesOf(root)) &&
    Object.entries(files).every(([path, digest]) => digestOf(join(root, path)) === digest) &&
    imports.every((installed) => installedImport(root, specifierOf(installed)) === installed)
  );
}

async function codeOf(root: string): Promise<ListedCode> {
  const { codeParts } = await import("../run/files/code/code-hash.ts");
  const parts = codeParts(suitePaths(suitesFolder(root)).map(({ path }) => pathToFileURL(path).href));
  const real = realpathSync.native(root);
  return {
    suites: suitesOf(root),
    files: Object.fromEntries(parts.files.map((path) => [slashed(relative(real, path)), digestOf(path)!])),
    imports: parts.imports.map((installed) => installedImport(root, specifierOf(installed))),
  };
}

function suitesOf(root: string): readonly string[] {
  return suitePaths(suitesFolder(root)).map(({ path }) => pathBelow(root, path));
}

function pathBelow(root: string, path: string): string {
  return slashed(relative(suitesFolder(root), path));
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

/** Undefined where the file cannot be read. */
function digestOf(path: string): string | undefined {
  try {
    return createHash("sha256").update(readFileSync(path)).digest("hex");
  } catch {
    return undefined;
  }
}
