import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { netcdfBytes } from "./netcdf.ts";
import type { ExportTable } from "./table.ts";

const ORACLE = new URL("../../test/oracles/", import.meta.url);

const table: ExportTable = {
  columns: [
    { name: "claim", kind: "text" },
    { name: "cell_learning rate", kind: "number" },
    { name: "replicate", kind: "count" },
    { name: "cell_biased", kind: "flag" },
    { name: "measure_loss", kind: "number" },
  ],
  batches: [
    {
      rows: 3,
      values: ["a/b/one", 0.1, Uint32Array.of(0, 1, 2), true, Float64Array.of(-0, Number.POSITIVE_INFINITY, 5e-324)],
    },
    { rows: 2, values: ["a/b/zwölf", null, Uint32Array.of(0, 1), [false, null], Float64Array.of(1 / 3, -1e308)] },
    { rows: 1, values: [null, 3, [null], null, null] },
  ],
};

async function bytesOf(one: ExportTable): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of netcdfBytes(one, { seed: "1", commit: "unknown" })) pieces.push(piece);
  return Buffer.concat(pieces);
}

describe("a table in NetCDF", () => {
  test("is byte for byte the file that SciPy and xarray read in netcdf.py", async () => {
    const bytes = await bytesOf(table);
    if (process.env["UPDATE_GOLDEN"]) {
      mkdirSync(ORACLE, { recursive: true });
      writeFileSync(new URL("netcdf.nc", ORACLE), bytes);
    }
    expect(bytes.equals(readFileSync(new URL("netcdf.nc", ORACLE)))).toBe(true);
  });

  test("holds for them the values of the table, infinities and what is null among them", () => {
    const read = JSON.parse(readFileSync(new URL("netcdf.json", ORACLE), "utf8"));
    expect(read.attributes).toEqual({ seed: "1", commit: "unknown" });
    expect(read.rows).toBe(6);
    expect(read.variables).toEqual({
      claim: ["a/b/one", "a/b/one", "a/b/one", "a/b/zwölf", "a/b/zwölf", null],
      cell_learning_rate: [
        "0x1.999999999999ap-4",
        "0x1.999999999999ap-4",
        "0x1.999999999999ap-4",
        "nan",
        "nan",
        "0x1.8000000000000p+1",
      ],
      replicate: [0, 1, 2, 0, 1, -1],
      cell_biased: [1, 1, 1, 0, -1, -1],
      measure_loss: [
        "-0x0.0p+0",
        "inf",
        "0x0.0000000000001p-1022",
        "0x1.5555555555555p-2",
        "-0x1.1ccf385ebc8a0p+1023",
        "nan",
      ],
    });
    expect(read.xarray).toEqual({ row: 6, lossMean: "inf" });
  });

  test("without rows is a header alone", async () => {
    const empty = await bytesOf({ ...table, batches: [] });
    // names' characters are there: one of each text column, padded to four bytes
    expect(empty.subarray(0, 4)).toEqual(Buffer.from([0x43, 0x44, 0x46, 2]));
    expect(empty.includes("measure_loss")).toBe(true);
  });

  test("refuses two columns that NetCDF would call alike", async () => {
    const twins: ExportTable = {
      columns: [
        { name: "a b", kind: "number" },
        { name: "a_b", kind: "number" },
      ],
      batches: [],
    };
    await expect(bytesOf(twins)).rejects.toThrow("names of its own for all columns, found two called a_b");
  });
});
