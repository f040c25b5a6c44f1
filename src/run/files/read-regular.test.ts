import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRegular } from "./read-regular.ts";

describe("reading a regular file", () => {
  const folder = mkdtempSync(join(tmpdir(), "plateau-regular-"));
  const file = join(folder, "file");
  const pipe = join(folder, "pipe");
  writeFileSync(file, "bytes");
  execFileSync("mkfifo", [pipe]);

  test("gives its bytes", async () => expect((await readRegular(file)).toString()).toBe("bytes"));

  test.each([
    ["a pipe that nobody writes to", pipe, "it is a pipe or a device, needed a regular file"],
    ["a device", "/dev/zero", "it is a pipe or a device, needed a regular file"],
    ["a folder", folder, "it is a directory"],
    ["a file that is not there", join(folder, "none"), "ENOENT"],
  ])("refuses %s at once", async (_, path, message) => {
    await expect(readRegular(path)).rejects.toThrow(message);
  });

  test("refuses a file that is larger than allowed before it reads it", async () => {
    await expect(readRegular(file, 4)).rejects.toThrow("it has 5 bytes, needed at most 4");
  });
});
