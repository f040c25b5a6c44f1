import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, expect, test } from "vitest";
import { installPacked } from "./packed-package.ts";

const root = resolve(import.meta.dirname, "../..");

/** A block of the page: a script, or a file to be written. */
interface Block {
  readonly language: string;
  readonly path: string | undefined;
  readonly text: string;
}

const page = readFileSync(join(root, "docs/your-paper.md"), "utf8");
const blocks: readonly Block[] = [...page.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
  ([, language, path, text]) => ({ language: language!, path, text: text! }),
);

let folder: string;

/** All that the page has npm install lies there already: no test waits for a registry. */
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "plateau-your-paper-")));
  await installPacked(folder);
  mkdirSync(join(folder, "node_modules/.bin"));
  symlinkSync("../plateau/dist/src/cli/main.js", join(folder, "node_modules/.bin/plateau"));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the page's blocks run one after the other as they stand", { timeout: 600_000 }, async () => {
  const author = { NAME: "Author", EMAIL: "author@example.org" };
  const people = ["AUTHOR", "COMMITTER"].flatMap((who) =>
    Object.entries(author).map(([key, value]) => [`GIT_${who}_${key}`, value]),
  );
  const env = { ...Object.fromEntries(people), CI: undefined, PLATEAU_ROOT: undefined, GITHUB_ACTIONS: undefined };
  for (const { language, path, text } of blocks) {
    if (path !== undefined) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
      continue;
    }
    expect(language).toBe("sh");
    // outside-author.test.ts builds and reads the pages
    if (text.includes("plateau dashboard")) continue;
    const script = text.replace(/^npm install .*$/gm, "");
    const { exitCode, all } = await execa("bash", ["-euxc", script], { cwd: folder, env, all: true, reject: false });
    expect(exitCode, all).toBe(0);
  }
  expect(blocks.length).toBeGreaterThan(6);
});
