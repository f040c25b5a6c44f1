import { describe, expect, test } from "vitest";
import type { BytesQuestion, IdentityQuestion } from "../question.ts";
import { bytesJudge } from "./bytes-judge.ts";
import { identityJudge } from "./identity-judge.ts";

const IDENTITY: IdentityQuestion = {
  statistic: "identity",
  region: { low: 0, high: 1 },
  rivals: [],
  known: [{ value: 0, spread: 0, counts: 1 }],
};
const BYTES: BytesQuestion = {
  statistic: "bytes",
  region: { low: 0, high: 0 },
  rivals: [],
  known: [{ value: 0, spread: 0, counts: 0.5 }],
};
const ERRORS = { support: 1e-5, refute: 1e-6, undecided: 1e-3 };

test("the largest discrepancy is estimate and both bounds, whatever alpha", () => {
  const groups = [{ columns: [Float64Array.of(0.2, 0.9, 0)] }];
  expect(identityJudge.bounds(groups, IDENTITY, 1e-9)).toEqual({ estimate: 0.9, low: 0.9, high: 0.9, spread: [0] });
});

test("one differing replicate is the largest number of bytes", () => {
  expect(bytesJudge.bounds([{ columns: [Float64Array.of(0, 0, 3, 0)] }], BYTES, 0.1).low).toBe(3);
  expect(bytesJudge.bounds([{ columns: [new Float64Array(4)] }], BYTES, 0.1).high).toBe(0);
});

test("one counted replicate decides, and no margin is too small", () => {
  expect(identityJudge.needs([5], IDENTITY, ERRORS)).toEqual([1]);
  expect(identityJudge.detects([1], IDENTITY, ERRORS)).toBe(0);
  // Half of the replicates count: 14 have none with probability 6.1e-5, below a tenth of the undecided share; 13 have not.
  expect(bytesJudge.needs([5], BYTES, ERRORS)).toEqual([14]);
});

describe("the judges refuse", () => {
  test.each<[string, Float64Array, string]>([
    ["no values", new Float64Array(0), "at least one value, got none"],
    ["values below 0", Float64Array.of(0, -1), "at least 0, got -1 at replicate 1"],
    ["NaN", Float64Array.of(Number.NaN), "got NaN at replicate 0"],
    ["infinite discrepancies", Float64Array.of(Number.POSITIVE_INFINITY), "got Infinity at replicate 0"],
  ])("%s", (_name, values, message) => {
    expect(() => identityJudge.bounds([{ columns: [values] }], IDENTITY, 0.1)).toThrow(message);
    expect(() => bytesJudge.bounds([{ columns: [values] }], BYTES, 0.1)).toThrow(message);
  });

  test("parts of bytes", () => {
    expect(() => bytesJudge.bounds([{ columns: [Float64Array.of(0.5)] }], BYTES, 0.1)).toThrow(
      "whole numbers of bytes, got 0.5",
    );
  });
});
