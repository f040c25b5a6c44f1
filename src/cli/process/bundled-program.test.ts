import { mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { crc32 } from "node:zlib";
import { describe, expect, test } from "vitest";
import { bundledProgram } from "./bundled-program.ts";

const TEXTS = { "one.js": "export const one = 1;", "two.js": "export const two = 2;" } as const;

/** A bundle that was made of two modules, in a folder of that name. */
function built(name: string): { readonly bundle: string; readonly modules: readonly string[] } {
  const folder = join(mkdtempSync(join(tmpdir(), "plateau-bundle-")), name);
  const bundle = join(folder, "bundle");
  mkdirSync(bundle, { recursive: true });
  const lengths = Object.fromEntries(Object.entries(TEXTS).map(([name, text]) => [`../${name}`, text.length]));
  const checksum = crc32(Object.values(TEXTS).join(""));
  writeFileSync(join(bundle, "inputs.json"), JSON.stringify({ lengths, checksum }));
  writeFileSync(join(bundle, "program.js"), "");
  const modules = Object.entries(TEXTS).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  return { bundle, modules };
}

describe.each(["checkout", "node_modules"])("a bundle in %s", (folder) => {
  test("is taken where modules have the bytes that it was made of, whenever they were written", () => {
    const { bundle, modules } = built(folder);
    for (const path of modules) utimesSync(path, 4e9, 4e9);
    expect(bundledProgram(bundle)).toBe(pathToFileURL(join(bundle, "program.js")).href);
  });

  test.each([
    ["as many bytes", "export const one = 2;"],
    ["more bytes", "export const one = 1; // patched"],
    ["fewer bytes", "export {};"],
  ])("is not taken once a module has others: %s, at the same time", (_, text) => {
    const { bundle, modules } = built(folder);
    const { atime, mtime } = statSync(modules[0]!);
    writeFileSync(modules[0]!, text);
    utimesSync(modules[0]!, atime, mtime);
    expect(bundledProgram(bundle)).toBeUndefined();
  });

  test("is not taken once two modules have changed places", () => {
    const { bundle, modules } = built(folder);
    writeFileSync(modules[0]!, TEXTS["two.js"]);
    writeFileSync(modules[1]!, TEXTS["one.js"]);
    expect(bundledProgram(bundle)).toBeUndefined();
  });

  test("is not taken once a module has gone that it was made of", () => {
    const { bundle, modules } = built(folder);
    rmSync(modules[0]!);
    expect(bundledProgram(bundle)).toBeUndefined();
  });
});

test("where nothing was bundled there is none", () => {
  expect(bundledProgram("/nowhere")).toBeUndefined();
});
