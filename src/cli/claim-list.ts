import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyClaim } from "../claim/claim.ts";
import type { Suite } from "../claim/suite.ts";
import { codeHasher } from "../run/files/code-hash.ts";
import { suitePaths, suitesFolder } from "../run/plan/suite-paths.ts";

/** What `plateau list` says of a claim: its data without its functions. */
export interface ListedClaim {
  readonly claim: Pick<AnyClaim, "id" | "title" | "statement" | "source" | "grid"> & {
    readonly tiers: readonly string[];
    readonly controls: readonly string[];
  };
  readonly suite: Pick<Suite, "name" | "title">;
  readonly share: number;
}

/** The list of a built tree: to import every claim, with its theory, takes longer than all else that `list` does. */
interface ClaimList {
  readonly version: typeof LIST_VERSION;
  /** Hash of the code of each suite's module, with all that it imports: a list of other code is none. */
  readonly code: Readonly<Record<string, string>>;
  readonly claims: readonly ListedClaim[];
}

/** Rises when the form of the file changes. */
const LIST_VERSION = 1;
const FILE = "claim-list.json";

/** The claims below a root, from its list where that is of the code that is there now, else by importing the suites. */
export async function listedClaims(root: string): Promise<readonly ListedClaim[]> {
  const list = readList(root);
  if (list !== undefined && JSON.stringify(list.code) === JSON.stringify(codeOf(root))) return list.claims;
  return importedClaims(root);
}

/** The list of a root as text, for the build. */
export async function claimListText(root: string): Promise<string> {
  const list: ClaimList = { version: LIST_VERSION, code: codeOf(root), claims: await importedClaims(root) };
  return `${JSON.stringify(list)}\n`;
}

/** Where the list of a root lies. */
export function claimListPath(root: string): string {
  return join(root, FILE);
}

async function importedClaims(root: string): Promise<readonly ListedClaim[]> {
  const { knownClaims } = await import("../project/known-claims.ts");
  return (await knownClaims(root)).map(({ claim, suite, share }) => {
    const { id, title, statement, source, grid, tiers, controls } = claim;
    return {
      claim: {
        ...{ id, title, statement, source, grid },
        tiers: Object.keys(tiers),
        controls: controls.map(({ breaks }) => String(breaks)),
      },
      suite: { name: suite.name, title: suite.title },
      share,
    };
  });
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

function codeOf(root: string): ClaimList["code"] {
  const folder = suitesFolder(root);
  const hash = codeHasher();
  return Object.fromEntries(
    suitePaths(folder).map(({ path }) => [relative(folder, path).split(sep).join("/"), hash(pathToFileURL(path).href)]),
  );
}
