import { classLosses } from "../../../benchmarks/relatives/class-losses.ts";

export const CLASSES = ["four", "ten by Zipf's law", "twenty by Zipf's law"] as const;

/** Shares in proportion to 1, 1/2, 1/3, ... */
function zipf(classes: number): readonly number[] {
  const inverse = Array.from({ length: classes }, (_, rank) => 1 / (rank + 1));
  const total = inverse.reduce((sum, value) => sum + value, 0);
  return inverse.map((value) => value / total);
}

export const SHARES = {
  four: [0.7, 0.2, 0.08, 0.02],
  "ten by Zipf's law": zipf(10),
  "twenty by Zipf's law": zipf(20),
} as const satisfies Readonly<Record<(typeof CLASSES)[number], readonly number[]>>;

/**
 * Gradient descent for a time in which the rarest class has come close to its limit. The gap g of a class's score to the others'
 * obeys e^g + (c - 1) g = 1 + c share t, so its loss, about (c - 1) e^-g, is above (c - 1) / (c share t) by a share of about
 * (c - 1) g / (c share t): at time 2000 4 and 7 % for four and ten classes, but 23 % for the rarest of twenty; at 10,000 5 %.
 */
export const byDescent = (classes: (typeof CLASSES)[number]) =>
  classLosses({
    shares: SHARES[classes],
    method: "gradient-descent",
    rate: 0.1,
    steps: classes === "twenty by Zipf's law" ? 100_000 : 20_000,
  });

/** A thousand steps of 0.01: scores of +-10, losses of some millionths. */
export const bySign = (shares: readonly number[]) =>
  classLosses({ shares, method: "sign-descent", rate: 0.01, steps: 1000 });
