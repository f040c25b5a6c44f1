import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isRunning } from "../run/files/atomic-file.ts";

/** A folder of this process for a purpose; those that killed processes left for the same one are taken away. */
export function temporaryFolder(purpose: string): string {
  for (const name of readdirSync(tmpdir())) {
    const [, of, pid] = /^plateau-([a-z]+)-(\d+)-\w{6}$/.exec(name) ?? [];
    if (of === purpose && !isRunning(Number(pid))) rmSync(join(tmpdir(), name), { recursive: true, force: true });
  }
  return mkdtempSync(join(tmpdir(), `plateau-${purpose}-${process.pid}-`));
}
