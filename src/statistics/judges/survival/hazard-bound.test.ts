import { expect, test } from "vitest";
import { hazardBound, hazardBudget } from "./hazard-bound.ts";
import type { PairedMoment } from "./paired-moments.ts";

/** Every way in which the events of one time may have followed one another, as moments of one event each. */
function ordersOf({ atRisk: [first, second], events: [d1, d2] }: PairedMoment): readonly (readonly PairedMoment[])[] {
  if (d1 + d2 === 0) return [[]];
  const after = (group: 0 | 1): readonly (readonly PairedMoment[])[] => {
    const events: [number, number] = group === 0 ? [1, 0] : [0, 1];
    const rest = { atRisk: [first - events[0], second - events[1]], events: [d1 - events[0], d2 - events[1]] } as const;
    return ordersOf(rest).map((order) => [{ atRisk: [first, second], events }, ...order]);
  };
  return [...(d1 > 0 ? after(0) : []), ...(d2 > 0 ? after(1) : [])];
}

test("events at one time are bounded as in the order that leaves the least ratio, whichever was the true one", () => {
  const tied: readonly PairedMoment[] = [
    { atRisk: [9, 9], events: [3, 2] },
    { atRisk: [6, 7], events: [3, 2] },
    { atRisk: [3, 5], events: [3, 1] },
  ];
  const budget = hazardBudget(0.5);
  const orders = tied
    .map(ordersOf)
    .reduce((before, next) => before.flatMap((one) => next.map((other) => [...one, ...other])));
  const least = Math.min(...orders.map((order) => hazardBound(order, 18, budget)));
  expect(orders).toHaveLength(400);
  expect(least).toBeGreaterThan(Number.NEGATIVE_INFINITY);
  expect(hazardBound(tied, 18, budget)).toBeCloseTo(least, 10);
});
