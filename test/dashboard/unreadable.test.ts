import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";

const REPOSITORY = join(import.meta.dirname, "../..");

test("a build of a result that was torn, started in any folder, ends with one line that names the file, and exit code 2", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-torn-"));
  const path = join(folder, "result.json");
  writeFileSync(path, '{"schema": ');
  const { exitCode, all } = await execa(
    "node",
    [join(REPOSITORY, "dashboard/build.mjs"), "build", "--out", join(folder, "site"), "--work", join(folder, "work")],
    { cwd: folder, all: true, reject: false, env: { PLATEAU_RESULT: path, PLATEAU_ROOT: REPOSITORY } },
  );
  expect(all.split("\n")).toHaveLength(1);
  expect(all).toMatch(/^the dashboard was not built: .*JSON/);
  expect(all).toContain(path);
  expect(exitCode).toBe(2);
});
