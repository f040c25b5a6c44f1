import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { setUp } from "./set-up.ts";
import { guarded, type Step } from "./step.ts";

function stepIn(files: { readonly [name: string]: string }): { readonly step: Step; readonly said: string[] } {
  const cwd = mkdtempSync(join(tmpdir(), "plateau-set-up-"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const said: string[] = [];
  const env = { ...process.env, GITHUB_PATH: join(cwd, "path") };
  const time = { sleep: async () => undefined, now: () => new Date(0) };
  return { step: { ...{ env, cwd }, print: (line) => said.push(line), ...time, equalBytes: () => true }, said };
}

describe("setting up a project's own programs", () => {
  test("is nothing where there is no requirements.txt", async () => {
    const { step, said } = stepIn({});
    expect(await setUp(step)).toBe(0);
    expect(said.join()).toContain("no requirements.txt");
  });

  // what it makes where there is one: test/package/outside-author.test.ts
  test("is red where there is no python3", async () => {
    const { step, said } = stepIn({ "requirements.txt": "numpy\n" });
    expect(await guarded(setUp, { ...step, env: { PATH: step.cwd } })).toBe(2);
    expect(said.join()).toContain("python3 cannot be started");
  });
});
