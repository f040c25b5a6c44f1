import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { codeReader } from "./code-hash.ts";
import { codeChecker } from "./unchanged-code.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plateau-code-"));
  write("entry.js", 'import { x } from "./part.js";\nimport "some-package";\nexport const y = x;\n');
  write("part.js", "export const x = 1;\n");
  write("node_modules/some-package/package.json", '{ "version": "1.0.0" }');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): void {
  const path = join(folder, name);
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}

const partsNow = () => codeReader()(pathToFileURL(join(folder, "entry.js")).href).parts!;

test("code is what it was while nothing changes", () => {
  expect(codeChecker()(partsNow())).toBe(true);
});

test.each([
  ["the module itself", () => write("entry.js", "export const y = 2;\n")],
  ["what it imports", () => write("part.js", "export const x = 2;\n")],
  ["a file that is gone", () => rmSync(join(folder, "part.js"))],
  ["a package of another version", () => write("node_modules/some-package/package.json", '{ "version": "1.0.1" }')],
  ["a package that is gone", () => rmSync(join(folder, "node_modules"), { recursive: true })],
])("and is another by %s", (_, change) => {
  const parts = partsNow();
  change();
  expect(codeChecker()(parts)).toBe(false);
});
