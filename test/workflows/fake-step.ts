import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Step } from "../../src/gate/step.ts";

export interface FakeStep extends Step {
  readonly lines: readonly string[];
  readonly pauses: readonly number[];
  readonly summary: () => string;
  readonly output: () => string;
}

/** A step in a folder of its own with the files that GitHub gives one; time passes at once. */
export function fakeStep(event: unknown, env: Step["env"] = {}): FakeStep {
  const cwd = mkdtempSync(join(tmpdir(), "plateau-step-"));
  const file = (name: string, text: string) => {
    writeFileSync(join(cwd, name), text);
    return join(cwd, name);
  };
  const lines: string[] = [];
  const pauses: number[] = [];
  return {
    env: {
      GITHUB_EVENT_PATH: file("event.json", JSON.stringify(event)),
      GITHUB_STEP_SUMMARY: file("summary.md", ""),
      GITHUB_OUTPUT: file("output", ""),
      GITHUB_REPOSITORY: "someone/plateau",
      GITHUB_TOKEN: "secret-token",
      ...env,
    },
    cwd,
    print: (line) => lines.push(line),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    now: () => new Date("2026-01-02T03:04:05.000Z"),
    equalBytes: (one, other) => one === other,
    lines,
    pauses,
    summary: () => readFileSync(join(cwd, "summary.md"), "utf8"),
    output: () => readFileSync(join(cwd, "output"), "utf8"),
  };
}
