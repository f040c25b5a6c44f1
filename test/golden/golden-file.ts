import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";

/**
 * Compares text with `test/golden/expected/<name>`. A difference leaves `<name>.changed` beside it, to be looked at;
 * UPDATE_GOLDEN=1 makes it the expected one, never in CI.
 */
export function expectGolden(name: string, text: string): void {
  const path = fileURLToPath(new URL(`./expected/${name}`, import.meta.url));
  const changed = `${path}.changed`;
  if (process.env["UPDATE_GOLDEN"] === "1") {
    if (process.env["CI"]) throw new Error("golden files are not updated in CI");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  const expected = read(path);
  if (expected === text) rmSync(changed, { force: true });
  else writeFileSync(changed, text);
  expect(text, `${name} differs; see ${changed}, and set UPDATE_GOLDEN=1 if it is meant`).toBe(expected);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
