import { expect, test } from "vitest";
import { interleave } from "./interleave.ts";
import { judgeSpeed, roundsFor } from "./judge-speed.ts";
import type { Side } from "./side.ts";

const PLACE = { file: "demo", name: "loop", unit: "calls" };

/** A machine that gets slower with every timing; each side's code takes its own time on it. */
function driftingMachine(costs: { readonly base: number; readonly head: number }) {
  let slowness = 1;
  const log: string[] = [];
  const open = (side: "base" | "head"): Side => ({
    batchFor: async () => 2,
    time: async (_, stretch) => {
      log.push(side);
      slowness *= 1.01;
      return { milliseconds: costs[side] * slowness * stretch.batch, units: stretch.batch * stretch.batches };
    },
    close: async () => {
      log.push(`close ${side}`);
    },
  });
  return { open, log };
}

function coins(): () => boolean {
  let tossed = 0;
  return () => tossed++ % 2 === 0;
}

test("a round times first, second, second, first, in the order that the coin chose, in fresh processes", async () => {
  const { open, log } = driftingMachine({ base: 1, head: 1 });
  await interleave({ cases: [PLACE], rounds: 2, open, coin: coins(), tell: () => undefined });
  const [planning, ...rounds] = log.join(" ").split(/(?<=close \w+) (?!close)/);
  expect(planning).toBe("close head");
  expect(rounds).toEqual([
    "head base head base base head close head close base",
    "base head base head head base close base close head",
  ]);
});

test.each([
  [1, "same"],
  [1.1, "slower"],
  [0.9, "faster"],
])("a head that takes %f times the base's time is found on a machine that drifts", async (factor, verdict) => {
  const { open } = driftingMachine({ base: 1, head: factor });
  const { times } = await interleave({
    cases: [PLACE],
    rounds: roundsFor(1),
    open,
    coin: coins(),
    tell: () => undefined,
  });
  const change = judgeSpeed(times[0]!.logRatios, 1);
  expect(change.verdict).toBe(verdict);
  expect(change.median).toBeCloseTo(factor - 1, 1);
});
