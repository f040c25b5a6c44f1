import { describe, expect, test } from "vitest";
import { offsetsOf, requireMlp, slopeOf } from "./architecture.ts";
import { heNormal, type Mlp, mlp, orthogonal } from "./network.ts";

const sound: Mlp = { kind: "mlp", widths: [3, 2, 4], activation: "relu", init: heNormal };

describe("requireMlp", () => {
  test("accepts any profile of positive widths, and orthogonal weights of constant width", () => {
    expect(() => requireMlp(sound)).not.toThrow();
    expect(() => requireMlp({ ...sound, widths: [1, 1] })).not.toThrow();
    expect(() => requireMlp(mlp({ width: 5, depth: 3, activation: "linear", init: orthogonal(1) }))).not.toThrow();
  });

  test.each<[Partial<Mlp>, string]>([
    [{ widths: [3] }, "a network requires at least 2 widths, got 1"],
    [{ widths: [3, 0, 4] }, "a width requires a positive integer, got 0 at layer 1"],
    [{ widths: [3, 2.5] }, "a width requires a positive integer, got 2.5 at layer 1"],
    [{ widths: [Number.NaN, 2] }, "a width requires a positive integer, got NaN at layer 0"],
    [{ activation: { leakySlope: -0.1 } }, "a leaky slope requires a number from 0 to 1, got -0.1"],
    [{ activation: { leakySlope: Number.NaN } }, "a leaky slope requires a number from 0 to 1, got NaN"],
    [{ init: { ...heNormal, gain: 0 } }, "a gain requires a positive finite number, got 0"],
    [{ init: { ...heNormal, gain: Infinity } }, "a gain requires a positive finite number, got Infinity"],
    [{ init: { ...heNormal, law: "student-t" } }, "student-t requires 1 or 2 degrees of freedom, got undefined"],
    [
      { init: { ...heNormal, law: "student-t", degreesOfFreedom: 3 } },
      "student-t requires 1 or 2 degrees of freedom, got 3",
    ],
    [{ init: orthogonal(2) }, "orthogonal weights require square layers, got 2 x 3 at layer 1"],
  ])("refuses %j", (part, message) => {
    expect(() => requireMlp({ ...sound, ...part })).toThrow(new RangeError(message));
  });
});

test("slopeOf is the derivative at negative arguments", () => {
  expect([slopeOf("linear"), slopeOf("relu"), slopeOf({ leakySlope: 0.2 })]).toEqual([1, 0, 0.2]);
});

test("offsetsOf gives each part's beginning, and the total", () => {
  expect(offsetsOf([2, 3, 1])).toEqual([0, 2, 5, 6]);
});
