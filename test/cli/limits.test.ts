import { execa } from "execa";
import { expect, test } from "vitest";
import { MAIN } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder } from "./recording-io.ts";

/** A command in a shell whose processes may open so many files. */
function withFiles(limit: number, words: readonly string[]) {
  const script = `ulimit -n ${limit} && exec "$0" "$@"`;
  return execa("/bin/bash", ["-c", script, process.execPath, MAIN, ...words], {
    cwd: freshFolder(),
    env: { PLATEAU_ROOT: FIXTURE_ROOT, CI: undefined },
    reject: false,
  });
}

// below twenty Node itself cannot begin
test.each([24, 32, 64, 127])("at most %i open files are too few: one sentence, status 2", async (limit) => {
  for (const words of [["report"], ["run", "holds"]]) {
    const { exitCode, stderr } = await withFiles(limit, words);
    expect(stderr).toMatch(/^plateau: this process may open (\d+|no more) files \(ulimit -n\), needed 128 or more/);
    expect(exitCode).toBe(2);
  }
});

test("128 open files are enough for a run with two workers", async () => {
  const { exitCode, stderr } = await withFiles(128, ["run", "holds", "--workers", "2"]);
  expect(exitCode, stderr).toBe(0);
});
