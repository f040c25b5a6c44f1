import { expect, test } from "vitest";
import { plateau } from "../cli/recording-io.ts";
import { expectGolden } from "./golden-file.ts";

const COMMANDS = ["init", "list", "plan", "run", "merge", "sample", "report", "import", "export", "dashboard", "compare", "speed", "accept", "calibrate", "store", "ci", "doctor"];

test("the overview names every command and is as in help.txt", async () => {
  const { exit, stdout } = await plateau(["--help"]);
  expect(exit).toBe(0);
  for (const command of COMMANDS) expect(stdout).toContain(`  ${command} `);
  expectGolden("help.txt", stdout);
});

test.each(COMMANDS)("help of %s shows examples and is as in its file", async (command) => {
  const { exit, stdout } = await plateau([command, "--help"]);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^Examples:\n {2}plateau /m);
  expectGolden(`help-${command}.txt`, stdout);
});

test.each([
  ["list.txt", ["list"]],
  ["sample.txt", ["sample", "holds", "--set", "depth=5", "--set", "init=he", "--replicates", "64", "--engine", "wasm"]],
  ["sample.csv", ["sample", "holds", "--set", "depth=5", "--set", "init=he", "--replicates", "3", "--csv"]],
])("%s is what the fixture suite gives", async (name, words) => {
  const { exit, stdout } = await plateau(words);
  expect(exit).toBe(0);
  expectGolden(name, stdout);
});
