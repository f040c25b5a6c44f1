import { existsSync, mkdirSync, mkdtempSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { prunable, removeStored, storedFiles } from "./prune-store.ts";
import { openStore } from "./store.ts";

const KEYS = ["a", "b", "c"].map((letter) => letter.repeat(64));

/** Three keys of one range each, written a day apart; 32 bytes of digest and 80 of numbers a file. */
async function filled(): Promise<string> {
  const root = mkdtempSync(join(tmpdir(), "plateau-prune-"));
  const store = await openStore(root);
  for (const [day, key] of KEYS.entries()) {
    await store.write(key, { first: 0, count: 10 }, new Float64Array(10));
    utimesSync(join(root, key.slice(0, 2), key, "0+10.f64"), day * 86_400, day * 86_400);
  }
  return root;
}

const letters = (files: readonly { readonly key: string }[]) => files.map(({ key }) => key[0]).join("");

describe("a store's files", () => {
  test("are told from the oldest on, and nothing that is not a sample", async () => {
    const root = await filled();
    mkdirSync(join(root, "data"));
    writeFileSync(join(root, "data", "digits.bytes"), "");
    writeFileSync(join(root, "aa", "notes.txt"), "");
    expect(storedFiles(root).map(({ key, bytes }) => [key[0], bytes])).toEqual([
      ["a", 112],
      ["b", 112],
      ["c", 112],
    ]);
    expect(storedFiles(join(root, "nowhere"))).toEqual([]);
  });

  test.each([
    ["by age", { before: 86_400_000 }, "a"],
    ["by size", { most: 250 }, "a"],
    ["by size, down to nothing", { most: 0 }, "abc"],
    ["by both", { before: 86_400_000, most: 112 }, "ab"],
    ["by neither", {}, ""],
    ["but for those that are kept", { most: 0, isKept: ({ key }: { key: string }) => key.startsWith("b") }, "ac"],
  ])("are let go %s", async (_, rule, gone) => {
    expect(letters(prunable(storedFiles(await filled()), rule))).toBe(gone);
  });

  test("are deleted with the folders that become empty, and what is left is read as before", async () => {
    const root = await filled();
    removeStored(prunable(storedFiles(root), { most: 112 }));
    expect(letters(storedFiles(root))).toBe("c");
    expect(existsSync(join(root, "aa"))).toBe(false);
    expect(await (await openStore(root)).read(KEYS[2]!, { first: 0, count: 10 }, 1)).toEqual(new Float64Array(10));
  });
});
