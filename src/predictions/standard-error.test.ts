import { expect, test } from "vitest";
import { seededDraws } from "../calibration/synthetic/seeded-draws.ts";
import { decide } from "../statistics/decide.ts";
import type { Finding, Group } from "../statistics/judges/judge.ts";
import { moments } from "../statistics/moments/moments.ts";
import { type AnyQuestion, kindOf } from "./kinds.ts";

const open = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
const family = { skewness: 3, excessKurtosis: 20 };
const asked = { ...open, families: [family] };
const VALUES = 400;
const SAMPLES = 400;
/** Five standard errors of a standard deviation from 400 samples, and the spread's own noise. */
const TOLERANCE = 0.2;

test.each<readonly [string, AnyQuestion, groups: number]>([
  ["mean", { statistic: "mean", ...asked }, 1],
  ["median", { statistic: "median", ...asked }, 1],
  ["proportion", { statistic: "proportion", ...asked }, 1],
  [
    "slope through means",
    { statistic: "slope", through: "mean", at: [1, 2, 4], ...asked, families: [family, family, family] },
    3,
  ],
  [
    "slope through medians",
    { statistic: "slope", through: "median", at: [1, 2, 4], ...asked, families: [family, family, family] },
    3,
  ],
  ["difference of means", { statistic: "difference", of: "mean", ...asked, families: [family, family] }, 2],
  ["ratio of means", { statistic: "ratio", of: "mean", ...asked, families: [family, family] }, 2],
  ["ratio of proportions", { statistic: "ratio", of: "proportion", ...asked }, 2],
  ["difference of proportions", { statistic: "difference", of: "proportion", ...asked }, 2],
])("the standard error of a %s is how far its estimates scatter", (_, question, count) => {
  const draws = seededDraws(41);
  const isProportion = question.statistic === "proportion" || ("of" in question && question.of === "proportion");
  // a ratio's second mean is told from zero
  const level = question.statistic === "ratio" ? 5 : 0;
  const estimates = new Float64Array(SAMPLES);
  let said = 0;
  for (let sample = 0; sample < SAMPLES; sample++) {
    const groups = Array.from({ length: count }, () => {
      const values = draws.normals(VALUES);
      return { columns: [values.map((value) => (isProportion ? Number(value > 1) : value + level))] };
    });
    const finding = decide(kindOf(question).judge, question, groups, { support: 1e-3, refute: 1e-3 });
    estimates[sample] = finding.estimate;
    said += standardError(question, groups, finding)! / SAMPLES;
  }
  const scatter = Math.sqrt(moments(estimates).variance);
  expect(Math.abs(said / scatter - 1)).toBeLessThan(TOLERANCE);
});

test("of a chance to exceed it is at least how far estimates scatter, and by no more than a quarter larger between equal laws", () => {
  const question: AnyQuestion = { statistic: "superiority", ...open };
  const draws = seededDraws(42);
  // the scatter is that of Mann and Whitney's statistic: (2 n + 1) / (12 n^2); the bound has 1 / (4 n) of independent pairs
  const scatter = Math.sqrt((2 * VALUES + 1) / (12 * VALUES * VALUES));
  const groups = [draws.normals(VALUES), draws.normals(VALUES)].map((values) => ({ columns: [values] }));
  const said = standardError(question, groups, { spread: [], estimate: 0.5 })!;
  expect(said / scatter).toBeCloseTo(Math.sqrt(3 / 2), 2);
  const strata = standardError(question, [...groups, ...groups], { spread: [], estimate: 0.5 })!;
  expect(strata).toBeCloseTo(said / Math.SQRT2, 12);
  expect(standardError(question, groups, { spread: [], estimate: 1 })).toBe(0);
});

test("of other statistics none is claimed", () => {
  const question: AnyQuestion = { statistic: "variance", ...asked };
  expect(standardError(question, [{ columns: [new Float64Array(9)] }], { spread: [1], estimate: 1 })).toBeUndefined();
});

function standardError(question: AnyQuestion, groups: readonly Group[], finding: Pick<Finding, "spread" | "estimate">) {
  return kindOf(question).standardError(question, groups, finding);
}
