import { readFileSync } from "node:fs";
import { execa } from "execa";
import { expect, test } from "vitest";
import { plateau } from "./cli/recording-io.ts";

/*
 * The name on the registry may be a stranger's: whoever copies a command from here must never fetch that package. `npx --no --
 * plateau` runs what is installed or fails; without the second `--` npm takes plateau's own flags for its own.
 */
const FETCHES =
  /(?<!PLATEAU_)\b(?:npx(?! --no -- )(?: +-[\w-]+(?:=\S+)?)* +(?:--package[= ])?plateau\b|npm +(?:create|init|exec|x)(?: +-\S+)* +plateau\b|(?:yarn|pnpm|bun) +(?:dlx|create|x|exec|add)(?: +-\S+)* +plateau\b|bunx(?: +-\S+)* +plateau\b|pnpx +plateau\b|npm +(?:install|i|add|ci)(?: +-\S+)* +plateau\b)/g;

/** What a person reads or copies from; tests say what must not be said. */
const READ = /\.(?:md|mdx|yml|yaml|sh|json|ts|mjs|html)$/;

test.each([
  "npx plateau run",
  "npx --yes plateau run",
  "npx -y plateau",
  "npx --no plateau --help",
  "npm create plateau",
  "npm init plateau",
  "npm exec plateau",
  "npm i -D plateau",
  "npm install --save-dev plateau",
  "yarn dlx plateau",
  "pnpm add plateau",
  "bunx plateau",
])("the test would find %s", (command) => expect(command.match(FETCHES)).not.toBeNull());

test.each([
  "npx --no -- plateau run",
  "npx vitest run",
  "npm run claims",
  "npm install koffi",
  "plateau init curie1903",
])("and lets %s be", (command) => expect(command.match(FETCHES)).toBeNull());

test("no file of the repository says a command that would fetch a package of that name", async () => {
  const { stdout } = await execa("git", ["ls-files"]);
  const files = stdout
    .split("\n")
    .filter((path) => READ.test(path) && !path.startsWith("test/") && !path.endsWith(".test.ts"));
  expect(files.length).toBeGreaterThan(300);
  const found = files
    .filter((path) => !path.startsWith("baselines/") && path !== "package-lock.json")
    .flatMap((path) => [...readFileSync(path, "utf8").matchAll(FETCHES)].map(([command]) => `${path}: ${command}`));
  expect(found).toEqual([]);
});

test("init of a clone depends on the clone, and prints no such command", async () => {
  const { stdout } = await plateau(["init", "curie1903"], { env: {} });
  expect(stdout.match(FETCHES)).toBeNull();
  expect(stdout).toContain("npx --no -- plateau run curie1903");
});
