import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFolders } from "./make-folders.ts";

const scratch = () => mkdtempSync(join(tmpdir(), "plateau-folders-"));

describe("folders", () => {
  test("are made with those around them, and again without harm", () => {
    const path = join(scratch(), "a/b/c");
    makeFolders(path);
    makeFolders(path);
    expect(existsSync(path)).toBe(true);
  });

  test.each([
    ["under a file", (folder: string) => join(folder, "file", "below"), "ENOTDIR"],
    ["where a file is", (folder: string) => join(folder, "file"), "EEXIST"],
    ["in a place where nothing can be made", () => "/proc/nowhere/deep", "ENOENT"],
  ])("%s are refused with the system's reason, and at once", (_, pathIn, code) => {
    const folder = scratch();
    writeFileSync(join(folder, "file"), "");
    expect(() => makeFolders(pathIn(folder))).toThrow(expect.objectContaining({ code }));
  });
});
