import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { JournalError } from "./journal-error.ts";
import { lockFolder } from "./lock.ts";

function folder(): string {
  return mkdtempSync(join(tmpdir(), "plateau-lock-"));
}

/** A number that no process has any more. */
function deadProcess(): number {
  return spawnSync("true").pid;
}

describe("a folder's lock", () => {
  test("excludes a second owner until it is released, and leaves no file", () => {
    const path = folder();
    const release = lockFolder(path);
    expect(() => lockFolder(path)).toThrow(JournalError);
    expect(() => lockFolder(path)).toThrow(`held by process ${process.pid}, which is still running`);
    release();
    lockFolder(path)();
    expect(readdirSync(path)).toEqual([]);
  });

  test("of a dead process is taken over", () => {
    const path = folder();
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: deadProcess(), host: hostname(), began: "1" }));
    const release = lockFolder(path);
    expect(JSON.parse(readFileSync(join(path, "lock"), "utf8")).pid).toBe(process.pid);
    release();
    expect(existsSync(join(path, "lock"))).toBe(false);
  });

  test("of a process whose number another one has now is taken over", () => {
    const path = folder();
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: process.pid, host: hostname(), began: "1" }));
    expect(() => lockFolder(path)()).not.toThrow();
  });

  test("that its writer did not finish is taken over", () => {
    const path = folder();
    writeFileSync(join(path, "lock"), '{"pid": 1');
    expect(() => lockFolder(path)()).not.toThrow();
  });

  test("of another machine is respected, since nobody can see from here whether it lives", () => {
    const path = folder();
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: 1, host: "elsewhere.invalid", began: null }));
    expect(() => lockFolder(path)).toThrow("held by process 1 on elsewhere.invalid");
  });
});
