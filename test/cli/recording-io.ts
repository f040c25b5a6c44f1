import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { dispatch, type Surroundings } from "../../src/cli/dispatch.ts";
import type { ExitCode } from "../../src/report/exit-code.ts";

/** Suites whose claims come to all that a claim can come to. */
export const FIXTURE_ROOT = fileURLToPath(new URL("./fixtures/root", import.meta.url));

export interface Answer {
  readonly exit: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder that no other test knows. */
export function freshFolder(): string {
  return mkdtempSync(join(tmpdir(), "plateau-cli-"));
}

/** Runs a command line in this process, against the fixture suites, in a folder of its own unless told otherwise. */
export async function plateau(words: readonly string[], changes: Partial<Surroundings> = {}): Promise<Answer> {
  let stdout = "";
  let stderr = "";
  const io: Surroundings = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTTY: false,
    color: false,
    columns: 80,
    env: { PLATEAU_ROOT: FIXTURE_ROOT },
    cwd: changes.cwd ?? freshFolder(),
    now: () => new Date("2026-01-02T03:04:05.678Z"),
    signal: new AbortController().signal,
    ...changes,
  };
  const exit = await dispatch(words, io);
  return { exit, stdout, stderr };
}
