import { describe, expect, test } from "vitest";
import { type Check, checksText, inShort } from "./checks-text.ts";

const cure = `bash ${"../".repeat(40)}a/folder/scripts/install-tensorflow.sh`;
const absent: Check = {
  ...{ name: "engine tensorflow", state: "absent", engine: "tensorflow", cure },
  detail: "engine tensorflow requires a package with its native library, got: none",
};
const works: Check = { name: "engine wasm", state: "works", engine: "wasm", detail: "x 1", versions: { wasm: "1" } };

describe.each([40, 80, 400])("what was looked at, at %i columns", (columns) => {
  test("is one line an engine, with the cure whole however long it is", () => {
    expect(checksText([absent, works].map(inShort), { columns, color: false })).toBe(
      `- absent  engine tensorflow  cure: ${cure}\n✓ works   engine wasm        1\n`,
    );
  });

  test("has the cure whole on a line of its own below the whole reason", () => {
    const lines = checksText([absent], { columns, color: false }).trimEnd().split("\n");
    expect(lines.at(-1)).toBe(`${" ".repeat(29)}cure: ${cure}`);
    expect(lines.slice(0, -1).join(" ").replace(/\s+/g, " ")).toBe(`- absent ${absent.name} ${absent.detail}`);
  });
});
