import { existsSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { MAIN, plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder } from "./recording-io.ts";

const env = { PLATEAU_ROOT: FIXTURE_ROOT };

function shell(command: string, cwd = freshFolder()) {
  return execa("bash", ["-o", "pipefail", "-c", command], { cwd, env: { ...env, MAIN }, reject: false });
}

// a device that is always full; other systems have none
describe.runIf(existsSync("/dev/full"))("a standard output on a full disk", () => {
  test.each(["--help", "list", "sample holds --set depth=4 --set init=he --replicates 100000 --csv"])(
    "is said in one line, exit 2, for %s",
    async (words) => {
      const { exitCode, stderr } = await shell(`node "$MAIN" ${words} > /dev/full`);
      expect(stderr).toMatch(/^plateau: standard output could not be written: ENOSPC: no space left on device, write$/);
      expect(exitCode).toBe(2);
    },
  );

  test("loses nothing that a run has computed", async () => {
    const cwd = freshFolder();
    const { exitCode, stderr } = await shell('node "$MAIN" run holds > /dev/full', cwd);
    expect(stderr).toMatch(/finished in .*result\.json\nplateau: standard output could not be written/);
    expect(exitCode).toBe(2);
    const again = await plateauProcess(["report"], { cwd });
    expect(again.stdout).toContain("1 claim: 1 supported");
  });
});

test("a reader that has seen enough ends it quietly", async () => {
  const { exitCode, stdout, stderr } = await shell(
    'node "$MAIN" sample holds --set depth=4 --set init=he --replicates 200000 --csv | head -2',
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout.split("\n")).toHaveLength(2);
});

test("all of a long output arrives in a pipe", async () => {
  const { stdout } = await shell(
    'node "$MAIN" sample holds --set depth=4 --set init=he --replicates 50000 --csv | (sleep 0.3; wc -l)',
  );
  expect(stdout.trim()).toBe("50001");
});

describe("colour", () => {
  const sequence = "\u001b[";

  test.each([
    ["is off where nobody looks", {}, false],
    ["is forced by FORCE_COLOR", { FORCE_COLOR: "1" }, true],
    ["is refused by NO_COLOR whatever else is set", { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    ["is left alone by an empty NO_COLOR", { FORCE_COLOR: "1", NO_COLOR: "" }, true],
  ])("%s", async (_, changes, colored) => {
    const { stdout } = await plateauProcess(["list"], { env: changes });
    expect(stdout.includes(sequence)).toBe(colored);
  });
});

test("a log has a line an event and no control characters; the table alone is on stdout", async () => {
  const { stdout, stderr } = await plateauProcess(["run", "stays-undecided", "holds", "--out", "out"]);
  expect(stderr).toMatch(/^planned 2 claims, 4 arms, \d+ cells, /);
  expect(stderr).toMatch(/\n\? undecided: demo\/behaviour\/stays-undecided\n/);
  expect(stderr).toMatch(/\n✓ holds: demo\/behaviour\/holds\n/);
  expect(stderr).toMatch(/\nfinished in \d+\.\d s: .*result\.json$/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  expect(stdout).toMatch(/^What a claim can come to\n/);
  expect(stdout).toContain(`Result file: ${join("out", "result.json")}`);
});
