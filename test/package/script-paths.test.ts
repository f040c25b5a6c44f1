import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

const ROOT = new URL("../../", import.meta.url);

test.each([
  ["write-contents", ["--check"], "--check"],
  ["write-contents", [], "nothing"],
  ["write-contents", ["a.json", "b.json"], "a.json b.json"],
  ["write-api", ["--check"], "--check"],
] as const)("%s takes %j for no path and writes nothing", async (script, words, got) => {
  const { exitCode, stderr } = await execa(
    process.execPath,
    [fileURLToPath(new URL(`scripts/${script}.mjs`, ROOT)), ...words],
    { reject: false, cwd: fileURLToPath(ROOT) },
  );
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: `${script} requires one path to write to and has no options, got ${got}`,
  });
  for (const word of words) expect(existsSync(new URL(word, ROOT))).toBe(false);
});
