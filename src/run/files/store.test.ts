import { chmodSync, mkdtempSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openStore, StoreError } from "./store.ts";

const KEY = "ab".repeat(32);
const range = { first: 64, count: 3 };
const values = Float64Array.of(1, -Number.POSITIVE_INFINITY, -0, 4, 5e-324, 6);

function folder(): string {
  return mkdtempSync(join(tmpdir(), "plateau-store-"));
}

function chunkPath(root: string): string {
  return join(root, "ab", KEY, "64+3.f64");
}

describe("a sample store", () => {
  test("gives back what was written, bit by bit, and lists its ranges in order", async () => {
    const store = await openStore(folder());
    await store.write(KEY, range, values);
    await store.write(KEY, { first: 0, count: 64 }, new Float64Array(128));
    expect(await store.ranges(KEY)).toEqual([{ first: 0, count: 64 }, range]);
    const read = await store.read(KEY, range, 2);
    expect(new Uint8Array(read!.buffer)).toEqual(new Uint8Array(values.buffer));
  });

  test("knows nothing of other keys", async () => {
    const store = await openStore(folder());
    expect(await store.ranges("cd".repeat(32))).toEqual([]);
    expect(await store.read("cd".repeat(32), range, 2)).toBeUndefined();
  });

  const damages: readonly (readonly [string, (bytes: Buffer) => Uint8Array])[] = [
    ["cut at the end", (bytes) => bytes.subarray(0, -1)],
    ["cut by a whole number", (bytes) => bytes.subarray(0, -8)],
    ["longer than it was", (bytes) => Buffer.concat([bytes, bytes])],
    ["empty", () => new Uint8Array()],
    ["changed in one bit of its samples", (bytes) => bytes.with(40, bytes[40]! ^ 1)],
    ["changed in one bit of its digest", (bytes) => bytes.with(0, bytes[0]! ^ 128)],
  ];
  test.each(damages)("does not give a file that is %s", async (_, damage) => {
    const root = folder();
    const store = await openStore(root);
    await store.write(KEY, range, values);
    writeFileSync(chunkPath(root), damage(readFileSync(chunkPath(root))));
    expect(await store.read(KEY, range, 2)).toBeUndefined();
  });

  test("does not give a file that was renamed to another range of the same length", async () => {
    const root = folder();
    const store = await openStore(root);
    await store.write(KEY, range, values);
    renameSync(chunkPath(root), chunkPath(root).replace("64+3", "0+3"));
    expect(await store.read(KEY, { first: 0, count: 3 }, 2)).toBeUndefined();
  });

  test("takes many writers of one range and leaves nothing temporary behind", async () => {
    const root = folder();
    const stores = await Promise.all(Array.from({ length: 8 }, () => openStore(root)));
    await Promise.all(stores.map((store) => store.write(KEY, range, values)));
    expect(readdirSync(join(root, "ab", KEY))).toEqual(["64+3.f64"]);
    expect(await stores[0]!.read(KEY, range, 2)).toEqual(values);
  });

  test("in a place that is no folder is a StoreError that names it", async () => {
    const path = join(folder(), "file");
    writeFileSync(path, "");
    const opened = openStore(join(path, "store"));
    await expect(opened).rejects.toThrow(StoreError);
    await expect(opened).rejects.toThrow(
      `sample store ${join(path, "store")} requires a directory to read and write: a part of the path is not a directory`,
    );
  });
});

describe("a store that others use as well", () => {
  test("gives its own permissions to the folders in it", async () => {
    const root = folder();
    chmodSync(root, 0o2775);
    await (await openStore(root)).write(KEY, range, values);
    for (const path of [join(root, "ab"), join(root, "ab", KEY)]) expect(statSync(path).mode & 0o7777).toBe(0o2775);
  });
});
