import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Browser, type BrowserContextOptions, chromium } from "playwright";
import { afterAll, beforeAll } from "vitest";
import { serve } from "../../dashboard/serve.mjs";
import { PAGES as PAGE_KINDS } from "../../dashboard/site/page-list.ts";
import { installBrowser } from "../../scripts/install-browser.mjs";
import { type Fixture, makeFixture } from "./fixture.ts";
import { type BuiltSite, buildSite } from "./site.ts";
import { type Visit, visit } from "./visit.ts";

/** Pages that are not one a claim. */
export const PAGES = PAGE_KINDS.flatMap(({ path }) => {
  if (path === "claims/[claim]") return [];
  return path === "index" ? [""] : [path.replace("[paper]", "orvieto2021")];
});
export const MEDIAN = "claims/orvieto2021/chains/median-square-vanishes";
/** The place of the hostile claim among the fixture's: its id is no plain path, so its page is named by it. */
export const EVIL = "claims/other/6";

export interface SharedSite {
  readonly fixture: Fixture;
  readonly built: BuiltSite;
  readonly address: string;
  readonly browser: Browser;
  readonly open: (path: string, options?: BrowserContextOptions) => Promise<Visit>;
}

/** The fixture's site, built once for all files of one run of the tests; each file serves and opens it by itself. */
export function sharedSite(): { readonly site: SharedSite; readonly open: SharedSite["open"] } {
  let site: SharedSite | undefined;
  let close = () => {};
  const there = () => site ?? missing();
  beforeAll(async () => {
    const made = await builtOnce();
    // In a subfolder, as GitHub Pages serves a repository.
    const server = await serve(made.built.folder, { base: "/some/plateau/" });
    close = () => server.close();
    const browser = await openBrowser();
    const open: SharedSite["open"] = (path, options) => visit(browser, server.address + path, options);
    site = { ...made, address: server.address, browser, open };
  }, BUILD_MILLISECONDS);
  afterAll(async () => {
    await site?.browser.close();
    close();
  });
  return {
    get site() {
      return there();
    },
    open: (path, options) => there().open(path, options),
  };
}

/** Far above what a fixture and a build take on a busy machine. */
const BUILD_MILLISECONDS = 600_000;

type Made = Pick<SharedSite, "fixture" | "built">;

/** The first file that asks builds, the others wait: a folder can be made once. The run's temporary folder holds what is built. */
async function builtOnce(): Promise<Made> {
  const folder = join(tmpdir(), "plateau-shared-site");
  const [made, failed] = [join(folder, "made.json"), join(folder, "failed.txt")];
  if (isFirst(folder)) {
    try {
      const fixture = await makeFixture();
      writeWhole(made, JSON.stringify({ fixture, built: await buildSite(fixture) } satisfies Made));
    } catch (error) {
      writeWhole(failed, String(error));
      throw error;
    }
  }
  while (!existsSync(made)) {
    if (existsSync(failed)) throw new Error(`the site was not built: ${readFileSync(failed, "utf8")}`);
    await wait(100);
  }
  return JSON.parse(readFileSync(made, "utf8")) as Made;
}

function isFirst(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Nobody reads half of it. */
function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}

/** The browser of the tests, which asks no other host for anything. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: installBrowser(),
    args: [
      ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
      ...["--no-first-run", "--font-render-hinting=none"],
    ],
  });
}

function missing(): never {
  throw new Error("the site is there from the first test on, not before");
}
