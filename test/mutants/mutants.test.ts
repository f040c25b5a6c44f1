import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMutants } from "../../src/gate/mutants/mutant.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { readProject } from "../../src/project/project.ts";

const root = join(import.meta.dirname, "../..");
const mutants = readMutants(join(root, "test/mutants"));

test.each(mutants)("$id can be planted: its text stands once in $file", ({ file, from, to }) => {
  expect(readFileSync(join(root, file), "utf8").split(from)).toHaveLength(2);
  expect(to).not.toBe(from);
});

test.each(mutants)("$id names a claim or a file of tests that there is", ({ killer }) => {
  const file = "claim" in killer ? join("suites", `${killer.claim}.claim.ts`) : killer.test;
  expect(existsSync(join(root, file))).toBe(true);
});

test("every operation of an engine has a mutant: something that knows the right value sees a fault of it", () => {
  const operations = Object.keys(reference).filter((name) => name !== "name" && name !== "versions");
  const guarded = new Set(mutants.map(({ guards }) => guards));
  expect(operations.filter((operation) => !guarded.has(operation))).toEqual([]);
});

test("a build is named for every folder in which one is planted and a claim looks", () => {
  const { builds } = readProject(root).mutants!;
  const compiled = mutants.filter(({ killer, file }) => "claim" in killer || /^(kernels|native)\//.test(file));
  const missing = compiled.filter(
    ({ file }) => !builds.some(({ under }) => under.some((folder) => file.startsWith(folder))),
  );
  expect(missing.map(({ id }) => id)).toEqual([]);
});
