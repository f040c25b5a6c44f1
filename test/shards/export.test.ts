import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { parquetReadObjects } from "hyparquet";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { MAIN, plateauProcess } from "../cli/compiled.ts";
import { FIXTURE_ROOT, freshFolder, plateau } from "../cli/recording-io.ts";

const cwd = freshFolder();
let result: Result;

beforeAll(async () => {
  await plateauProcess(["run", "holds", "crashes", "--out", "run", "--workers", "1"], { cwd });
  result = JSON.parse(readFileSync(join(cwd, "run/result.json"), "utf8")) as Result;
});

describe("plateau export", () => {
  test("writes the raw observations, which are the bytes of the samples files", async () => {
    const words = [
      "export",
      "run",
      "--format",
      "parquet",
      "--samples",
      "--claim",
      "holds",
      "--out",
      "s.parquet",
      "--json",
    ];
    const { exit, stdout } = await plateau(words, { cwd });
    expect(exit).toBe(0);
    const bytes = readFileSync(join(cwd, "s.parquet"));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    expect(JSON.parse(stdout)).toMatchObject({ format: "parquet", rows: rows.length, bytes: bytes.byteLength });
    const [claim] = result.evidence.claims.filter(({ id }) => id.endsWith("/holds"));
    const cells = claim!.arms.flatMap((arm) => arm.cells);
    expect(rows).toHaveLength(cells.reduce((sum, { replicates }) => sum + replicates, 0));
    for (const { stream, replicates } of cells) {
      const values = rows.filter((row) => row["stream"] === stream).map((row) => row["measure_value"] as number);
      const samples = readFileSync(join(cwd, "run/samples", `${result.provenance.samples[stream]!.digest}.f64`));
      expect(Buffer.from(Float64Array.from(values).buffer).equals(samples.subarray(0, 8 * replicates))).toBe(true);
    }
  });

  test("writes evidence as CSV to standard output, an arm that crashed among it", async () => {
    const { exit, stdout } = await plateau(["export", "run", "--format", "csv"], { cwd });
    expect(exit).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split("\n");
    expect(head).toMatch(/^tier,seed,suite,claim,/);
    expect(rows.filter((row) => row.includes("the experiment has a fault"))).toHaveLength(1);
  });

  test("--json alone means the JSON form", async () => {
    const { stdout } = await plateau(["export", "run", "--json"], { cwd });
    expect((JSON.parse(stdout) as readonly object[])[0]).toMatchObject({
      tier: "smoke",
      claim: "demo/behaviour/crashes",
    });
  });

  test.each([
    ["no format", [], "export needs --format, one of csv parquet netcdf json, got none"],
    ["an unknown format", ["--format", "xlsx"], "--format needs one of csv parquet netcdf json, got xlsx"],
    ["Parquet to standard output", ["--format", "parquet"], "export --format parquet needs --out FILE, got none"],
    ["two forms at once", ["--format", "csv", "--json"], "export prints one form, got both --json and --format csv"],
    ["an unknown claim", ["--format", "csv", "--claim", "no"], "found 0 called no"],
    ["the result's own file", ["--format", "json", "--out", "run/result.json"], "needs another file than the result"],
    ["a folder", ["--format", "json", "--out", "run"], "cannot be written: it is a directory"],
    ["a folder that is not there", ["--format", "json", "--out", "no/x.json"], "cannot be written: it does not exist"],
    [
      "a device that is full",
      ["--format", "json", "--out", "/dev/full"],
      "/dev/full cannot be written: no space is left on the device",
    ],
  ])("refuses %s in one line", async (_, words, message) => {
    const { exit, stderr } = await plateau(["export", "run", ...words], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect(statSync("/dev/full").isCharacterDevice()).toBe(true);
  });

  test("on a full disk says so in one line, and leaves the file that was there", async () => {
    const folder = freshFolder();
    const script = [
      'mount -t tmpfs -o size=16k none "$1" || exit 99',
      'echo before > "$1/t.csv"',
      'node "$2" export "$3" --samples --format csv --out "$1/t.csv"; code=$?',
      'ls -A "$1"; cat "$1/t.csv"; exit $code',
    ].join("\n");
    const words = ["-rm", "bash", "-c", script, "bash", folder, MAIN, join(cwd, "run")];
    const { exitCode, stdout, stderr } = await execa("unshare", words, {
      reject: false,
      env: { PLATEAU_ROOT: FIXTURE_ROOT },
    });
    expect(exitCode, `unshare -rm with a tmpfs is required for this test: ${stderr}`).toBe(2);
    expect(stderr).toBe(`plateau: export file ${folder}/t.csv cannot be written: no space is left on the device`);
    expect(stdout.split("\n")).toEqual(["t.csv", "before"]);
  });

  test("leaves no temporary files", () => {
    expect(readdirSync(cwd).filter((name) => name.startsWith(".") && name.endsWith(".tmp"))).toEqual([]);
  });
});
