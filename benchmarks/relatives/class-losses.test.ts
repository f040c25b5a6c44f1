import { describe, expect, test } from "vitest";
import { reference } from "../../src/lab/reference/engine.ts";
import { type ClassDescent, classLosses } from "./class-losses.ts";

const observe = (descent: ClassDescent) =>
  classLosses(descent).observe({
    engine: reference,
    streams: { key: [0, 0, 0, 1], first: 0, count: 2 },
    data: {},
  });

/** By symmetry all other scores stay alike, and the gap g of the class's own to them obeys one recursion; loss ln(1 + (c - 1) e^-g). */
function lossByGap(share: number, classes: number, rate: number, steps: number, sign: boolean): number {
  let gap = 0;
  for (let step = 0; step < steps; step++) {
    const other = 1 / (classes - 1 + Math.exp(gap));
    gap += rate * (sign ? 2 : share * ((classes - 1) * other + other));
  }
  return Math.log1p((classes - 1) * Math.exp(-gap));
}

describe("classLosses", () => {
  const shares = [0.6, 0.3, 0.1];
  const place = { shares, rate: 0.5, steps: 400 } as const;

  test("of gradient descent are those of the recursion for the gap", () => {
    const losses = shares.map((share) => lossByGap(share, 3, 0.5, 400, false));
    const seen = observe({ ...place, method: "gradient-descent" });
    const off = Math.max(...losses.map((loss, k) => Math.abs(shares[k]! * 200 * loss - 2 / 3)));
    expect(seen.rateOff[0]).toBeCloseTo(off, 9);
    expect(seen.lossesApart[1]).toBeCloseTo((losses[2]! - losses[0]!) / losses[2]!, 9);
  });

  test("of sign descent are all alike", () => {
    const short = { shares, rate: 0.01, steps: 100, method: "sign-descent" } as const;
    const seen = observe(short);
    const loss = lossByGap(0.1, 3, 0.01, 100, true);
    expect(seen.lossesApart[0]).toBeLessThan(1e-14);
    expect(seen.rateOff[0]).toBeCloseTo(Math.max(...shares.map((share) => Math.abs(share * loss - 2 / 3))), 9);
  });
});
