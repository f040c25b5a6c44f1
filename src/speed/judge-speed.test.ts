import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { describe, expect, test } from "vitest";
import { lowerRank } from "../statistics/order-statistic-ranks.ts";
import { FALSE_ALARMS, fewestRounds, judgeSpeed, levelFor, roundsFor } from "./judge-speed.ts";

/** A small generator of its own, so that the counts below are the same on every run (Park and Miller, 1988). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

describe("the interval of the median of paired ratios", () => {
  test.each([1, 2, 10, 33, 200])(
    "errs for %i benchmarks together at most once in a thousand, by the binomial law",
    (benchmarks) => {
      for (const rounds of [fewestRounds(benchmarks), roundsFor(benchmarks), 100]) {
        const rank = lowerRank(rounds, levelFor(benchmarks));
        expect(rank).toBeGreaterThanOrEqual(1);
        expect(2 * benchmarks * binomialCdf(rank - 1, rounds, 0.5)).toBeLessThanOrEqual(FALSE_ALARMS);
      }
      expect(lowerRank(fewestRounds(benchmarks) - 1, levelFor(benchmarks))).toBe(0);
    },
  );

  test("is silent where only the coin decides, on a machine with drift, bursts and a heavy tail", () => {
    const uniform = generator(7);
    const rounds = roundsFor(1);
    let alarms = 0;
    const comparisons = 20_000;
    for (let comparison = 0; comparison < comparisons; comparison++) {
      const logRatios = Array.from({ length: rounds }, (_, round) => {
        const burst = uniform() < 0.1 ? 1 : 0.01;
        // the second process is always slower by a drift, more so late in the job: a bias that only the coin removes
        const difference = 0.002 * round + burst * Math.tan(Math.PI * (uniform() - 0.5));
        return uniform() < 0.5 ? difference : -difference;
      });
      if (["slower", "faster"].includes(judgeSpeed(logRatios, 1).verdict)) alarms++;
    }
    // at most 20 expected; 38 or more have probability 2e-4 at the promised rate
    expect(alarms).toBeLessThan(38);
  });

  test.each<[string, readonly number[], string]>([
    ["all 6 to 8 % slower", Array.from({ length: 22 }, (_, i) => 0.06 + 0.001 * i), "slower"],
    ["all 6 to 8 % faster", Array.from({ length: 22 }, (_, i) => -0.06 - 0.001 * i), "faster"],
    ["all slower by less than 3 %", Array.from({ length: 22 }, (_, i) => 0.005 + 0.001 * i), "same"],
    ["on both sides, far", Array.from({ length: 22 }, (_, i) => 0.05 * (i % 2 === 0 ? 1 : -1)), "undecided"],
    ["too few to say", [0.5, 0.5, 0.5], "undecided"],
    ["slower but for three spoiled rounds", [...Array.from({ length: 19 }, () => 0.05), -1, -1, -1], "slower"],
  ])("%s", (_, logRatios, verdict) => {
    expect(judgeSpeed(logRatios, 1).verdict).toBe(verdict);
  });
});
