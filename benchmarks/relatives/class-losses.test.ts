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

  /** Scores of +-10: a loss of 4e-8, of which a logarithm less the score would keep seven digits. */
  test("of twenty classes keep their digits where they are tiny", () => {
    const many = Array.from({ length: 20 }, (_, rank) => 0.05 + 0.001 * (rank - 9.5));
    const seen = observe({ shares: many, rate: 0.01, steps: 1000, method: "sign-descent" });
    const loss = lossByGap(0.05, 20, 0.01, 1000, true);
    expect(seen.lossesApart[0]).toBeLessThan(1e-14);
    expect(19 / 20 - seen.rateOff[0]!).toBeCloseTo(Math.min(...many) * 10 * loss, 15);
  });

  /** Gradient flow: the gap g obeys dg/dt = share c / (c - 1 + e^g), so e^g + (c - 1) g = 1 + c share t. */
  test("of gradient descent near those of gradient flow in closed form", () => {
    const steps = 20_000;
    const seen = observe({ shares: [0.3, 0.7], rate: 0.01, steps, method: "gradient-descent" });
    const off = [0.3, 0.7].map((share) => {
      let low = 0;
      let high = 50;
      while (high - low > 1e-12) {
        const middle = (low + high) / 2;
        if (Math.exp(middle) + middle > 1 + 2 * share * 200) high = middle;
        else low = middle;
      }
      return Math.abs(share * 200 * Math.log1p(Math.exp(-low)) - 0.5);
    });
    expect(Math.abs(seen.rateOff[0]! - Math.max(...off))).toBeLessThan(1e-3);
  });
});
