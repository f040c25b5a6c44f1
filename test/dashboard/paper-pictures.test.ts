import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { HeatPicture } from "../../dashboard/browser/pictures/paper-picture.ts";
import { readPaperPictures } from "../../dashboard/site/sources/paper-pictures.ts";
import { paperPictureCsv } from "../../dashboard/site/views/picture/paper-picture-csv.ts";

const SUITE = join(import.meta.dirname, "../../suites/orvieto2021");

/** A folder with one picture in it. */
function folderOf(picture: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), "plateau-pictures-"));
  mkdirSync(join(folder, "pictures"));
  writeFileSync(join(folder, "pictures/2-one.json"), JSON.stringify(picture));
  return folder;
}

describe("the paper's own pictures", () => {
  const pictures = readPaperPictures(SUITE);
  const picture = (name: string) => pictures.find((one) => one.name === name)!.picture;

  test("are six, in the order of their files, each with its sentence and the command that made it", () => {
    expect(pictures.map(({ name }) => name)).toEqual([
      "width-and-depth",
      "gradients",
      "spectra",
      "escape-times",
      "training-curves",
      "learning-rates",
    ]);
    for (const { picture: one } of pictures) {
      expect(one.words.length).toBeGreaterThan(100);
      expect(one.madeBy).toMatch(/^node scripts\//);
    }
  });

  test("show what the exact drift of ln of a squared norm says: at d = 2L about as much is lost at every depth", () => {
    // To first order ReLU layers of width d lose (5/2) / d each in ln, hence 5/4 over L = d / 2 layers: 0.54 powers of ten.
    const { xs, ys, values } = picture("width-and-depth") as HeatPicture;
    const along = [16, 24, 32, 48, 64, 96, 128].map((depth) => values[ys.indexOf(depth)]![xs.indexOf(2 * depth)]!);
    for (const lost of along) expect(Math.abs(lost + 1.25 / Math.LN10)).toBeLessThan(0.12);
  });

  test("have a share of all eigenvalues in each step, never more than all", () => {
    const spectra = picture("spectra");
    if (spectra.form !== "lines") throw new Error("spectra are lines");
    const sums = spectra.series.map(({ points }) => points.reduce((sum, [, share]) => sum + share!, 0));
    for (const sum of sums) expect(sum).toBeLessThanOrEqual(1.001);
    for (const sum of sums) expect(sum).toBeGreaterThan(0.1);
  });

  test("are tables too: a row a field or point, with the lines over them", async () => {
    const [head, first, ...rows] = (await paperPictureCsv(picture("width-and-depth"))).trim().split("\n");
    const { xs, ys, lines } = picture("width-and-depth") as HeatPicture;
    expect(head).toBe("series,x,y,low,high,value");
    expect(first).toMatch(/^field,4,4,,,-1\.\d+$/);
    expect(rows.length + 1).toBe(xs.length * ys.length + lines.flatMap(({ points }) => points).length);
    expect((await paperPictureCsv(picture("gradients"))).split("\n")[1]!.split(",").length).toBe(6);
  });
});

test("an axis may be words alone, and is linear then", () => {
  const series = [{ name: "one", points: [[1, 2]] }];
  const folder = folderOf({ form: "lines", title: "T", words: "W", madeBy: "M", x: "across", y: "up", series });
  expect(readPaperPictures(folder)[0]).toMatchObject({
    name: "one",
    picture: { x: { words: "across", scale: "linear" }, series: [{ style: "line" }] },
  });
});

test("a file that is no picture is named, with what is wrong", () => {
  expect(() => readPaperPictures(folderOf({ form: "lines", title: "T" }))).toThrow(
    /2-one\.json requires a picture: words/,
  );
});
