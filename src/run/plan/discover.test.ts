import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { discoverSuites } from "./discover.ts";
import { SuiteError, suitePaths } from "./suite-paths.ts";

const claim = (id: string) => `export default { id: ${JSON.stringify(id)} };`;
const suite = (name: string, share: number, ...paths: readonly string[]) =>
  [
    ...paths.map((path, index) => `import c${index} from "./${path}.claim.js";`),
    `const errors = { falseVerdict: 1e-3, undecided: 1e-2 };`,
    `const claims = [${paths.map((_, index) => `{ claim: c${index}, share: ${share} }`).join(", ")}];`,
    `export default { name: ${JSON.stringify(name)}, title: "t", errors, claims, minutes: { smoke: 1, full: 1 } };`,
  ].join("\n");

function tree(files: { readonly [path: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), "plateau-suites-"));
  writeFileSync(join(folder, "package.json"), '{"type": "module"}');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "suites", path)), { recursive: true });
    writeFileSync(join(folder, "suites", path), text);
  }
  return folder;
}

const good = {
  "paper/beta.suite.js": suite("beta", 0.5, "topic/one", "topic/two"),
  "paper/topic/one.claim.js": claim("paper/topic/one"),
  "paper/topic/two.claim.js": claim("paper/topic/two"),
  "other/alpha.suite.js": suite("alpha", 1, "topic/three"),
  "other/topic/three.claim.js": claim("other/topic/three"),
};

describe("suites", () => {
  test("are found by folder, in the order of their names, each claim with its module and share", async () => {
    const root = tree(good);
    const found = await discoverSuites(root);
    expect(found.map(({ suite: { name }, paper }) => [name, paper])).toEqual([
      ["alpha", "other"],
      ["beta", "paper"],
    ]);
    expect(found[1]!.claims.map(({ claim: { id }, share, module }) => [id, share, module])).toEqual(
      ["one", "two"].map((name) => [
        `paper/topic/${name}`,
        0.5,
        pathToFileURL(join(root, `suites/paper/topic/${name}.claim.js`)).href,
      ]),
    );
    expect((await discoverSuites(pathToFileURL(`${root}/`))).length).toBe(2);
  });

  test("are an error that says what was looked for where there are none", async () => {
    const finding = discoverSuites(tree({ "paper/notes.txt": "" }));
    await expect(finding).rejects.toThrow(
      /suites requires modules <paper>\/<name>\.suite\.js or \.suite\.ts, found none/,
    );
  });

  const sources = { "paper/beta.suite.ts": "", "paper/gamma.suite.mts": "", "paper/notes.suite.d.ts": "" };
  const namesOf = (files: { readonly [path: string]: string }, loadsSources: boolean) =>
    suitePaths(join(tree(files), "suites"), loadsSources).map(({ path }) => basename(path));

  test("may be in TypeScript where Node loads it, and compiled code goes before its source", () => {
    expect(namesOf({ ...sources, "paper/beta.suite.js": "" }, true)).toEqual(["beta.suite.js", "gamma.suite.mts"]);
  });

  test("in TypeScript are an error that names both ways out where Node does not load it", () => {
    expect(() => namesOf({ ...good, ...sources }, false)).toThrow(
      /gamma\.suite\.ts cannot be loaded: Node 22\.18 or later loads TypeScript as it is, this is v.*"compiled"/,
    );
  });

  test("may be modules by their ending", async () => {
    const root = tree({
      "paper/beta.suite.mjs": suite("beta", 1, "topic/one").replace(".claim.js", ".claim.mjs"),
      "paper/topic/one.claim.mjs": claim("paper/topic/one"),
    });
    expect((await discoverSuites(root))[0]!.claims[0]!.module).toMatch(/one\.claim\.mjs$/);
  });

  test.each([
    ["a second suite of one name", { "paper/copy.suite.js": suite("alpha", 1) }, "suite alpha is defined twice: "],
    [
      "a claim whose id is not its path",
      { "paper/topic/two.claim.js": claim("paper/topic/moved") },
      "claim paper/topic/moved of suite beta requires the module ",
    ],
    [
      "a claim that goes by the id of another",
      { "paper/topic/two.claim.js": claim("paper/topic/one") },
      "claim paper/topic/one requires to be the default export of ",
    ],
    [
      "a module that throws",
      { "paper/topic/two.claim.js": "throw new Error('no formula');" },
      "cannot be loaded: no formula",
    ],
    ["a module that does not parse", { "paper/beta.suite.js": "export default {" }, "beta.suite.js cannot be loaded: "],
    [
      "a suite that is not one",
      { "paper/beta.suite.js": "export default 3;" },
      "requires a suite as its default export, found number",
    ],
    [
      "shares above 1",
      { "other/alpha.suite.js": suite("alpha", 1.5, "topic/three") },
      "alpha.suite.js: suite alpha requires shares that add to at most 1, got 1.5",
    ],
  ])("with %s are refused", async (_, files, message) => {
    const finding = discoverSuites(tree({ ...good, ...files }));
    await expect(finding).rejects.toThrow(SuiteError);
    await expect(finding).rejects.toThrow(message);
  });

  test("are required: a root without the folder is an error", async () => {
    const root = mkdtempSync(join(tmpdir(), "plateau-suites-"));
    await expect(discoverSuites(root)).rejects.toThrow(
      `${join(root, "suites")} requires suites, the folder does not exist`,
    );
  });
});
