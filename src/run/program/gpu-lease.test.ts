import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { gpuLease } from "./gpu-lease.ts";

const MODULE = pathToFileURL(join(import.meta.dirname, "../../../dist/src/run/program/gpu-lease.js")).href;

/** A process that has the lease of that name three times for a moment, and notes when; `dies` with it. */
function holder(name: string, notes: string, dies = false) {
  const script = `
    import { appendFileSync } from "node:fs";
    const { gpuLease } = await import(${JSON.stringify(MODULE)});
    const lease = gpuLease({ signal: new AbortController().signal, beforeRelease: () => undefined, name: process.argv[1] });
    for (let turn = 0; turn < 3; turn++) {
      await lease.held(async () => {
        appendFileSync(process.argv[2], "begin\\n");
        if (${dies}) process.kill(process.pid, "SIGKILL");
        await new Promise((resolve) => setTimeout(resolve, 30));
        appendFileSync(process.argv[2], "end\\n");
      });
    }
    lease.release();`;
  return spawn(process.execPath, ["--input-type=module", "-e", script, name, notes], { stdio: "inherit" });
}

const freshName = () => `plateau-test-${randomUUID()}`;

test("two processes have the GPU one after the other; one that was killed has it no longer", async () => {
  const name = freshName();
  const notes = join(mkdtempSync(join(tmpdir(), "plateau-lease-")), "notes");
  writeFileSync(notes, "");
  await once(holder(name, notes, true), "close");
  await Promise.all([once(holder(name, notes), "close"), once(holder(name, notes), "close")]);
  const told = readFileSync(notes, "utf8").trim().split("\n");
  expect(told).toEqual(["begin", ...Array.from({ length: 6 }, () => ["begin", "end"]).flat()]);
});

test("whoever waits for the GPU stops waiting at Ctrl-C", async () => {
  const name = freshName();
  const stop = new AbortController();
  const first = gpuLease({ signal: new AbortController().signal, beforeRelease: () => undefined, name });
  await first.held(async () => undefined);
  const second = gpuLease({ signal: stop.signal, beforeRelease: () => undefined, name });
  const waiting = second.held(async () => "had it");
  stop.abort(new Error("interrupted"));
  await expect(waiting).rejects.toThrow("interrupted");
  first.release();
});
