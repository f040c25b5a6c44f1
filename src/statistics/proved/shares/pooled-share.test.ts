import { describe, expect, test } from "vitest";
import { clopperPearson } from "../../judges/proportion-judge.ts";
import { leastOnesReaching, pooledShareBounds, pooledShareReach } from "./pooled-share.ts";

/** Chances of 0, 1, 2, ... ones of independent events, by adding one event after the other. */
function chancesOf(events: readonly number[]): readonly number[] {
  let chances: readonly number[] = [1];
  for (const p of events) {
    const before = chances;
    chances = Array.from(
      { length: before.length + 1 },
      (_, k) => (before[k] ?? 0) * (1 - p) + (before[k - 1] ?? 0) * p,
    );
  }
  return chances;
}

const N = 24;
const alike = (p: number) => Array<number>(N).fill(p);
/** All chance in the first `few` events, or certain ones beside impossible ones. */
const uneven = (few: number, p: number) => alike(0).map((_, i) => (i < few ? p : 0));
const rising = alike(0).map((_, i) => i / N);
const certain = alike(0).map((_, i) => (i < 9 ? 1 : i === 9 ? 0.5 : 0));

const EVENTS: readonly (readonly [string, readonly number[]])[] = [
  ...[0.001, 0.04, 0.3, 0.5, 0.9].map((p) => [`24 events of chance ${p}`, alike(p)] as const),
  ...[1e-5, 1e-3, 0.02, 0.5, 0.99].map((p) => [`one event of chance ${p}, no other`, uneven(1, p)] as const),
  ...[1e-3, 0.5, 0.99].map((p) => [`three events of chance ${p}, no other`, uneven(3, p)] as const),
  ["chances from 0 to 23/24", rising],
  ["nine certain events and a coin", certain],
];

describe.each([0.05, 1e-3, 1e-5])("at level %d no bound errs more often, all counts summed", (alpha) => {
  test.each(EVENTS)("%s", (_, events) => {
    const mean = events.reduce((sum, p) => sum + p, 0) / N;
    const errors = { low: 0, high: 0 };
    chancesOf(events).forEach((chance, ones) => {
      const { low, high } = pooledShareBounds(ones, N, alpha);
      if (low > mean) errors.low += chance;
      if (high < mean) errors.high += chance;
    });
    // rounding of a sum of 25 chances
    expect(errors.low).toBeLessThanOrEqual(alpha * (1 + 1e-12));
    expect(errors.high).toBeLessThanOrEqual(alpha * (1 + 1e-12));
  });
});

test("Clopper and Pearson's own bound would err more often: one event of ten may hold all the chance", () => {
  const [count, alpha] = [10, 0.05];
  const { low } = clopperPearson(1, count, alpha);
  const mean = low * (1 - 1e-9);
  // of a single event of chance 10 mean, which comes with just that
  expect(count * mean).toBeGreaterThan(alpha * 1.02);
  expect(pooledShareBounds(1, count, alpha).low).toBe(0);
});

test("but for a single one or a single zero the bounds are Clopper and Pearson's", () => {
  for (const alpha of [1e-3, 1e-6]) {
    for (let ones = 0; ones <= N; ones++) {
      const exact = clopperPearson(ones, N, alpha);
      expect(pooledShareBounds(ones, N, alpha)).toEqual({
        low: ones === 1 ? 0 : exact.low,
        high: ones === N - 1 ? 1 : exact.high,
      });
    }
  }
});

test.each([0, 0.01, 0.2, 0.5, 0.97, 1])("the least number of ones that reaches %d is that of the bounds", (share) => {
  for (const alpha of [1e-3, 1e-6]) {
    const found = Array.from({ length: N + 1 }, (_, ones) => pooledShareBounds(ones, N, alpha).low >= share);
    const first = found.indexOf(true);
    expect(leastOnesReaching(share, N, alpha)).toBe(share >= 1 || first < 0 ? N + 1 : first);
  }
});

describe("a bound lies within its reach with the probability stated, and no farther without need", () => {
  test.each([
    [0.5, 1e-3, 0.05],
    [0.1, 1e-5, 0.01],
    [0.93, 1e-4, 0.2],
  ])("share %d, level %d, undecided %d", (share, alpha, undecided) => {
    const reach = pooledShareReach(share, N, alpha, undecided);
    const beyond = (by: number) => {
      let [low, high] = [0, 0];
      chancesOf(alike(share)).forEach((chance, ones) => {
        const bounds = pooledShareBounds(ones, N, alpha);
        if (bounds.low < share - by) low += chance;
        if (bounds.high > share + by) high += chance;
      });
      return Math.max(low, high);
    };
    expect(beyond(reach * (1 + 1e-9))).toBeLessThanOrEqual(undecided);
    expect(beyond(reach * (1 - 1e-9))).toBeGreaterThan(undecided);
  });

  test.each([0, 1])("of a share of %d the reach is that of the only count", (share) => {
    const { low, high } = pooledShareBounds(share * N, N, 1e-3);
    expect(pooledShareReach(share, N, 1e-3, 0.05)).toBeCloseTo(high - low, 12);
  });
});
