import { describe, expect, test } from "vitest";
import type { DescentMethod } from "../../contract/chains.ts";
import { descentSteps } from "./chain-descent.ts";

const gradient = (rate: number, maxSteps = 1e5): DescentMethod => ({ name: "gradient-descent", rate, maxSteps });
const sign = (rate: number, maxSteps = 1e5): DescentMethod => ({ name: "sign-descent", rate, maxSteps });
const steps = (weights: readonly number[], method: DescentMethod): number =>
  descentSteps(Float64Array.from(weights), method);

describe("gradient descent", () => {
  test("of one weight contracts the error by 1 - rate a step", () => {
    // 1 - w falls from 1 to 1/2 by factors of 1 - 2^-10: ln 2 / -ln(1 - 2^-10) = 709.4.
    expect(steps([0], gradient(2 ** -10))).toBe(710);
  });

  test("moves each weight by the finite difference of the loss", () => {
    const start = [0.7, -1.1, 0.4];
    const moved = Float64Array.from(start);
    descentSteps(moved, gradient(0.01, 1));
    const loss = (w: readonly number[]) => 0.5 * (w[0]! * w[1]! * w[2]! - 1) ** 2;
    for (let layer = 0; layer < 3; layer++) {
      const shifted = (by: number) => loss(start.map((w, i) => (i === layer ? w + by : w)));
      const slope = (shifted(1e-5) - shifted(-1e-5)) / 2e-5;
      expect(moved[layer]).toBeCloseTo(start[layer]! - 0.01 * slope, 10);
    }
  });

  test("leaves a weight of exactly 0 by the product of the others", () => {
    const moved = Float64Array.of(0, 2, 3);
    descentSteps(moved, gradient(0.01, 1));
    expect([...moved]).toEqual([0.06, 2, 3]);
  });
});

describe("sign descent", () => {
  test("moves a positive product outwards by the rate in each weight", () => {
    const moved = Float64Array.of(0.25, -0.5, -0.5);
    expect(descentSteps(moved, sign(0.125, 1))).toBe(Number.POSITIVE_INFINITY);
    expect([...moved]).toEqual([0.375, -0.625, -0.625]);
  });

  test("moves a negative product inwards, through the sign change of its smallest weight, then outwards", () => {
    // Steps of 1/8: (.1875, -1, 2) -> (.0625, -.875, 1.875) -> (-.0625, -.75, 1.75), then out until |w1 w2 w3| >= 1/2.
    const moved = Float64Array.of(0.1875, -1, 2);
    expect(descentSteps(moved, sign(0.125, 2))).toBe(Number.POSITIVE_INFINITY);
    expect([...moved]).toEqual([-0.0625, -0.75, 1.75]);
    // (.3125, 1, 2) has product .625, (.1875, .875, 1.875) only .308: two more steps.
    expect(steps([0.1875, -1, 2], sign(0.125))).toBe(4);
  });

  test("takes the sign of the gradient of gradient descent", () => {
    const start = [0.7, -1.1, 0.4, -2, 0.9];
    const small = Float64Array.from(start);
    const signs = Float64Array.from(start);
    descentSteps(small, gradient(1e-6, 1));
    descentSteps(signs, sign(1e-6, 1));
    for (const [layer, weight] of start.entries()) {
      expect(Math.sign(signs[layer]! - weight)).toBe(Math.sign(small[layer]! - weight));
    }
  });

  test("moves only a weight of exactly 0, along the product of the others", () => {
    const moved = Float64Array.of(0, -2, 3);
    descentSteps(moved, sign(0.25, 1));
    expect([...moved]).toEqual([-0.25, -2, 3]);
    expect(steps([0, 0, 3], sign(0.25, 50))).toBe(Number.POSITIVE_INFINITY);
  });

  test.each([64, 4096])("of equal weights .2 at depth %d takes (2^(-1/L) - .2) / rate steps: no underflow", (depth) => {
    // At 4096 the product starts at e^-6592.
    const rate = 2 ** -12;
    const expected = Math.ceil((0.5 ** (1 / depth) - 0.2) / rate);
    expect(steps(new Array<number>(depth).fill(0.2), sign(rate))).toBe(expected);
  });
});

describe.each(["gradient-descent", "sign-descent"] as const)("%s", (name) => {
  test("takes no step when it starts at or above 1/2, whatever the order of huge and tiny weights", () => {
    expect(steps([2, 0.25], { name, rate: 0.1, maxSteps: 5 })).toBe(0);
    expect(steps([1e-200, 1e-200, 1e200, 1e200], { name, rate: 0.1, maxSteps: 5 })).toBe(0);
    expect(steps([1e200, 1e200, 1e-200, -1e-200], { name, rate: 1e-9, maxSteps: 1 })).toBe(Number.POSITIVE_INFINITY);
  });

  test("is censored as Infinity by maxSteps, not one step earlier", () => {
    const needed = steps([0.5, 0.5, 0.9], { name, rate: 0.01, maxSteps: 1e5 });
    expect(needed).toBeGreaterThan(1);
    expect(steps([0.5, 0.5, 0.9], { name, rate: 0.01, maxSteps: needed })).toBe(needed);
    expect(steps([0.5, 0.5, 0.9], { name, rate: 0.01, maxSteps: needed - 1 })).toBe(Number.POSITIVE_INFINITY);
  });
});
