import { describe, expect, test } from "vitest";
import type { RunEvent } from "./events.ts";
import type { Plan, PlannedSeries } from "./plan/plan.ts";
import { createProgress } from "./progress.ts";

/** A hundredth of a second a replicate by the committed rates. */
const experiment = { name: "e", cost: { draws: 1e-2 / 3e-8, multiplyAdds: 0 } } as PlannedSeries["experiment"];
const series = {
  engine: "reference",
  stream: "s",
  experiment,
  claim: "a/b/c",
  replicates: 1000,
} as unknown as PlannedSeries;
const plan = {
  claims: [1],
  arms: [{ arm: { sources: [{ looks: [1000] }] }, streams: ["s"] }],
  series: new Map([["s", series]]),
} as unknown as Plan;

async function progressOf(secondsPerReplicate: number, earlier: Parameters<typeof createProgress>[0]["earlier"] = []) {
  const events: RunEvent[] = [];
  let now = 0;
  const effects = { emit: (event: RunEvent) => events.push(event), now: () => now };
  const progress = createProgress({ plan, workers: 2, effects, earlier });
  const compute = async (first: number, count: number) => {
    await progress.timed(series, { first, count }, async () => {
      now += count * secondsPerReplicate * 1000;
    });
    return progress.done(series, { first, count }, "worker");
  };
  return { events, progress, compute };
}

describe("progress", () => {
  test("tells the plan, what is done and the seconds left on all workers", async () => {
    const { events, compute } = await progressOf(0.01);
    expect(await compute(0, 500)).toBe(5);
    expect(events[0]).toMatchObject({ kind: "planned", cells: 1, replicates: 1000 });
    expect(events[1]).toMatchObject({ kind: "progress", done: 500, total: 1000, computed: 500, found: 0 });
    // 500 replicates of 0.01 s on two workers; the fixed part of a replicate is a ten-thousandth of that.
    expect(secondsLeft(events)).toBeCloseTo(2.5, 2);
  });

  test("learns that this machine is slower, and ends at nothing left", async () => {
    const { events, compute } = await progressOf(0.1);
    await compute(0, 900);
    // 1 s predicted; 92 s were measured where 11 were predicted, each with 2 s of prior.
    expect(secondsLeft(events)).toBeCloseTo((1 * 92) / 11 / 2, 1);
    await compute(900, 100);
    expect(secondsLeft(events)).toBeCloseTo(0, 6);
  });

  test("grows by a second look, and counts what was found apart", async () => {
    const { events, progress } = await progressOf(0.01);
    progress.expect(series, 3000);
    progress.expect(series, 2000);
    progress.done(series, { first: 0, count: 1000 }, "store");
    expect(events.at(-1)).toMatchObject({ done: 1000, total: 3000, computed: 0, found: 1000 });
  });

  test("counts what an interrupted part of the run computed as computed, though it was found", async () => {
    const { progress } = await progressOf(0.01, [
      { engine: "reference", stream: "s", first: 0, count: 640, claim: "a/b/c", seconds: 7 },
    ]);
    progress.done(series, { first: 0, count: 1000 }, "store");
    expect(progress.totals()).toEqual({ computed: 640, found: 360, claimSeconds: { "a/b/c": 7 } });
  });
});

function secondsLeft(events: readonly RunEvent[]): number {
  const last = events.at(-1)!;
  if (last.kind !== "progress") throw new Error(`a progress event is required, got ${last.kind}`);
  return last.secondsLeft;
}
