import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { bundledProgram } from "../../src/cli/process/bundled-program.ts";
import { codeFiles } from "../../src/run/files/code/code-hash.ts";

const DIST = new URL("../../dist/", import.meta.url);
const { lengths } = JSON.parse(readFileSync(new URL("bundle/inputs.json", DIST), "utf8")) as {
  readonly lengths: Readonly<Record<string, number>>;
};
const inputs = Object.keys(lengths).map((path) => fileURLToPath(new URL(path, new URL("bundle/", DIST))));

test("the command line of a build is its bundle, with the judges and the worker's program in it", () => {
  expect(bundledProgram(fileURLToPath(new URL("bundle", DIST)))).toBe(new URL("bundle/program.js", DIST).href);
  for (const path of ["src/run/run.js", "src/statistics/decide.js", "src/run/sample/worker.js"])
    expect(inputs).toContain(fileURLToPath(new URL(path, DIST)));
});

test.each(["src/index.js", "src/lab/index.js"])(
  "what an author imports by %s is there once: none of it is in the bundle too",
  (door) => {
    const files = codeFiles(new URL(door, DIST).href);
    expect(files.length).toBeGreaterThan(20);
    expect(files.filter((path) => inputs.includes(path))).toEqual([]);
  },
);
