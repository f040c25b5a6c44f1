import { cpSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { freshFolder, runChild } from "./fixture-run.ts";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The compiled tree and the fixtures, to be edited. */
function copyOfTree(): string {
  const copy = freshFolder();
  for (const folder of ["dist/src", "dist/vendor", "test/run/fixtures"]) {
    cpSync(join(repository, folder), join(copy, folder), { recursive: true });
  }
  cpSync(join(repository, "package.json"), join(copy, "package.json"));
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  return copy;
}

function edit(path: string, before: string, after: string): void {
  const text = readFileSync(path, "utf8");
  expect(text).toContain(before);
  writeFileSync(path, text.replace(before, after));
}

test("a change to what an experiment or the engine imports is never answered with stored samples", async () => {
  const tree = copyOfTree();
  const child = join(tree, "test/run/fixtures/run-child.js");
  const store = join(tree, "store");
  const options = (out: string) => ({ suite: "sound", store, out: join(tree, out) });
  const first = await runChild(options("first"), child);
  const again = await runChild(options("again"), child);
  expect([again.computed, again.evidence]).toEqual([0, first.evidence]);

  edit(join(tree, "test/run/fixtures/benchmarks/scale.js"), "value * 1", "value * 1.5");
  const changed = await runChild(options("changed"), child);
  expect(changed.found).toBe(0);
  expect(changed.evidence).not.toBe(first.evidence);

  edit(join(tree, "dist/src/numerics/matrix.js"), "export", "/* changed */ export");
  const engineChanged = await runChild(options("engine"), child);
  expect([engineChanged.found, engineChanged.evidence]).toEqual([0, changed.evidence]);

  edit(join(tree, "test/run/fixtures/benchmarks/scale.js"), "value * 1.5", "value * 1");
  edit(join(tree, "dist/src/numerics/matrix.js"), "/* changed */ export", "export");
  const back = await runChild(options("back"), child);
  expect([back.computed, back.evidence]).toEqual([0, first.evidence]);
}, 120_000);

test("a resumed run is refused when the code has changed", async () => {
  const tree = copyOfTree();
  const child = join(tree, "test/run/fixtures/run-child.js");
  const options = { suite: "sound", store: join(tree, "store"), out: join(tree, "out"), resume: true };
  await runChild(options, child);
  edit(join(tree, "test/run/fixtures/benchmarks/scale.js"), "value * 1", "value * 2");
  const { error, message } = await runChild(options, child);
  expect(error).toBe("JournalError");
  expect(message).toContain("code of experiment shifted-gaussian has changed since");
}, 120_000);
