import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
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

  // one with no package asks no registry
  test("makes a Python that later steps find first", async () => {
    const { step } = stepIn({ "requirements.txt": "# nothing yet\n" });
    expect(await setUp(step)).toBe(0);
    const bin = readFileSync(join(step.cwd, "path"), "utf8").trim();
    const { stdout } = await execa(join(bin, "python3"), ["-c", "import sys; print(sys.prefix)"]);
    expect(stdout).toBe(join(step.cwd, ".plateau/python"));
  });

  test("is red where there is no python3", async () => {
    const { step, said } = stepIn({ "requirements.txt": "numpy\n" });
    expect(await guarded(setUp, { ...step, env: { PATH: step.cwd } })).toBe(2);
    expect(said.join()).toContain("python3 cannot be started");
  });
});
