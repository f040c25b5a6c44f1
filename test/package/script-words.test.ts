import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { describe, expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);

const run = (script: string, words: readonly string[]) =>
  execa(process.execPath, [fileURLToPath(new URL(script, ROOT)), ...words], {
    reject: false,
    cwd: fileURLToPath(ROOT),
  });

/** Each script that people run, with a word or an option that it does not take. */
const WRONG: readonly (readonly [script: string, words: readonly string[], got: string])[] = [
  ["scripts/write-contents.mjs", ["--check"], "a wrong option (Unknown option '--check')"],
  ["scripts/write-contents.mjs", [], "nothing"],
  ["scripts/write-contents.mjs", ["a.json", "b.json"], "one word too many, b.json"],
  ["scripts/write-api.mjs", ["--check"], "a wrong option (Unknown option '--check')"],
  ["scripts/write-coverage.mjs", ["--chek"], "a wrong option (Unknown option '--chek')"],
  ["scripts/write-sizes.mjs", ["check"], "one word too many, check"],
  ["scripts/write-kernel-functions.mjs", ["--chek"], "a wrong option (Unknown option '--chek')"],
  ["scripts/write-schemas.mjs", ["--check"], "a wrong option (Unknown option '--check')"],
  ["scripts/release.mjs", ["--dry-run"], "a wrong option (Unknown option '--dry-run')"],
  ["scripts/lint-workflows.mjs", ["a"], "one word too many, a"],
  ["scripts/install-openblas.mjs", ["a"], "one word too many, a"],
  ["scripts/install-browser.mjs", ["a"], "one word too many, a"],
  ["scripts/build-native.mjs", ["gcc"], "one word too many, gcc"],
  ["scripts/count-tests.mjs", ["a"], "one word too many, a"],
  ["scripts/test-native.mjs", ["no-such-compiler"], "no-such-compiler, which does not run"],
  ["scripts/count-computable.mjs", ["abacus"], "abacus, which is none of reference native"],
  ["scripts/count-computable.mjs", ["wasm", "x"], "x seconds, which are not from 0 to 86400"],
  ["scripts/count-computable.mjs", ["wasm", "1", "all"], "all, which is none of smallest every"],
  ["scripts/training/tune-rates.mjs", ["suites/none"], "suites/none, which has no arms.ts"],
  ["scripts/training/record-curves.mjs", ["suites/orvieto2021/training", "sgdd"], "sgdd, which is none of"],
  ["scripts/pictures/record-pictures.mjs", ["suites/none"], "suites/none, which has no escape/chains.ts"],
  ["dashboard/build.mjs", [], "nothing"],
  ["dashboard/build.mjs", ["bild"], "bild, which is none of build preview"],
  ["dashboard/build.mjs", ["build", "--otu", "x"], "a wrong option (Unknown option '--otu')"],
  ["dashboard/build.mjs", ["build", "--port", "1"], "--port 1 for a build"],
  ["dashboard/serve.mjs", ["x"], "x, which is no port from 0 to 65535"],
  ["dashboard/serve.mjs", ["0", "src"], "src, which holds no built site"],
  ["dashboard/measure.mjs", ["src"], "src, which holds no page"],
];

describe("a script that is asked for what it has not", () => {
  test.concurrent.each(WRONG)(
    "%s %j does nothing, says what it got and needed, and ends with status 2",
    async (script, words, got) => {
      const { exitCode, stderr, stdout } = await run(script, words);
      const name = script.slice(script.lastIndexOf("/") + 1);
      expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
      expect(stderr).toMatch(/^[^\n]+$/);
      expect(stderr.startsWith(`${name} got ${got}`)).toBe(true);
      expect(stderr).toContain(`, needed: ${name}`);
      expect(words.filter((word) => /^--|\.json$/.test(word) && existsSync(new URL(word, ROOT)))).toEqual([]);
    },
  );

  test.each([...new Set(WRONG.map(([script]) => script))])("%s says with --help how it is used", async (script) => {
    const { exitCode, stdout } = await run(script, ["--help"]);
    expect({ exitCode, name: stdout.split(/[ ,]/)[0] }).toEqual({
      exitCode: 0,
      name: script.slice(script.lastIndexOf("/") + 1),
    });
  });
});
