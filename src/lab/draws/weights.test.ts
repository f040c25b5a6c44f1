import { describe, expect, test } from "vitest";
import { fillUniform, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import {
  heNormal,
  heUniform,
  type Initialisation,
  orthogonal,
  torchDefault,
  xavierNormal,
  xavierUniform,
} from "../networks/network.ts";
import { fillWeights } from "./weights.ts";

/** Any key will do: bounds are at 5 standard errors, which one key in 10^6 breaks. */
const KEY: StreamKey = [11, 12, 13, 14];
const FAN_IN = 300;
const FAN_OUT = 100;

describe("fillWeights", () => {
  test.each<[string, Initialisation, number, number]>([
    // kurtosis of the law: 3 Gaussian, 9/5 uniform, 1 Rademacher
    ["He, Gaussian", heNormal, 2 / FAN_IN, 3],
    ["He, uniform", heUniform, 2 / FAN_IN, 1.8],
    ["Xavier, Gaussian", xavierNormal, 2 / (FAN_IN + FAN_OUT), 3],
    ["Xavier, uniform", xavierUniform, 2 / (FAN_IN + FAN_OUT), 1.8],
    ["PyTorch's default", torchDefault, 1 / (3 * FAN_IN), 1.8],
    ["Rademacher", { law: "rademacher", gain: 2, fan: "in" }, 2 / FAN_IN, 1],
  ])("%s: mean 0, variance gain / fan and the law's kurtosis", (_, init, variance, kurtosis) => {
    const weights = draw(init, FAN_IN, FAN_OUT);
    const n = weights.length;
    // One relative standard error of a mean of squares is sqrt((kurtosis - 1) / n); 1e-12 is for Rademacher's 0.
    expect(Math.abs(mean(weights, 1))).toBeLessThan(5 * Math.sqrt(variance / n));
    expect(Math.abs(mean(weights, 2) / variance - 1)).toBeLessThan(5 * Math.sqrt((kurtosis - 1) / n) + 1e-12);
    // The eighth standardised moment is at most 105 (Gaussian).
    expect(Math.abs(mean(weights, 4) / variance ** 2 - kurtosis)).toBeLessThan(5 * Math.sqrt(105 / n));
  });

  test("uniform weights stay within sqrt(3 gain / fan); PyTorch's bound is 1 / sqrt(fan_in)", () => {
    const largest = draw(torchDefault, FAN_IN, FAN_OUT).reduce((most, weight) => Math.max(most, Math.abs(weight)), 0);
    expect(largest).toBeLessThan(1 / Math.sqrt(FAN_IN));
    // 30,000 draws all below .999 of the bound: probability e^-30.
    expect(largest).toBeGreaterThan(0.999 / Math.sqrt(FAN_IN));
  });

  test.each([
    // P(|t| < c) by degrees of freedom at c = 3 medians: atan(3) 2 / pi; c / sqrt(2 + c^2) with c = 3 sqrt(2/3).
    [1, (2 / Math.PI) * Math.atan(3)],
    [2, Math.sqrt(6 / 8)],
  ])(
    "Student's t with %i degrees of freedom has the Gaussian's median of |w|, and its own tails",
    (degreesOfFreedom, within3) => {
      const weights = draw({ law: "student-t", gain: 2, fan: "in", degreesOfFreedom }, FAN_IN, FAN_OUT);
      const median = 0.6744897501960817 * Math.sqrt(2 / FAN_IN);
      const n = weights.length;
      expect(Math.abs(fraction(weights, median) - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / n));
      expect(Math.abs(fraction(weights, 3 * median) - within3)).toBeLessThan(5 * Math.sqrt(0.25 / n));
      expect(Math.abs(weights.filter((weight) => weight > 0).length / n - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / n));
    },
  );

  test("orthogonal weights are sqrt(gain) times an orthogonal matrix", () => {
    const size = 24;
    const weights = draw(orthogonal(2), size, size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        let product = 0;
        for (let k = 0; k < size; k++) product += weights[a * size + k]! * weights[b * size + k]!;
        // 24 reflections of 24 entries, 2^-53 each: below 2 * 24 * 24 * 2^-53 = 1.3e-13.
        expect(Math.abs(product - (a === b ? 2 : 0))).toBeLessThan(1.3e-13);
      }
    }
  });

  test("are drawn row by row into their place, and nowhere else", () => {
    const weights = new Float64Array(8).fill(9);
    fillWeights(heUniform, { weights, at: 1, fanIn: 2, fanOut: 3 }, openStream(KEY, 0, LANES.weights));
    const uniforms = new Float64Array(6);
    fillUniform(openStream(KEY, 0, LANES.weights), uniforms, 0, 6);
    const bound = Math.sqrt(3);
    expect([weights[0], weights[7]]).toEqual([9, 9]);
    for (let index = 0; index < 6; index++) {
      // 1 / sqrt(2) * sqrt(2) rounds four times.
      expect(Math.abs(weights[1 + index]! - bound * (2 * uniforms[index]! - 1))).toBeLessThan(4 * 2 ** -52);
    }
  });
});

function draw(init: Initialisation, fanIn: number, fanOut: number): Float64Array {
  const weights = new Float64Array(fanIn * fanOut);
  fillWeights(init, { weights, at: 0, fanIn, fanOut }, openStream(KEY, 3, LANES.weights));
  return weights;
}

function mean(values: Float64Array, power: number): number {
  return values.reduce((sum, value) => sum + value ** power, 0) / values.length;
}

function fraction(weights: Float64Array, within: number): number {
  return weights.filter((weight) => Math.abs(weight) < within).length / weights.length;
}
