import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { gpuLease } from "./gpu-lease.ts";

const MODULE = pathToFileURL(join(import.meta.dirname, "../../../dist/src/run/program/gpu-lease.js")).href;

/** A process that has the lease of a folder three times for a moment, and notes when; `dies` with it. */
function holder(folder: string, notes: string, dies = false) {
  const script = `
    import { appendFileSync } from "node:fs";
    const { gpuLease } = await import(${JSON.stringify(MODULE)});
    const lease = gpuLease({ signal: new AbortController().signal, beforeRelease: () => undefined, folder: process.argv[1] });
    for (let turn = 0; turn < 3; turn++) {
      await lease.held(async () => {
        appendFileSync(process.argv[2], "begin\\n");
        if (${dies}) process.kill(process.pid, "SIGKILL");
        await new Promise((resolve) => setTimeout(resolve, 30));
        appendFileSync(process.argv[2], "end\\n");
      });
    }
    lease.release();`;
  return spawn(process.execPath, ["--input-type=module", "-e", script, folder, notes], { stdio: "inherit" });
}

const freshFolder = () => mkdtempSync(join(tmpdir(), "plateau-lease-"));

test("two processes have the GPU one after the other; one that was killed has it no longer", async () => {
  const [folder, notes] = [freshFolder(), join(freshFolder(), "notes")];
  writeFileSync(notes, "");
  await once(holder(folder, notes, true), "close");
  await Promise.all([once(holder(folder, notes), "close"), once(holder(folder, notes), "close")]);
  const told = readFileSync(notes, "utf8").trim().split("\n");
  expect(told).toEqual(["begin", ...Array.from({ length: 6 }, () => ["begin", "end"]).flat()]);
});

test("whoever waits for the GPU stops waiting at Ctrl-C", async () => {
  const folder = freshFolder();
  const stop = new AbortController();
  const first = gpuLease({ signal: new AbortController().signal, beforeRelease: () => undefined, folder });
  await first.held(async () => undefined);
  const second = gpuLease({ signal: stop.signal, beforeRelease: () => undefined, folder });
  const waiting = second.held(async () => "had it");
  stop.abort(new Error("interrupted"));
  await expect(waiting).rejects.toThrow("interrupted");
  first.release();
});
