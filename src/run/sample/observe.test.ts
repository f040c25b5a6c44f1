import { describe, expect, test } from "vitest";
import type { Context, Experiment } from "../../claim/experiment.ts";
import { reference } from "../../lab/reference/engine.ts";
import { ObservationError, observe } from "./observe.ts";

const measure = { kind: "raw", rounding: "exact", description: "anything" } as const;

function experiment(observations: unknown): Experiment {
  return {
    name: "trial",
    module: import.meta.url,
    setup: null,
    measures: { second: measure, first: measure },
    cost: { draws: 1, multiplyAdds: 0 },
    observe: () => observations as ReturnType<Experiment["observe"]>,
  };
}

const context: Context = { engine: reference, streams: { key: [1, 2, 3, 4], first: 10, count: 3 }, data: {} };
const good = Float64Array.of(1, 2, 3);

describe("observations", () => {
  test("come as one column after the other, by the measures' names; infinities are values", () => {
    const second = Float64Array.of(4, 5, Number.NEGATIVE_INFINITY);
    expect(observe(experiment({ second, first: good }), context)).toEqual(
      Float64Array.of(1, 2, 3, 4, 5, Number.NEGATIVE_INFINITY),
    );
  });

  test.each([
    ["nothing at all", undefined, "measure first: a Float64Array is required, got nothing"],
    ["a measure too few", { first: good }, "measure second: a Float64Array is required, got nothing"],
    ["a plain list", { first: [1, 2, 3], second: good }, "measure first: a Float64Array is required, got Array"],
    ["float32", { first: new Float32Array(3), second: good }, "a Float64Array is required, got Float32Array"],
    ["one number", { first: 1, second: good }, "a Float64Array is required, got number"],
    ["fewer numbers", { first: good.subarray(1), second: good }, "one number a replicate is required, got fewer"],
    ["more numbers", { first: new Float64Array(4), second: good }, "one number a replicate is required, got more"],
    [
      "NaN",
      { first: good, second: Float64Array.of(1, Number.NaN, 3) },
      "measure second: a number is required, got NaN at replicate 11",
    ],
  ])("that are %s are refused", (_, observations, message) => {
    expect(() => observe(experiment(observations), context)).toThrow(ObservationError);
    expect(() => observe(experiment(observations), context)).toThrow(message);
  });
});
