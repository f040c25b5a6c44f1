import { mkdirSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bytesOf } from "./atomic-file.ts";
import { ResultFileError } from "./result-file.ts";
import { createSampleFiles } from "./sample-files.ts";

const series = { stream: "a".repeat(32), measures: ["first", "second"] };
const samples = { count: 2, columns: [Float64Array.of(1, 2), Float64Array.of(3, -0)] };
const newFolder = () => mkdtempSync(join(tmpdir(), "plateau-sample-files-"));

describe("raw samples beside a result", () => {
  test("are the measures one after the other, in a file named by its digest, and nothing temporary is left", async () => {
    const folder = newFolder();
    const files = createSampleFiles(folder);
    await files.write(series, samples);
    const entry = files.index()[series.stream]!;
    expect(entry).toMatchObject({ measures: ["first", "second"], replicates: 2 });
    expect(readdirSync(folder)).toEqual([`${entry.digest}.f64`]);
    const bytes = readFileSync(join(folder, `${entry.digest}.f64`));
    expect(new Uint8Array(bytes)).toEqual(bytesOf(Float64Array.of(1, 2, 3, -0)));
  });

  test("are written anew where an earlier part of the run left a torn file", async () => {
    const folder = newFolder();
    const first = createSampleFiles(folder);
    await first.write(series, samples);
    const path = join(folder, readdirSync(folder)[0]!);
    truncateSync(path, 8);
    await createSampleFiles(folder).write(series, samples);
    expect(readFileSync(path)).toHaveLength(32);
  });

  test("of two streams with equal values are one file", async () => {
    const folder = newFolder();
    const files = createSampleFiles(folder);
    await files.write(series, samples);
    await files.write({ ...series, stream: "b".repeat(32) }, samples);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(Object.keys(files.index())).toEqual(["a".repeat(32), "b".repeat(32)]);
  });

  test("that cannot be written are a ResultFileError that names the file", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "samples"), "a file in the way");
    await expect(createSampleFiles(join(folder, "samples")).write(series, samples)).rejects.toThrow(ResultFileError);
    mkdirSync(join(folder, "other"));
    const files = createSampleFiles(join(folder, "other"));
    await files.write(series, samples);
    mkdirSync(join(folder, "third", `${files.index()[series.stream]!.digest}.f64`), { recursive: true });
    await expect(createSampleFiles(join(folder, "third")).write(series, samples)).rejects.toThrow(
      /samples .*third.* cannot be written: it is a directory/,
    );
    expect(readdirSync(join(folder, "third"))).toHaveLength(1);
  });
});
