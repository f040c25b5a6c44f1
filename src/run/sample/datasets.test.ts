import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DatasetError, type NamedInput } from "../../claim/named-input.ts";
import { loadDataset } from "./datasets.ts";

const IMAGES = Float64Array.of(0.5, 0.25, 1, 0);
const LABELS = Uint8Array.of(1, 0);
const DIGEST = createHash("sha256").update(new Uint8Array(IMAGES.buffer)).update(LABELS).digest("hex");

/** Two pictures of two pixels as quarters, and how often they were read. */
function quarters(digest = DIGEST): NamedInput & { readonly loads: () => number } {
  let loads = 0;
  return {
    ...{ name: "quarters", digest, loads: () => loads },
    load: async () => {
      loads++;
      return Uint8Array.of(2, 1, 4, 0);
    },
    decode: (bytes) => {
      if (bytes.length !== 4) throw new DatasetError(`quarters require 4 pixels, got ${bytes.length}`);
      return { width: 2, classes: 2, images: Float64Array.from(bytes, (pixel) => pixel / 4), labels: LABELS };
    },
  };
}

const folder = () => mkdtempSync(join(tmpdir(), "plateau-data-"));

test("data are read once, checked against their digest and kept for the next time", async () => {
  const [cache, input] = [folder(), quarters()];
  const first = await loadDataset(input, cache);
  expect(first).toMatchObject({ name: "quarters", digest: DIGEST, width: 2, classes: 2 });
  expect([...first.images, ...first.labels]).toEqual([...IMAGES, ...LABELS]);
  expect(await loadDataset(input, cache)).toEqual(first);
  expect(input.loads()).toBe(1);
});

test.each([
  ["damaged", (path: string) => writeFileSync(path, readFileSync(path).fill(3))],
  ["cut short", (path: string) => truncateSync(path, 3)],
])("kept data that are %s are read anew, and kept again", async (_, spoil) => {
  const [cache, input] = [folder(), quarters()];
  await loadDataset(input, cache);
  const kept = join(cache, readdirSync(cache)[0]!);
  spoil(kept);
  expect((await loadDataset(input, cache)).digest).toBe(DIGEST);
  expect(input.loads()).toBe(2);
  expect([...readFileSync(kept)]).toEqual([2, 1, 4, 0]);
});

test("data of another digest are refused, with both, and not kept", async () => {
  const cache = folder();
  const loading = loadDataset(quarters("0".repeat(64)), cache);
  await expect(loading).rejects.toThrow(DatasetError);
  await expect(loading).rejects.toThrow(`data set quarters requires the digest ${"0".repeat(64)}, got ${DIGEST}`);
  expect(readdirSync(cache)).toEqual([]);
});

test.each([
  [
    "an error of its own",
    new TypeError("points are on no disk"),
    "data set quarters cannot be loaded: points are on no disk",
  ],
  ["the project's", new DatasetError("quarters are not here"), "quarters are not here"],
])("data whose load throws %s are said to be missing, in a DatasetError", async (_, thrown, message) => {
  const loading = loadDataset({ ...quarters(), load: () => Promise.reject(thrown) }, folder());
  await expect(loading).rejects.toThrow(DatasetError);
  await expect(loading).rejects.toThrow(message);
});
