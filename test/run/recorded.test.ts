import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { markdownReport } from "../../src/report/markdown.ts";
import { terminalReport } from "../../src/report/terminal/terminal.ts";
import { studentQuantile } from "../../src/statistics/quantiles.ts";
import { fixtureClaims, runFixture } from "./fixture-run.ts";

const FILE = new URL("fixtures/recorded/accuracies.csv", import.meta.url);

test("ten recorded accuracies a method get a verdict at a budget of 5 %, and two claims share them", async () => {
  const { result } = await runFixture({ claims: await fixtureClaims("recorded"), tier: "full" });
  const [beats, above] = result.evidence.claims;
  const [unit] = beats!.arms[0]!.units;
  // Welch's interval is a little narrower; this one pairs the rows: mean, deviation and Student's quantile by hand
  const rows = readFileSync(FILE, "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",")[2]));
  const differences = Array.from({ length: 10 }, (_, row) => rows[row]! - rows[10 + row]!);
  const mean = differences.reduce((sum, one) => sum + one, 0) / 10;
  const deviation = Math.sqrt(differences.reduce((sum, one) => sum + (one - mean) ** 2, 0) / 9);
  // the whole share of a claim without controls: 0.05 / 2
  expect(unit).toMatchObject({ state: "supported", level: 0.025, estimate: expect.closeTo(mean, 6) });
  expect(unit!.interval[0]).toBeCloseTo(mean - (studentQuantile(0.025, 9) * deviation) / Math.sqrt(10), 6);
  expect(unit!.interval[0]).toBeGreaterThan(1);
  expect([beats!.outcome, above!.outcome]).toEqual(["holds", "holds"]);
  expect(above!.arms[1]!.state).toBe("refuted");
  expect(result.provenance.computed).toBe(20);
});

test("every report says that they are recorded, by the file's digest, and that there is no control", async () => {
  const { result } = await runFixture({ claims: await fixtureClaims("recorded"), tier: "full" });
  const digest = createHash("sha256").update(readFileSync(FILE)).digest("hex");
  expect(result.evidence.claims[0]).toMatchObject({
    origins: [{ by: "recorded", file: "accuracies.csv", digest }],
    withoutControl: "ten trainings of each method are all that there are",
  });
  const plain = { columns: 400, color: false, path: "result.json", verbose: false, quiet: false };
  for (const report of [terminalReport(result, plain), markdownReport(result)]) {
    const text = report.replaceAll("\\", "").replace(/\s+/g, " ");
    expect(text).toContain("A is better than B by a point [recorded, without control]");
    expect(text).toContain(`recorded, nothing was run: accuracies.csv, SHA-256 ${digest}`);
    expect(text).toContain("without control, ten trainings of each method are all that there are");
  }
});
