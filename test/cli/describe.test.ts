import { expect, test } from "vitest";
import { plateau } from "./recording-io.ts";

test("sample --describe prints moments with their standard errors and the family to declare, or how many values that needs", async () => {
  const cell = ["sample", "holds", "--set", "depth=4", "--set", "init=he", "--describe"];
  const { exit, stdout } = await plateau([...cell, "--replicates", "2000"]);
  expect(exit).toBe(0);
  // Values of the fixture are uniform of mean 0 on an interval of length 1: deviation .289, skewness 0, excess kurtosis -1.2.
  const [, mean, deviation, skewness, kurtosis] = stdout.split("\n");
  for (const [line, exact] of [
    [mean, 0],
    [deviation, 1 / Math.sqrt(12)],
    [skewness, 0],
    [kurtosis, -1.2],
  ] as const) {
    const [value, error] = /(\S+) \(standard error (\S+)\)/.exec(line!)!.slice(1).map(Number);
    expect(Math.abs(value! - exact)).toBeLessThan(5 * error!);
  }
  expect(stdout).toMatch(/family: \{ skewness: 0\.\d+, excessKurtosis: 0 \}/);
  expect((await plateau([...cell, "--replicates", "20"])).stdout).toContain(
    "At least 1,000 different finite values are needed",
  );
});
