import { describe, expect, test } from "vitest";
import { fillUniform, openStream } from "../../../numerics/random.ts";
import { LANES, type StreamKey } from "../../../numerics/stream.ts";
import { descentSteps } from "./chain-descent.ts";
import { logGradientFlowEscape } from "./chain-gradient-flow.ts";

const key: StreamKey = [5, 6, 7, 8];

/** Weights uniform on [-bound, bound]. */
function drawn(depth: number, replicate: number, bound: number): Float64Array {
  const weights = new Float64Array(depth);
  fillUniform(openStream(key, replicate, LANES.weights), weights, 0, depth);
  return weights.map((u) => bound * (2 * u - 1));
}

const time = (weights: readonly number[]): number => Math.exp(logGradientFlowEscape(Float64Array.from(weights)));

/** Composite midpoint sum of T = integral of dr / (q (1 - r q)), the definition with a fine uniform grid. */
function plainSum(weights: Float64Array, points: number): number {
  const sizes = [...weights].map(Math.abs).sort((a, b) => a - b);
  const smallest = sizes[0]!;
  const others = (r: number) => sizes.slice(1).reduce((q, w) => q * Math.sqrt(w * w - smallest * smallest + r * r), 1);
  const start = smallest * weights.reduce((sign, w) => sign * Math.sign(w), 1);
  let low = 0;
  let high = 1;
  for (let halving = 0; halving < 60; halving++) {
    const middle = (low + high) / 2;
    if (middle * others(middle) < 0.5) low = middle;
    else high = middle;
  }
  const width = (low - start) / points;
  let sum = 0;
  for (let point = 0; point < points; point++) {
    const r = start + (point + 0.5) * width;
    sum += width / (others(r) * (1 - r * others(r)));
  }
  return sum;
}

describe("known times", () => {
  test.each([0.1, -0.3, 0.49])("one weight %d relaxes exponentially: ln(2 (1 - w))", (weight) => {
    expect(time([weight])).toBeCloseTo(Math.log(2 * (1 - weight)), 13);
  });

  test("two equal weights follow the logistic equation in P: (logit(1/2) - logit(w^2)) / 2", () => {
    expect(time([0.1, 0.1])).toBeCloseTo(-Math.log(0.01 / 0.99) / 2, 13);
    expect(time([-0.1, -0.1])).toBeCloseTo(-Math.log(0.01 / 0.99) / 2, 13);
  });

  test.each([8, 16, 64])("a balanced chain of depth %d with small weights takes w0^-(L-2) / (L-2)", (depth) => {
    // What lies between w0 and the escape changes that by a relative (w0 / r*)^(L-2) + w0^L-terms: below 1e-6 for w0 = .05.
    const small = depth === 8 ? 0.05 : 0.3;
    const expected = -(depth - 2) * Math.log(small) - Math.log(depth - 2);
    const actual = logGradientFlowEscape(new Float64Array(depth).fill(small));
    expect(Math.abs(actual - expected)).toBeLessThan(1e-6);
  });

  test("starting at or above 1/2 takes no time", () => {
    expect(time([2, 0.25])).toBe(0);
    expect(time([-5, -5])).toBe(0);
  });

  test("two smallest weights of one size and a negative product never escape", () => {
    expect(time([0.5, -0.5, 1])).toBe(Number.POSITIVE_INFINITY);
    expect(time([0, 0, 1])).toBe(Number.POSITIVE_INFINITY);
  });

  test("one weight of 0 is no obstacle", () => {
    expect(time([0])).toBeCloseTo(Math.LN2, 13);
    expect(time([0, 1])).toBeCloseTo(plainSum(Float64Array.of(0, 1), 20_000), 8);
  });

  test("almost equal smallest weights of opposite sign take a time logarithmic in their difference", () => {
    // Near the saddle of x y: T = integral dr / sqrt(d + r^2) ~ ln(1 / d), d = w_2^2 - w_1^2: each decade adds ln 10.
    const near = (gap: number) => time([0.5, -(0.5 + gap)]);
    expect(near(1e-9) - near(1e-8)).toBeCloseTo(Math.LN10, 6);
    expect(near(1e-12) - near(1e-11)).toBeCloseTo(Math.LN10, 3);
  });
});

describe("random chains of both signs", () => {
  test.each(Array.from({ length: 12 }, (_, replicate) => replicate))(
    "chain %d agrees with a plain sum",
    (replicate) => {
      const weights = drawn(6, replicate, Math.sqrt(3));
      const actual = logGradientFlowEscape(weights.slice());
      if (actual === Number.NEGATIVE_INFINITY) return expect(weights.reduce((p, w) => p * w, 1)).toBeGreaterThan(0.5);
      // Midpoint error falls with the square of the number of points: Richardson's extrapolation removes it.
      const coarse = plainSum(weights, 20_000);
      const fine = plainSum(weights, 40_000);
      expect(Math.abs(Math.exp(actual) / (fine + (fine - coarse) / 3) - 1)).toBeLessThan(
        1e-6 + Math.abs(fine / coarse - 1),
      );
    },
  );

  test.each([
    [1.2, 0.7, -0.9, 0.4],
    [0.3, -0.6, -1.1, 0.8],
    [1.5, 0.2, 0.9, 1.3, -0.5],
    [-1.6, 1.4, 1.7, -0.3, 0.6],
  ])("gradient descent with small steps from %d, %d, %d, %d takes that time", (...weights) => {
    const rate = 1e-5;
    const steps = descentSteps(Float64Array.from(weights), { name: "gradient-descent", rate, maxSteps: 2e6 });
    // Forward Euler is first order: relative error of about rate times the largest curvature (below 10 here), and one step.
    expect(Math.abs(steps * rate - time(weights))).toBeLessThan(1e-4 * time(weights) + rate);
  });

  test("the order of the weights does not matter beyond rounding, nor do pairs of signs", () => {
    const weights = drawn(40, 3, Math.sqrt(3));
    const expected = logGradientFlowEscape(weights);
    expect(logGradientFlowEscape(weights.toReversed())).toBeCloseTo(expected, 10);
    const flipped = weights.map((w, layer) => (layer < 2 ? -w : w));
    expect(logGradientFlowEscape(flipped)).toBe(expected);
  });

  test.each([[-30, 20, 25, 40] as const, [0.9, -8, 7, 9, 6, 9.5, 8.5] as const])(
    "a large negative output comes back fast, and through the zero of its smallest weight: %o",
    (...weights) => {
      // In units of 1 / q(0), the path's scale, dr / (1 + |r|): a sum on the grid u = ln(1 + |r| q(0)) resolves it.
      const sizes = weights.map(Math.abs).sort((a, b) => a - b);
      const others = (r: number) => sizes.slice(1).reduce((q, w) => q * Math.sqrt(w * w - sizes[0]! ** 2 + r * r), 1);
      const [q0, points] = [others(0), 400_000];
      const end = Math.log(1 + sizes[0]! * q0);
      let fall = 0;
      for (let point = 0; point < points; point++) {
        const r = (Math.exp(((point + 0.5) * end) / points) - 1) / q0;
        fall += ((r + 1 / q0) * end) / points / (others(r) * (1 + r * others(r)));
      }
      // The rise to r q = 1/2 takes ln 2 / q(0)^2: on the way r stays below 1e-4 and q is constant to 1e-8.
      const expected = fall + Math.LN2 / q0 ** 2;
      expect(Math.abs(time(weights) / expected - 1)).toBeLessThan(1e-4);
    },
  );

  test("a chain whose way back is below float64's range is refused", () => {
    const weights = new Float64Array(1000).fill(-9);
    weights[0] = 1;
    expect(() => logGradientFlowEscape(weights)).toThrow(/gradient flow requires an escape at a smallest weight above/);
  });

  test("depth 4096 neither overflows nor underflows", () => {
    for (const replicate of [0, 1]) {
      const weights = drawn(4096, replicate, Math.sqrt(3));
      const logProduct = weights.reduce((sum, w) => sum + Math.log(Math.abs(w)), 0);
      const actual = logGradientFlowEscape(weights);
      // T is about 1 / ||H||, and ln ||H|| = ln |P| + 2 ln L + O(1).
      expect(Math.abs(actual + logProduct + 2 * Math.log(4096))).toBeLessThan(8);
    }
  });
});
