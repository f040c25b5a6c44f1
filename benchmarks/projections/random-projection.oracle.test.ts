import { describe, expect, test } from "vitest";
import { streamKey, streamName } from "../../src/run/plan/stream-key.ts";
import { openProgramPool } from "../../src/run/program/program-pool.ts";
import { type Projection, randomProjection } from "./random-projection.ts";

const COUNT = 2000;
const MEASURES = ["share"];

/** The shares that the program gives. */
async function shares(projection: Projection, count = COUNT): Promise<readonly number[]> {
  const experiment = randomProjection(projection);
  const stream = streamName(streamKey("oracle", experiment.name, experiment.setup));
  const pool = openProgramPool({
    signal: new AbortController().signal,
    heard: () => undefined,
    failed: () => undefined,
  });
  const found = await pool.compute({ stream, experiment, measures: MEASURES }, { first: 0, count }, 60);
  pool.close();
  if (found instanceof Float64Array) return [...found];
  throw new Error(found.reason);
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const varianceOf = (values: readonly number[]) => meanOf(values.map((value) => (value - meanOf(values)) ** 2));

describe("the program, against what is known without it", () => {
  test("signs without zeros keep a single coordinate exactly", async () => {
    const kept = await shares({ entries: "sign", vector: "basis", from: 5, to: 7 }, 20);
    for (const share of kept) expect(share).toBeCloseTo(1, 14);
  });

  test("one entry in three of a single row: 3 in a third of all cases, else 0", async () => {
    const kept = await shares({ entries: "one-in-3", vector: "basis", from: 4, to: 1 });
    const threes = kept.filter((share) => Math.abs(share - 3) < 1e-12).length;
    expect(threes + kept.filter((share) => share === 0).length).toBe(COUNT);
    // five standard deviations of a binomial
    expect(Math.abs(threes / COUNT - 1 / 3)).toBeLessThan(5 * Math.sqrt(2 / 9 / COUNT));
  });

  test("two signs of one flat row: 2 or 0, each half of the time", async () => {
    const kept = await shares({ entries: "sign", vector: "flat", from: 2, to: 1 });
    const twos = kept.filter((share) => Math.abs(share - 2) < 1e-12).length;
    expect(twos + kept.filter((share) => share < 1e-12).length).toBe(COUNT);
    expect(Math.abs(twos / COUNT - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 4 / COUNT));
  });

  test("normal entries: mean 1 and variance 2 / k; a gain scales, equal rows leave one degree of freedom", async () => {
    const kept = await shares({ entries: "gaussian", vector: "flat", from: 3, to: 4 });
    expect(Math.abs(meanOf(kept) - 1)).toBeLessThan(5 * Math.sqrt(2 / 4 / COUNT));
    // the variance of a sample's variance: (kurtosis 3 + 12 / k, less 1) times its square, over n
    expect(Math.abs(varianceOf(kept) - 2 / 4)).toBeLessThan(5 * (2 / 4) * Math.sqrt((2 + 12 / 4) / COUNT));
    const more = await shares({ entries: "gaussian", vector: "flat", from: 3, to: 4, gain: 2 }, 200);
    expect(Math.abs(meanOf(more) - 2)).toBeLessThan(5 * 2 * Math.sqrt(2 / 4 / 200));
    const equal = await shares({ entries: "gaussian", vector: "flat", from: 3, to: 4, rows: "equal" });
    expect(Math.abs(varianceOf(equal) - 2)).toBeLessThan(5 * 2 * Math.sqrt((2 + 12) / COUNT));
  });
});
