import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readMeasuredMutants, readMutants } from "../../src/gate/mutants/mutant.ts";

const root = join(import.meta.dirname, "../..");
const mutants = readMutants(join(root, "test/mutants"));
const measured = readMeasuredMutants(readFileSync(join(root, "docs/mutants.json"), "utf8"));

test("the measured table has every mutant as it is now", () => {
  const described = measured.map(({ state: _, commit: _commit, ...mutant }) => mutant);
  expect(described).toEqual(mutants.map(({ from: _from, to: _to, ...mutant }) => mutant));
});

test("each was killed by what it names", () => {
  expect(measured.filter(({ state }) => state !== "killed")).toEqual([]);
});
