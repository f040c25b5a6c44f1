import { readFileSync } from "node:fs";
import { join } from "node:path";
import { globSync } from "tinyglobby";
import { beforeAll, describe, expect, test } from "vitest";
import { selectClaims } from "../../src/cli/arguments/claim-names.ts";
import { type ListedClaim, listedClaims } from "../../src/cli/claim-list.ts";
import { findRoots } from "../../src/project/roots.ts";
import { plateau } from "./recording-io.ts";

const REPOSITORY = join(import.meta.dirname, "../..");
/** They name suites and claims of this repository; the other documents speak of a project of the reader's. */
const NAMING = ["README.md", "docs/cluster.md", "docs/export.md", "docs/engines/webgpu.md"];
/** What stands in help for a name of the reader's. */
const PLACEHOLDERS: Readonly<Record<string, string>> = { SUITE: "escape", CLAIM: "fixed-width-vanishes" };

interface Example {
  readonly from: string;
  readonly line: string;
}

const documents = globSync(["*.md", "docs/**/*.md", "cluster/**/*.md"], { cwd: REPOSITORY })
  .sort()
  .flatMap((from) =>
    Array.from(
      readFileSync(join(REPOSITORY, from), "utf8").matchAll(/npx --no -- plateau (?<line>[^\n`#'|&]+)/g),
      ({ groups }): Example => ({ from, line: groups!["line"]!.trim() }),
    ),
  );

const helps = await examplesOfHelp();
let claims: readonly ListedClaim[];

beforeAll(async () => {
  claims = await listedClaims(findRoots(REPOSITORY, { env: {}, cwd: REPOSITORY }).suites);
});

test("help and documents have examples of every command but the workflows' own", async () => {
  const named = new Set([...helps, ...documents].map(({ line }) => line.split(" ")[0]));
  expect((await commands()).filter((name) => !named.has(name))).toEqual([]);
  expect(documents.length).toBeGreaterThan(40);
});

describe.each([...helps, ...documents])("plateau $line ($from)", ({ from, line }) => {
  const words = wordsOf(line);

  test("is understood: the command and each of its flags exist", async () => {
    const { exit, stderr } = await plateau([...words, "--help"]);
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  });

  const names = namesIn(words);
  test.runIf(names.length > 0 && (NAMING.includes(from) || from.startsWith("help ")))(
    "names suites and claims that there are",
    () => {
      expect(selectClaims(names, claims).length).toBeGreaterThan(0);
    },
  );
});

test.each([
  ...[...helps, ...documents].filter(({ from, line }) => isCheap(line) && (NAMING.includes(from) || isHelp(from))),
])("plateau $line ($from) does what it says", async ({ line }) => {
  const { exit, stdout, stderr } = await plateau(wordsOf(line), { env: { PLATEAU_ROOT: REPOSITORY } });
  expect(exit, stderr).toBe(0);
  expect(stdout).not.toBe("");
});

test("a claim that is not there, a flag and a command that are none are found", async () => {
  expect(() => selectClaims(namesIn(wordsOf("sample critical-width-is-linear --seed 7")), claims)).toThrow();
  expect((await plateau(["run", "--engin", "wasm", "--help"])).exit).toBe(2);
  expect((await plateau(["rnu", "--help"])).exit).toBe(2);
});

function isHelp(from: string): boolean {
  return from.startsWith("help ");
}

/** Done in well under a second: the others are run by tests of their commands. */
function isCheap(line: string): boolean {
  return /^(list|store$|sample (?!.*0000))/.test(line);
}

async function commands(): Promise<readonly string[]> {
  const { stdout } = await plateau(["--help"]);
  const [, listed] = /\nCommands:\n([\s\S]*?)\n\n/.exec(stdout)!;
  return Array.from(listed!.matchAll(/^ {2}(\w+)/gm), ([, name]) => name!);
}

async function examplesOfHelp(): Promise<readonly Example[]> {
  const found = (await commands()).map(async (name) => {
    const { stdout } = await plateau([name, "--help"]);
    const lines = stdout.slice(stdout.indexOf("\nExamples:")).matchAll(/^ {2}plateau (.+)$/gm);
    return Array.from(lines, ([, line]): Example => ({ from: `help ${name}`, line: line! }));
  });
  return (await Promise.all(found)).flat();
}

/** As a shell would hand them over, but for what it does itself: files that a star stands for, and where output goes. */
function wordsOf(line: string): readonly string[] {
  const told = line.replace(/ > .*$/, "").replace(/ +\(.*\)$/, "");
  return Array.from(told.matchAll(/"([^"]*)"|(\S+)/g), ([, quoted, bare]) => quoted ?? PLACEHOLDERS[bare!] ?? bare!);
}

/** The suites and claims that a command's words name. */
function namesIn([command, ...words]: readonly string[]): readonly string[] {
  if (!["list", "plan", "run", "sample"].includes(command!)) return [];
  const flag = words.findIndex((word) => word.startsWith("-"));
  return flag < 0 ? words : words.slice(0, flag);
}
