import { beforeAll, describe, expect, test } from "vitest";
import { tensorflow } from "./about.ts";
import type { Library } from "./library.ts";
import { openLibrary } from "./open-library.ts";

let tf: Library;
beforeAll(async () => {
  tf = (await openLibrary()).tf;
});

const UNIT = tensorflow.precision!.unit;
/** As many arguments on both sides of 0, from 40 to 4e-7, each by the same factor smaller. */
const ARGUMENTS = Float32Array.from({ length: 200_000 }, (_, at) => (at % 2 ? -1 : 1) * 40 ** (1 - at / 40_000));

describe.each([
  ["tanh", Math.tanh],
  ["sigmoid", (x: number) => 1 / (1 + Math.exp(-x))],
] as const)("TensorFlow's %s", (name, exact) => {
  test("is within the units of roundoff that bounds count for it, which are more than one rounding", () => {
    const found = tf[name](tf.tensor(ARGUMENTS, [ARGUMENTS.length])).dataSync();
    const errors = Array.from(found, (value, at) => {
      const expected = exact(ARGUMENTS[at]!);
      return Math.abs(value - expected) / Math.abs(expected) / UNIT;
    });
    const largest = errors.reduce((most, error) => Math.max(most, error), 0);
    expect(largest).toBeLessThan(tensorflow.precision!.curves!);
    expect(largest).toBeGreaterThan(2);
  });
});
