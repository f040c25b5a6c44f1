import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { bundledProgram } from "./bundled-program.ts";

const [EARLIER, MADE, LATER] = [1000, 2000, 3000];

/** A bundle that was made of two modules, one of them written at that second, in a folder of that name. */
function built(written: number, name = "checkout"): { readonly bundle: string; readonly modules: readonly string[] } {
  const folder = join(mkdtempSync(join(tmpdir(), "plateau-bundle-")), name);
  const bundle = join(folder, "bundle");
  const modules = ["one.js", "two.js"].map((name) => join(folder, name));
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, "inputs.json"), JSON.stringify({ "../one.js": 0, "../two.js": 0 }));
  for (const [path, seconds] of [
    [modules[0]!, EARLIER] as const,
    [modules[1]!, written] as const,
    [join(bundle, "program.js"), MADE] as const,
  ]) {
    writeFileSync(path, "");
    utimesSync(path, seconds, seconds);
  }
  return { bundle, modules };
}

test.each([
  ["all modules are older", EARLIER, "checkout"],
  ["all files are of one moment, as an archive has them", MADE, "checkout"],
  ["npm wrote a module after it", LATER, "node_modules"],
])("the bundle is taken where %s", (_, written, folder) => {
  const { bundle } = built(written, folder);
  expect(bundledProgram(bundle)).toBe(pathToFileURL(join(bundle, "program.js")).href);
});

test("a bundle is not taken once a module has been written that it was made of", () => {
  expect(bundledProgram(built(LATER).bundle)).toBeUndefined();
});

test.each(["checkout", "node_modules"])("a bundle in %s is not taken once a module has another length", (folder) => {
  const { bundle, modules } = built(EARLIER, folder);
  writeFileSync(modules[0]!, "patched");
  utimesSync(modules[0]!, EARLIER, EARLIER);
  expect(bundledProgram(bundle)).toBeUndefined();
});

test("a bundle is not taken once a module has gone that it was made of", () => {
  const { bundle, modules } = built(EARLIER);
  rmSync(modules[0]!);
  expect(bundledProgram(bundle)).toBeUndefined();
});

test("where nothing was bundled there is none", () => {
  expect(bundledProgram("/nowhere")).toBeUndefined();
});
