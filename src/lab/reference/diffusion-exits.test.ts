import { describe, expect, test } from "vitest";
import { dawsonIntegral, digamma, EULER_GAMMA } from "../../numerics/special-functions.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import type { DiffusionProcess } from "../contract/diffusion.ts";
import { diffusionExits } from "./diffusion-exits.ts";

const key: StreamKey = [1, 2, 3, 4];

const process = (changes: Partial<DiffusionProcess>): DiffusionProcess => ({
  curvature: 0.01,
  noise: 0.01,
  rate: 1,
  radius: 1,
  directions: 1,
  start: "origin",
  maxSteps: 100_000,
  ...changes,
});

const exits = (changes: Partial<DiffusionProcess>, count = 1, first = 0): Float64Array =>
  diffusionExits({ process: process(changes), streams: { key, first, count } }).times;

/** a R^2 / s^2 for R = 1 and rate 1, with the radius corrected for the overshoot of a discrete walk. */
const kappaOf = (curvature: number, noise: number): number => curvature * ((1 + 0.5826 * noise) / noise) ** 2;

function meanAndError(times: Float64Array): { readonly mean: number; readonly error: number } {
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  const squares = times.reduce((sum, time) => sum + (time - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (times.length - 1) / times.length) };
}

describe("gradient descent from a point", () => {
  test.each([
    { curvature: 1, rate: 0.1, at: 1e-3 },
    { curvature: 0.01, rate: 1, at: 1e-3 },
    { curvature: 0.003, rate: 0.5, at: -0.01 },
  ])("leaves after ln(R / x0) / ln(1 + rate * curvature) steps, rounded up: %o", ({ curvature, rate, at }) => {
    const exact = Math.log(1 / Math.abs(at)) / Math.log(1 + rate * curvature);
    expect(exits({ curvature, rate, noise: 0, start: { at } })[0]).toBe(Math.ceil(exact));
  });

  test("takes no step when it starts on the boundary", () => {
    expect(exits({ noise: 0, start: { at: -1 } })[0]).toBe(0);
  });

  test("is censored as Infinity by maxSteps, not one step earlier", () => {
    const needed = exits({ noise: 0, start: { at: 0.5 } })[0]!;
    expect(exits({ noise: 0, start: { at: 0.5 }, maxSteps: needed })[0]).toBe(needed);
    expect(exits({ noise: 0, start: { at: 0.5 }, maxSteps: needed - 1 })[0]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("one Gaussian kick, then gradient descent", () => {
  test("leaves on average after (ln(R / r) + (gamma + ln 2) / 2) / ln(1 + a) + 1/2 steps", () => {
    // The 1/2 is rounding up to whole steps; kicks beyond R have probability erfc(100 / sqrt 2) = 0.
    const expected = (Math.log(100) + (EULER_GAMMA + Math.LN2) / 2) / Math.log(1.01) + 0.5;
    const { mean, error } = meanAndError(exits({ start: { kick: 0.01 } }, 1000));
    // sd of -ln|Z| is pi / sqrt 8 = 1.1107: 111 steps. Five standard errors: a true law fails once in 1.7e6 keys.
    expect(error * Math.sqrt(1000)).toBeCloseTo(111.6, -1.5);
    expect(Math.abs(mean - expected)).toBeLessThan(5 * error);
  });

  test("does not depend on `noise`: after the kick there is none", () => {
    expect(exits({ start: { kick: 0.1 }, noise: 5 }, 4)).toEqual(exits({ start: { kick: 0.1 }, noise: 0 }, 4));
  });
});

describe("noise at each step", () => {
  test.each([
    { curvature: 0.04, noise: 0.02, count: 400 },
    { curvature: 0.01, noise: 0.01, count: 400 },
    { curvature: 0.01, noise: 0.05, count: 600 },
  ])("one direction leaves on average after G(kappa) / ln(1 + a) steps: %o", ({ curvature, noise, count }) => {
    const expected = dawsonIntegral(kappaOf(curvature, noise)) / Math.log(1 + curvature);
    const { mean, error } = meanAndError(exits({ curvature, noise }, count));
    // What the corrections a -> ln(1 + a) and R -> R + .5826 s leave is of order a, measured .6% at a = .04: half of a.
    expect(Math.abs(mean - expected)).toBeLessThan(5 * error + 0.5 * curvature * expected);
  });

  test.each([2, 5])("%d equal directions leave on average after (ln kappa - psi(k / 2)) / (2 ln(1 + a)) steps", (k) => {
    const expected = (Math.log(kappaOf(0.01, 0.01)) - digamma(k / 2)) / 2 / Math.log(1.01);
    const { mean, error } = meanAndError(exits({ directions: k }, 400));
    // The next term of the exact mean adds (k / 2 - 1) / (2 kappa) to a T = 1.96 (k = 5): .4%; the discretisation a / 2.
    expect(Math.abs(mean - expected)).toBeLessThan(5 * error + 0.01 * expected);
  });

  test("without curvature one direction leaves on average after (R + .5826 s)^2 / s^2 steps, plus the overshoot", () => {
    const s = 0.1;
    const { mean, error } = meanAndError(exits({ curvature: 0, noise: s }, 400));
    expect(Math.abs(mean - ((1 + 0.5826 * s) / s) ** 2)).toBeLessThan(5 * error);
  });

  test("starts at the given point when both are asked for", () => {
    const near = meanAndError(exits({ start: { at: 0.5 } }, 200)).mean;
    // From R / 2 drift alone needs ln 2 / ln 1.01 = 70 steps; from the origin the mean is 329.
    expect(near).toBeGreaterThan(50);
    expect(near).toBeLessThan(90);
  });
});

describe("streams", () => {
  test("the same streams give the same bytes, in any chunks", () => {
    const whole = exits({ directions: 3 }, 7);
    expect(exits({ directions: 3 }, 7)).toEqual(whole);
    expect([...exits({ directions: 3 }, 2), ...exits({ directions: 3 }, 5, 2)]).toEqual([...whole]);
  });

  test("replicates differ", () => {
    expect(new Set(exits({}, 20)).size).toBeGreaterThan(15);
  });
});
