import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
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
  test("excludes a second owner until it is released, and leaves no file", async () => {
    const path = folder();
    const release = await lockFolder(path);
    await expect(lockFolder(path)).rejects.toThrow(JournalError);
    await expect(lockFolder(path)).rejects.toThrow(`held by process ${process.pid}, which is still running`);
    release();
    (await lockFolder(path))();
    expect(readdirSync(path)).toEqual([]);
  });

  test("of a dead process is taken over", async () => {
    const path = folder();
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: deadProcess(), host: hostname(), began: "1" }));
    const release = await lockFolder(path);
    expect(JSON.parse(readFileSync(join(path, "lock"), "utf8")).pid).toBe(process.pid);
    release();
    expect(existsSync(join(path, "lock"))).toBe(false);
  });

  test("of a process whose number another one has now is taken over", async () => {
    const path = folder();
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: process.pid, host: hostname(), began: "1" }));
    (await lockFolder(path))();
    expect(readdirSync(path)).toEqual([]);
  });

  test("that its writer did not finish is taken over", async () => {
    const path = folder();
    writeFileSync(join(path, "lock"), '{"pid": 1');
    (await lockFolder(path))();
    expect(readdirSync(path)).toEqual([]);
  });

  test("of another machine is respected, since nobody can see from here whether it lives", async () => {
    const path = folder();
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: 1, host: "elsewhere.invalid", began: null }));
    await expect(lockFolder(path)).rejects.toThrow("held by process 1 on elsewhere.invalid");
  });

  test.each([
    ["another process namespace", { space: "b9d9cc9f pid:[1]" }],
    ["a system that tells no namespace", { space: null }],
  ])("of %s under the same host name is respected: its process numbers mean nothing here", async (_, space) => {
    const path = folder();
    const owner = { pid: process.pid, host: hostname(), began: "1", ...space };
    writeFileSync(join(path, "lock"), JSON.stringify(owner));
    await expect(lockFolder(path)).rejects.toThrow(`on another container or boot of ${hostname()}: wait for it`);
  });

  test("of a process that ends within two seconds is waited for, and of a zombie is taken over", async () => {
    const path = folder();
    const dying = spawn("sleep", ["0.5"]);
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: dying.pid, host: hostname(), began: null }));
    (await lockFolder(path))();

    const parent = spawn("bash", ["-c", "true & echo $!; exec sleep 60"]);
    const zombie = Number(String((await once(parent.stdout, "data"))[0]));
    writeFileSync(join(path, "lock"), JSON.stringify({ pid: zombie, host: hostname(), began: null }));
    (await lockFolder(path))();
    parent.kill("SIGKILL");
    expect(readdirSync(path)).toEqual([]);
  });
});
