import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { claimId } from "../../claim/result.ts";
import type { Suite } from "../../claim/suite.ts";
import { checkBudget } from "../../statistics/planning/budget.ts";
import { moduleFile, stripsTypes } from "./module-files.ts";
import type { PlannedClaim } from "./plan.ts";
import { SuiteError, type SuitePath, suitePaths, suitesFolder } from "./suite-paths.ts";

export interface FoundSuite {
  readonly suite: Suite;
  /** Path of the suite's module. */
  readonly path: string;
  readonly paper: string;
  readonly claims: readonly PlannedClaim[];
}

/**
 * All suites below `root`: the modules `suites/<paper>/<name>.suite.js` (or `.mjs`, `.ts`), found by folder, so that another paper is another
 * folder. By name. Throws `SuiteError` for no or uncompiled suites, a module that does not load, two suites of one name, shares that add to more than
 * 1, or a claim whose id is not the path of its module.
 */
export async function discoverSuites(root: URL | string): Promise<readonly FoundSuite[]> {
  const folder = suitesFolder(root);
  const paths = suitePaths(folder);
  const found = await Promise.all(paths.map((path) => loadSuite(folder, path)));
  const byName = new Map<string, FoundSuite>();
  for (const one of found) {
    const other = byName.get(one.suite.name);
    if (other) throw new SuiteError(`suite ${one.suite.name} is defined twice: ${other.path} and ${one.path}`);
    byName.set(one.suite.name, one);
  }
  checkNames(found);
  return [...byName.values()].sort((a, b) => (a.suite.name < b.suite.name ? -1 : 1));
}

/** A name that a claim has had is a name, no other claim's, and of no claim that is still there. */
function checkNames(suites: readonly FoundSuite[]): void {
  const claims = new Map(suites.flatMap((suite) => suite.claims.map(({ claim }) => [claim.id as string, claim])));
  const heirs = new Map<string, string>();
  for (const { id, formerly = [] } of claims.values()) {
    for (const old of formerly) {
      const heir = heirs.get(old);
      if (!claimId.safeParse(old).success)
        throw new SuiteError(`claim ${id} was formerly ${old}, which is no claim's id`);
      if (claims.has(old)) throw new SuiteError(`claim ${id} was formerly ${old}, which is a claim still`);
      if (heir !== undefined)
        throw new SuiteError(`claim ${old} is what both ${heir} and ${id} were formerly, needed one`);
      heirs.set(old, id);
    }
  }
}

async function loadSuite(folder: string, { paper, path }: SuitePath): Promise<FoundSuite> {
  const suite = await importSuite(path);
  try {
    checkBudget(suite);
  } catch (error) {
    throw new SuiteError(`${path}: ${(error as Error).message}`, { cause: error });
  }
  const claims = suite.claims.map(({ claim, share }) => {
    const stem = join(folder, `${claim.id}.claim`);
    const module = moduleFile(stem, stripsTypes());
    if (module === undefined) {
      throw new SuiteError(
        `claim ${claim.id} of suite ${suite.name} requires the module ${stem}.js, .mjs or .ts, there is none: its id is its path`,
      );
    }
    return { claim, module: pathToFileURL(module).href, suite, share };
  });
  await Promise.all(claims.map(checkModule));
  return { suite, path, paper, claims };
}

async function importSuite(path: string): Promise<Suite> {
  let module: { readonly default?: Suite };
  try {
    module = (await import(pathToFileURL(path).href)) as { readonly default?: Suite };
  } catch (error) {
    throw new SuiteError(`${path} cannot be loaded: ${loadingProblem(error as Error)}`, { cause: error });
  }
  if (!module.default?.name || !Array.isArray(module.default.claims)) {
    throw new SuiteError(`${path} requires a suite as its default export, found ${typeof module.default}`);
  }
  return module.default;
}

/** `npm init` of npm 11 writes a package.json in which `.js` is no module. */
function loadingProblem({ message }: Error): string {
  if (!/Cannot use import statement outside a module|Unexpected token 'export'/.test(message)) return message;
  return `${message}: the package.json above it says "type": "commonjs"; write "type": "module" there, or call the files .mjs`;
}

/** A worker will import the module and take its default export: it has to be this claim. */
async function checkModule({ claim, module }: PlannedClaim): Promise<void> {
  const { default: found } = (await import(module)) as { readonly default?: { readonly id?: string } };
  if (found !== claim) {
    throw new SuiteError(
      `claim ${claim.id} requires to be the default export of ${module}, which has ${found?.id ?? "none"}`,
    );
  }
}
