import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { acceptResults } from "../../src/baseline/accept.ts";
import { writeBaselines } from "../../src/baseline/files/write.ts";
import { sealed } from "../../src/claim/evidence/digests.ts";
import { type Result, result as resultSchema } from "../../src/claim/result.ts";
import { poisoned } from "../dashboard/poison.ts";
import { fixtureResult } from "../golden/fixture-result.ts";
import { freshFolder, plateau } from "./recording-io.ts";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const RAW = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|^\s*::|##\[/m;
const NASTY =
  "\u001b[2J\u001b]0;owned\u0007\u009b31m\u202e\u0000\n::error::forged\n  ::set-output name=x::y\r##[error]forged";

/** A result, and baselines, whose free strings all try to move a cursor, write a title, hide text and command a runner. */
async function hostile(): Promise<{ readonly cwd: string; readonly result: Result }> {
  const cwd = freshFolder();
  const sound = await fixtureResult();
  const text = JSON.stringify(poisoned(resultSchema, sound)).replaceAll(
    "\\u001b[31m",
    JSON.stringify(NASTY).slice(1, -1),
  );
  const result = sealed(resultSchema.parse(JSON.parse(text)));
  mkdirSync(join(cwd, "bad"));
  writeFileSync(join(cwd, "bad/result.json"), JSON.stringify(result));
  const claims = sound.evidence.claims.slice(0, 3).map((claim) => ({ ...claim, title: NASTY }));
  const acceptable = { ...sound, evidence: { ...sound.evidence, claims } };
  await writeBaselines(join(cwd, "baselines"), acceptResults([acceptable], new Map(), { at: NASTY, reason: NASTY }));
  return { cwd, result };
}

const place = await hostile();

test.each([
  ["report", "bad"],
  ["report", "bad", "--verbose"],
  ["report", "bad", "--quiet"],
  ["report", "bad", "--format", "markdown"],
  ["report", "bad", "--format", "junit"],
  ["report", "bad", "--format", "summary"],
  ["report", "bad", "--format", "comment", "--baselines", "baselines"],
  ["report", "bad", "--json"],
  ["compare", "bad", "--baselines", "baselines"],
  ["compare", "bad", "--baselines", "baselines", "--format", "markdown"],
  ["compare", "bad", "--base", "bad", "--json"],
  ["export", "bad", "--format", "csv"],
  ["export", "bad", "--format", "json"],
  ["export", "bad", "--format", "csv", "--samples"],
  ["accept", "bad", "--reason", NASTY],
  ["merge", "bad", "--out", NASTY],
  ["report", NASTY],
  ["run", NASTY],
  [NASTY],
])("nothing of a hostile file or word reaches a terminal or a log raw: %j", async (...words) => {
  const { exit, stdout, stderr } = await plateau(words, { cwd: place.cwd });
  expect(stdout + stderr).not.toMatch(RAW);
  expect(stderr.length).toBeLessThan(2100);
  expect(exit).not.toBe(70);
});

test("what JSON says of it reads back as it was", async () => {
  const { stdout } = await plateau(["report", "bad", "--json"], { cwd: place.cwd });
  expect(JSON.parse(stdout)).toEqual(place.result);
});

test("annotations are commands, one a line, and hold no other", async () => {
  const { stdout } = await plateau(["report", "bad", "--format", "annotations"], { cwd: place.cwd });
  expect(stdout).toContain("::error ");
  for (const line of stdout.trimEnd().split("\n")) expect(line).toMatch(/^::(error|warning) [^:]*::[^\r\n]*$/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]|##\[/);
});
