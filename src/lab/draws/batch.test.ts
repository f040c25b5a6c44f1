import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import { drawBatch } from "./batch.ts";

const KEY: StreamKey = [1, 0, 0, 2];
const PICTURES = 6;
const data: Dataset = {
  name: "squares",
  digest: "",
  width: 2,
  classes: 3,
  images: new Float64Array(2 * PICTURES).fill(1),
  labels: new Uint8Array(PICTURES),
};

describe("drawBatch", () => {
  test("takes every picture once when the batch is all the data", () => {
    const picks = new Int32Array(PICTURES);
    drawBatch(data, KEY, 0, picks);
    expect([...picks].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test("takes each ordered pair of different pictures equally often", () => {
    const replicates = 30_000;
    const counts = new Map<string, number>();
    const picks = new Int32Array(2);
    for (let replicate = 0; replicate < replicates; replicate++) {
      drawBatch(data, KEY, replicate, picks);
      counts.set(picks.join(), (counts.get(picks.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(30);
    // Binomial with p = 1/30: 5 standard deviations are 155 of 1000; 30 cells, so one key in 60,000 breaks it.
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(155);
  });

  test("depends on the replicate only, not on what was drawn before", () => {
    const alone = new Int32Array(4);
    drawBatch(data, KEY, 5, alone);
    const after = new Int32Array(4);
    for (let replicate = 0; replicate <= 5; replicate++) drawBatch(data, KEY, replicate, after);
    expect(after).toEqual(alone);
  });
});
