import { describe, expect, test } from "vitest";
import type { Known } from "../statistics/question.ts";
import { ALL_KINDS, type AnyQuestion, kindNamed, kindOf } from "./kinds.ts";

const known: Known = { value: 0, spread: 1, counts: 1 };

describe("the list of kinds", () => {
  test("no two ask for the same statistic, nor mean what an author may write alike", () => {
    const written = ALL_KINDS.flatMap(({ says, averages }) =>
      Object.keys(says).flatMap((form) => Object.keys(averages).map((statistic) => `${form} ${statistic}`)),
    );
    expect(new Set(written).size).toBe(written.length);
    const names = ALL_KINDS.map(({ statistic }) => statistic);
    expect(new Set(names).size).toBe(names.length);
    for (const kind of ALL_KINDS) expect(kindNamed(kind.statistic)).toBe(kind);
  });

  test("each has a judge with a guarantee of its own", () => {
    expect(new Set(ALL_KINDS.map(({ judge }) => judge.guarantee)).size).toBe(ALL_KINDS.length);
    for (const { judge } of ALL_KINDS) expect(judge.guarantee.length).toBeGreaterThan(20);
  });

  test("each judge with an interval is tried on synthetic truths; those without say facts, which have none", () => {
    for (const { answer, synthetic } of ALL_KINDS) {
      if (answer === "discrepancy") expect(synthetic.cases).toEqual([]);
      else expect(synthetic.cases.length).toBeGreaterThan(0);
    }
  });

  test("a name that evidence of another version has is nobody's", () => expect(kindNamed("mode")).toBeUndefined());
});

describe("truths", () => {
  test("at the edges lie just inside and just outside, where the statistic can be", () => {
    const mean: AnyQuestion = { statistic: "mean", region: { low: -0.5, high: 0.5 }, rivals: [], known: [known] };
    expect(edges(mean, "inside")).toEqual([-0.5 + 5e-7, 0.5 - 5e-7]);
    expect(edges(mean, "outside")).toEqual([-0.5 - 5e-7, 0.5 + 5e-7]);
    expect(edges({ statistic: "proportion", region: { low: -1, high: 0.25 }, rivals: [] }, "outside")).toHaveLength(1);
    expect(
      edges({ statistic: "law", region: { low: 0, high: 0.1 }, rivals: [] } as unknown as AnyQuestion, "inside"),
    ).toEqual([0.1 - 5e-8]);
    expect(edges({ statistic: "bytes", region: { low: 0, high: 0 }, rivals: [] }, "outside")).toEqual([1]);
  });

  test("of a slope is the contrast of the known values, of a difference their difference, of a discrepancy zero", () => {
    const asked = { region: { low: 0, high: 1 }, rivals: [], known: [known, { ...known, value: 3 }] };
    expect(knownTruth({ statistic: "slope", through: "mean", at: [2, 4], ...asked })).toBeCloseTo(1.5, 12);
    expect(knownTruth({ statistic: "difference", of: "mean", ...asked })).toBe(-3);
    expect(knownTruth({ statistic: "identity", ...asked, known: [{ ...known, value: Number.NaN }] })).toBe(0);
  });
});

function edges(question: AnyQuestion, side: "inside" | "outside"): readonly number[] {
  return kindOf(question).synthetic.edges(question, side);
}

function knownTruth(question: AnyQuestion): number {
  return kindOf(question).synthetic.knownTruth(question);
}
