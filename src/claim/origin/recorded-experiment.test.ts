import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { type RecordedDefinition, recordedExperiment } from "./recorded-experiment.ts";

const measures = { accuracy: { kind: "bounded", range: [0, 1], description: "a share" } } as const;

function recorded(file: string, text: string, given: Partial<RecordedDefinition<"accuracy">> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "plateau-recorded-"));
  writeFileSync(join(folder, file), text);
  const module = pathToFileURL(join(folder, "claim.js")).href;
  return recordedExperiment({ name: "runs", module, file, measures, ...given });
}

function valuesOf(
  experiment: ReturnType<typeof recorded>,
  first = 0,
  count = experiment.origin!.by === "recorded" ? experiment.origin!.rows : 0,
) {
  return [
    ...experiment.observe({ engine: undefined as never, data: {}, streams: { key: [0, 0, 0, 0], first, count } })
      .accuracy,
  ];
}

const CSV = "method,seed,accuracy\nA,1,0.5\nB,1,0.25\nA,2,0.75\n";

describe("recorded results", () => {
  test("are the rows that fit, in the order of the file", () => {
    const experiment = recorded("runs.csv", CSV, { where: { method: "A" }, seed: "seed" });
    expect(valuesOf(experiment)).toEqual([0.5, 0.75]);
    expect(valuesOf(experiment, 1, 1)).toEqual([0.75]);
    expect(experiment.setup).toMatchObject({ file: "runs.csv", where: { method: "A" } });
  });

  test("are the same from JSON", () => {
    const rows = [
      { method: "A", accuracy: 0.5 },
      { method: "A", accuracy: 0.75 },
    ];
    expect(valuesOf(recorded("runs.json", JSON.stringify(rows)))).toEqual([0.5, 0.75]);
  });

  test("are another experiment when the file is another", () => {
    expect(recorded("runs.csv", CSV).setup).not.toEqual(recorded("runs.csv", CSV.replace("0.75", "0.76")).setup);
  });

  test.each<readonly [what: string, file: string, text: string, given: object, message: string]>([
    [
      "a column that is not there",
      "r.csv",
      CSV,
      { where: { way: "A" } },
      "r.csv has no column way, it has method, seed, accuracy",
    ],
    ["a cell without rows", "r.csv", CSV, { where: { method: "C" } }, "r.csv has no row with method C"],
    ["a measure that is not there", "r.csv", "loss\n1\n", {}, "r.csv has no column accuracy, it has loss"],
    [
      "a text for a number",
      "r.csv",
      "accuracy\n0.5\nhigh\n",
      {},
      'r.csv requires a number in accuracy of row 2 of its cell, got "high"',
    ],
    [
      "nothing for a number",
      "r.csv",
      "seed,accuracy\n1,\n",
      {},
      'r.csv requires a number in accuracy of row 1 of its cell, got ""',
    ],
    [
      "one seed twice",
      "r.csv",
      "seed,accuracy\n1,0.5\n1,0.5\n",
      { seed: "seed" },
      "r.csv has seed 1 twice in one cell: it is one replicate",
    ],
    ["JSON that is no table", "r.json", '{"accuracy": 1}', {}, "require an array of objects, one a replicate"],
    ["CSV that is none", "r.csv", 'a,b\n"1,2\n', {}, "are no CSV"],
    ["another kind of file", "r.parquet", "PAR1", {}, "plateau import makes JSON of a Parquet file"],
  ])("refuse %s", (_, file, text, given, message) => {
    expect(() => recorded(file, text, given)).toThrow(message);
  });
});
