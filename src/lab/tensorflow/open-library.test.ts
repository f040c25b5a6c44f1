import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { UnsupportedError } from "../contract/engine.ts";
import { openLibrary } from "./open-library.ts";

const folder = mkdtempSync(join(tmpdir(), "plateau-tensorflow-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("where the package is missing, the error names it and the cure", () => {
  expect(() => openLibrary(join(folder, "engine.js"))).toThrow(UnsupportedError);
  expect(() => openLibrary(join(folder, "engine.js"))).toThrow(
    /requires @tensorflow\/tfjs-node with its native library \(scripts\/install-tensorflow\.sh brings it\), got: Cannot find module/,
  );
});

test("where the package is there without its addon, the error names the cure and what the package said", () => {
  const found = dirname(createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json"));
  const modules = dirname(dirname(found));
  const copy = join(folder, "bare", "node_modules");
  mkdirSync(join(copy, "@tensorflow", "tfjs-node"), { recursive: true });
  cpSync(join(found, "dist"), join(copy, "@tensorflow", "tfjs-node", "dist"), { recursive: true });
  cpSync(join(found, "package.json"), join(copy, "@tensorflow", "tfjs-node", "package.json"));
  const libraries = readdirSync(join(modules, "@tensorflow")).filter((name) => name !== "tfjs-node");
  for (const name of [
    ...libraries.map((library) => `@tensorflow/${library}`),
    "@mapbox",
    "google-protobuf",
    "progress",
  ]) {
    symlinkSync(join(modules, name), join(copy, name));
  }
  expect(() => openLibrary(join(folder, "bare", "engine.js"))).toThrow(UnsupportedError);
  expect(() => openLibrary(join(folder, "bare", "engine.js"))).toThrow(
    /\(scripts\/install-tensorflow\.sh brings it\), got: The Node.js native addon module \(tfjs_binding.node\) can not be found/,
  );
});
