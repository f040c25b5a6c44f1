import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decide } from "../statistics/decide.ts";
import type { Group } from "../statistics/judges/judge.ts";
import type { GroupShift } from "../statistics/moments/estimate-shift.ts";
import { moments } from "../statistics/moments/moments.ts";
import { type AnyQuestion, kindOf } from "./kinds.ts";

const open = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
const family = { skewness: 3, excessKurtosis: 20 };
const asked = { ...open, families: [family] };
const GROUPS = 3;
/** Of values from 8 to 16: what moving one rounds. */
const HALF_ULP = 2 ** -50;

const QUESTIONS: readonly (readonly [string, AnyQuestion, groups: number])[] = [
  ["median", { statistic: "median", ...asked }, 1],
  ["mean", { statistic: "mean", ...asked, range: [-20, 20] }, 1],
  ["variance", { statistic: "variance", ...asked }, 1],
  ["slope through medians", { statistic: "slope", through: "median", at: [1, 2, 4], ...asked }, GROUPS],
  ["difference of medians", { statistic: "difference", of: "median", ...asked }, 2],
  ["ratio of means", { statistic: "ratio", of: "mean", ...asked, families: [family, family] }, 2],
  ["difference of log-variances", { statistic: "difference", of: "log-variance", ...asked }, 2],
];

/** Values of one group, and by how much of the shift each moves. */
const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 40, maxLength: 60 });
const part = fc.double({ min: -1, max: 1, noNaN: true });

describe("an estimate moves no further than its observations let it", () => {
  test.each(QUESTIONS)("%s", (_, question, count) => {
    const group = values.chain((column) =>
      fc.record({
        column: fc.constant(Float64Array.from(column)),
        parts: fc.array(part, { minLength: column.length, maxLength: column.length }),
        shift: fc.constantFrom(1e-12, 1e-6, 0.5),
      }),
    );
    fc.assert(
      fc.property(fc.array(group, { minLength: count, maxLength: count }), (groups) => {
        const was = groups.map(({ column }) => ({ columns: [column] as const }));
        const is = groups.map(({ column, parts, shift }) => ({
          columns: [column.map((value, index) => value + shift * parts[index]!)] as const,
        }));
        const shifts = groups.map(({ shift }) => everything(shift + HALF_ULP));
        const difference = estimateOf(question, is) - estimateOf(question, was);
        const most = estimateShift(question, was, shifts) ?? Infinity;
        expect(Math.abs(difference)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 200 },
    );
  });

  test("the bound of a paired difference is reached when both measures move apart", () => {
    const question: AnyQuestion = { statistic: "paired-difference", ...asked };
    const apart = (by: number) => [{ columns: [Float64Array.of(by, by + 1), Float64Array.of(-by, -by)] as const }];
    const moved = estimateOf(question, apart(0.25)) - estimateOf(question, apart(0));
    expect(moved).toBeCloseTo(estimateShift(question, apart(0), [everything(0.25)])!, 12);
  });

  test("the bound of a slope is reached when the ends move apart", () => {
    const question: AnyQuestion = { statistic: "slope", through: "median", at: [0, 1], ...asked };
    const column = (value: number) => ({ columns: [new Float64Array(41).fill(value)] as const });
    const moved = estimateOf(question, [column(0), column(1)]) - estimateOf(question, [column(0.25), column(0.75)]);
    expect(moved).toBeCloseTo(
      estimateShift(question, [column(0), column(1)], [everything(0.25), everything(0.25)])!,
      12,
    );
  });

  test("a log-variance has no bound once the shift could take all the spread", () => {
    const question: AnyQuestion = { statistic: "difference", of: "log-variance", ...asked };
    const group = { columns: [Float64Array.from({ length: 50 }, (_, index) => index % 2)] };
    expect(estimateShift(question, [group, group], [everything(1), everything(1)])).toBeUndefined();
    expect(estimateShift(question, [group, group], [everything(1e-6), everything(1e-6)])).toBeLessThan(2e-5);
  });

  test("values that may be anywhere move a median by their ranks, a proportion by their part, and leave others unbounded", () => {
    const group = { columns: [Float64Array.from({ length: 51 }, (_, index) => index)] };
    const free = [{ bound: 1e-6, free: 3 }];
    expect(estimateShift({ statistic: "median", ...asked }, [group], free)).toBeCloseTo(3 + 1e-6, 12);
    expect(estimateShift({ statistic: "proportion", ...asked }, [group], free)).toBe(3 / 51);
    for (const statistic of ["mean", "variance", "identity"] as const) {
      expect(estimateShift({ statistic, ...asked }, [group], free)).toBeUndefined();
    }
  });

  test("the worst that three free values of 41 can do to a median keeps to its bound, and nearly reaches it", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 41, maxLength: 41 }),
        (list) => {
          const question: AnyQuestion = { statistic: "median", ...asked };
          const was = Float64Array.from(list).sort();
          const raised = was.map((value, index) => (index < 3 ? 100 : value));
          const moved = estimateOf(question, [{ columns: [raised] }]) - estimateOf(question, [{ columns: [was] }]);
          expect(moved).toBeCloseTo(was[23]! - was[20]!, 12);
          const most = estimateShift(question, [{ columns: [was] }], [{ bound: 0, free: 3 }]);
          expect(moved).toBeLessThanOrEqual(most! + HALF_ULP);
        },
      ),
    );
  });

  test.each(["standardised-moment", "law", "same-law", "regression", "bytes"] as const)(
    "no bound is claimed for %s",
    (statistic) => expect(estimateShift({ statistic, ...asked } as AnyQuestion, [], [])).toBeUndefined(),
  );
});

function everything(shift: number) {
  return { bound: shift, free: 0 };
}

/** Judges of variances want more values than a property should draw: their estimates are the sample's moments. */
function estimateOf(
  question: AnyQuestion,
  groups: readonly { readonly columns: readonly [Float64Array, ...Float64Array[]] }[],
) {
  const variances = () => groups.map(({ columns: [values] }) => moments(values).variance);
  if (question.statistic === "variance") return variances()[0]!;
  if (question.statistic === "difference" && question.of === "log-variance") {
    const [first, second] = variances();
    return Math.log(first!) - Math.log(second!);
  }
  if (question.statistic === "ratio") return ratioOfMeans(groups);
  return decide(kindOf(question).judge, question, groups, { support: 0.05, refute: 0.05 }).estimate;
}

/** Whether or not the second one is told from zero, which its judge requires. */
function ratioOfMeans(groups: readonly { readonly columns: readonly [Float64Array, ...Float64Array[]] }[]): number {
  const [first, second] = groups.map(({ columns: [values] }) => moments(values).mean);
  return first! / second!;
}

function estimateShift(question: AnyQuestion, groups: readonly Group[], shifts: readonly GroupShift[]) {
  return kindOf(question).estimateShift(question, groups, shifts);
}
