import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { claimListPath, claimListText, claimsAsked, listedClaims } from "./claim-list.ts";

const FILES = {
  "package.json": '{"type": "module"}',
  "node_modules/width/package.json": '{"version": "1.0.0", "type": "module"}',
  "node_modules/width/index.js": "export default 4;",
  "suites/paper/topic/one.theory.js": 'export { default as width } from "width";',
  "suites/paper/topic/one.claim.js": [
    'import { width } from "./one.theory.js";',
    'const source = { paper: "p@v1", at: "abstract", grade: "stated" };',
    'export default { id: "paper/topic/one", title: "One", statement: "1", source, grid: { width: [width] },',
    'tiers: { smoke: {}, full: {} }, controls: [{ breaks: "law" }] };',
  ].join("\n"),
  "suites/paper/alpha.suite.js": suite("alpha"),
};

function suite(name: string): string {
  return [
    'import one from "./topic/one.claim.js";',
    "const errors = { falseVerdict: 1e-3, undecided: 1e-2 };",
    `export default { name: "${name}", title: "t", errors, claims: [{ claim: one, share: 0.5 }] };`,
  ].join("\n");
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** A tree whose list says something that its suites do not, so that one sees which of them was read. */
async function treeWithList(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "plateau-list-"));
  for (const [path, text] of Object.entries(FILES)) write(root, path, text);
  const text = await claimListText(root);
  writeFileSync(claimListPath(root), text.replace('"title":"One"', '"title":"from the list"'));
  return root;
}

const titles = async (root: string) =>
  (await listedClaims(root)).map(({ claim, suite: { name } }) => `${name}: ${claim.title}`);

describe("the list of claims", () => {
  test("is read where the code is what it was made of", async () => {
    expect(await titles(await treeWithList())).toEqual(["alpha: from the list"]);
  });

  test.each([
    ["a claim", "suites/paper/topic/one.claim.js", `${FILES["suites/paper/topic/one.claim.js"]}\n`],
    ["what a claim imports", "suites/paper/topic/one.theory.js", "export const width = 5;"],
    ["a suite", "suites/paper/alpha.suite.js", `${FILES["suites/paper/alpha.suite.js"]}\n`],
    ["the list, which is damaged", "claim-list.json", '{"version": 1, "code"'],
    ["the list's version", "claim-list.json", '{"version": 0}'],
    ["a package's version", "node_modules/width/package.json", '{"version": "2.0.0", "type": "module"}'],
  ])("is not read after a change of %s", async (_, path, text) => {
    const root = await treeWithList();
    write(root, path, text);
    expect(await titles(root)).toEqual(["alpha: One"]);
  });

  test("is not read once there is another suite", async () => {
    const root = await treeWithList();
    write(root, "suites/paper/beta.suite.js", suite("beta"));
    expect(await titles(root)).toEqual(["alpha: One", "beta: One"]);
  });

  test("has the claims that words name imported alone, and says of them what their suites do", async () => {
    const listed = await treeWithList();
    const two = FILES["suites/paper/topic/one.claim.js"].replace("topic/one", "topic/two");
    write(listed, "suites/paper/topic/two.claim.js", `globalThis.twoWasImported = true;\n${two}`);
    write(listed, "suites/paper/beta.suite.js", suite("beta").replaceAll("one", "two"));
    // what has been imported from one folder is not imported again
    const root = mkdtempSync(join(tmpdir(), "plateau-list-"));
    writeFileSync(claimListPath(listed), await claimListText(listed));
    cpSync(listed, root, { recursive: true });
    delete (globalThis as { twoWasImported?: boolean }).twoWasImported;
    const { imported, all } = await claimsAsked(["one"], root);
    expect(imported.map(({ claim }) => claim.id)).toEqual(["paper/topic/one"]);
    expect(all.map(({ claim }) => claim.id)).toEqual(["paper/topic/one", "paper/topic/two"]);
    expect(globalThis).not.toHaveProperty("twoWasImported");
    await expect(claimsAsked(["three"], root)).rejects.toThrow("no suite or claim is called three");
    const [first, second] = (await claimsAsked([], root)).imported;
    expect(globalThis).toHaveProperty("twoWasImported");
    expect(second?.claim.id).toBe("paper/topic/two");
    expect(imported[0]).toMatchObject({
      ...{ claim: first?.claim, module: first?.module, share: 0.5 },
      suite: { name: "alpha", title: "t", errors: first?.suite.errors, claims: [{ share: 0.5 }] },
    });
  });

  test("says the same as the suites", async () => {
    const root = await treeWithList();
    writeFileSync(claimListPath(root), await claimListText(root));
    const listed = await listedClaims(root);
    writeFileSync(claimListPath(root), "");
    expect(listed).toEqual(await listedClaims(root));
  });
});
