import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ByteWriter, parquetWrite } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { freshFolder, plateau } from "../../../test/cli/recording-io.ts";

const CSV = "method,seed,accuracy\nA,1,0.5\nA,2,0.75\nB,1,0.25\n";

/** A project with a file beside it, and what importing that says. */
async function imported(file: string, content: string | Uint8Array, words: readonly string[]) {
  const folder = freshFolder();
  writeFileSync(join(folder, "plateau.json"), JSON.stringify({ seed: "1", because: "the first one" }));
  mkdirSync(join(folder, "suites"));
  mkdirSync(join(folder, "elsewhere"));
  const path = join(folder, "elsewhere", file);
  writeFileSync(path, content);
  const run = () => plateau(["import", path, ...words], { cwd: folder, env: {} });
  return { ...(await run()), run, folder };
}

describe("importing", () => {
  test("keeps the file in the project, says what is in it, and how to claim something of it", async () => {
    const words = ["--measure", "accuracy", "--cell", "method", "--seed", "seed"];
    const { exit, stdout, run, folder } = await imported("runs.csv", CSV, words);
    expect(exit).toBe(0);
    expect(readFileSync(join(folder, "recorded/runs.csv"), "utf8")).toBe(CSV);
    expect(stdout).toMatch(/^recorded\/runs\.csv, SHA-256 [0-9a-f]{64}\n/);
    expect(stdout).toContain("method A, 2 replicates, accuracy 0.625 (sd 0.1768)");
    expect(stdout).toContain('file: "recorded/runs.csv",\n      where: { method },\n      seed: "seed",');
    expect((await run()).exit).toBe(0);
    writeFileSync(join(folder, "elsewhere/runs.csv"), CSV.replace("0.25", "0.3"));
    expect((await run()).stderr).toContain("is there with other results: give the file another name");
  });

  test("makes JSON of Parquet, number for number", async () => {
    const writer = new ByteWriter();
    const columnData = [
      { name: "method", data: ["A", "B"], type: "STRING" as const },
      { name: "accuracy", data: [0.1, 0.3], type: "DOUBLE" as const },
    ];
    parquetWrite({ writer, columnData });
    const { exit, folder } = await imported("runs.parquet", writer.getBytes(), ["--measure", "accuracy"]);
    expect(exit).toBe(0);
    expect(JSON.parse(readFileSync(join(folder, "recorded/runs.json"), "utf8"))).toEqual([
      { method: "A", accuracy: 0.1 },
      { method: "B", accuracy: 0.3 },
    ]);
  });

  test.each<readonly [string, string, readonly string[], string]>([
    ["no measure", CSV, [], "import needs --measure"],
    ["a column that is not there", CSV, ["--measure", "acuracy"], "did you mean accuracy?"],
    [
      "a text for a number",
      CSV.replace("0.75", "high"),
      ["--measure", "accuracy"],
      'requires numbers in accuracy, got "high"',
    ],
  ])("refuses %s", async (_, text, words, message) => {
    const { exit, stderr } = await imported("runs.csv", text, words);
    expect([exit, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  test("refuses what is no Parquet", async () => {
    const { exit, stderr } = await imported("runs.parquet", "PAR?", ["--measure", "accuracy"]);
    expect([exit, stderr]).toEqual([2, expect.stringContaining("is no Parquet file that can be read")]);
  });
});
