import { describe, expect, test } from "vitest";
import type { Optimiser } from "../networks/optimiser.ts";
import { requireOptimiser } from "./require-optimiser.ts";

const adam = { name: "adam", rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0 } as const;

describe("an optimiser", () => {
  test.each<readonly [Optimiser, string]>([
    [{ name: "gradient-descent", rate: 0 }, "gradient-descent requires a positive rate, got 0"],
    [{ name: "sign-descent", rate: Number.POSITIVE_INFINITY }, "sign-descent requires a positive rate, got Infinity"],
    [{ name: "momentum", rate: 0.1, momentum: 1 }, "momentum requires momentum from 0 to below 1, got 1"],
    [
      { name: "normalised-descent", rate: 0.1, epsilon: -1 },
      "normalised-descent requires a finite epsilon of at least 0, got -1",
    ],
    [
      { name: "clipped-descent", rate: 0.1, threshold: Number.NaN },
      "clipped-descent requires a positive threshold, got NaN",
    ],
    [{ name: "rmsprop", rate: 0.1, decay: -0.1, epsilon: 0 }, "rmsprop requires decay from 0 to below 1, got -0.1"],
    [{ ...adam, beta1: 1 }, "adam requires beta1 from 0 to below 1, got 1"],
    [{ ...adam, beta2: 2 }, "adam requires beta2 from 0 to below 1, got 2"],
    [{ name: "adagrad", rate: 0.1, epsilon: Number.NaN }, "adagrad requires a finite epsilon of at least 0, got NaN"],
  ])("%o is refused", (optimiser, message) => {
    expect(() => requireOptimiser(optimiser)).toThrow(new RangeError(message));
  });

  test.each<Optimiser>([
    { ...adam, beta1: 0, beta2: 0 },
    { name: "normalised-descent", rate: 1e-300, epsilon: 0 },
    { name: "momentum", rate: 1, momentum: 0 },
  ])("%o is accepted", (optimiser) => {
    expect(() => requireOptimiser(optimiser)).not.toThrow();
  });
});
