import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { expect, onTestFinished, test } from "vitest";
import { installPacked } from "./packed-package.ts";

const root = resolve(import.meta.dirname, "../..");

/** A block of the page: a script, or a file to be written. */
interface Block {
  readonly language: string;
  readonly path: string | undefined;
  readonly text: string;
}

/** Pages, and the fewest blocks of each that are run. */
const PAGES = [
  ["your-paper.md", 7],
  ["python.md", 6],
  ["recorded.md", 6],
  ["few-runs.md", 11],
] as const;

/** Blocks that are to be run: what only shows something has neither a path nor the language `sh`. */
function blocksOf(page: string): readonly Block[] {
  const text = readFileSync(join(root, "docs", page), "utf8");
  const all = [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, path, block]): Block => ({ language: language!, path, text: block! }),
  );
  return all.filter(({ language, path }) => path !== undefined || language === "sh");
}

/** All that the page has npm install lies there already: no test waits for a registry. */
async function installedFolder(): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "plateau-page-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  await installPacked(folder);
  mkdirSync(join(folder, "node_modules/.bin"));
  symlinkSync("../plateau/dist/src/cli/main.js", join(folder, "node_modules/.bin/plateau"));
  return folder;
}

test.each(PAGES)(
  "the blocks of %s run one after the other as they stand",
  { timeout: 600_000 },
  async (page, fewest) => {
    const folder = await installedFolder();
    const blocks = blocksOf(page);
    const author = { NAME: "Author", EMAIL: "author@example.org" };
    const people = ["AUTHOR", "COMMITTER"].flatMap((who) =>
      Object.entries(author).map(([key, value]) => [`GIT_${who}_${key}`, value]),
    );
    const env = { ...Object.fromEntries(people), CI: undefined, PLATEAU_ROOT: undefined, GITHUB_ACTIONS: undefined };
    for (const { path, text } of blocks) {
      if (path !== undefined) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
        continue;
      }
      // outside-author.test.ts builds and reads the pages
      if (text.includes("plateau dashboard")) continue;
      const script = text.replace(/^npm install .*$/gm, "");
      const { exitCode, all } = await execa("bash", ["-euxc", script], { cwd: folder, env, all: true, reject: false });
      expect(exitCode, all).toBe(0);
    }
    expect(blocks.length).toBeGreaterThanOrEqual(fewest);
  },
);
