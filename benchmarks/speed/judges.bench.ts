import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { LANES } from "../../src/numerics/stream.ts";
import { type AnyQuestion, kindOf } from "../../src/predictions/kinds.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";
import { decide } from "../../src/statistics/decide.ts";
import type { Group } from "../../src/statistics/judges/judge.ts";

/** What a verdict costs: each judge on as many values as a claim of the full tier has, at the levels that suites use. */

const VALUES = 8192;
const LEVELS = { support: 1e-5, refute: 1e-6 };
const family = { skewness: 0.1, excessKurtosis: 0.1 };
const asked = { region: { low: -1, high: 1 }, rivals: [], families: [family] };
const ofThree = { ...asked, at: [1, 2, 3], families: [family, family, family] };

const gaussians = (replicate: number): Float64Array => {
  const values = new Float64Array(VALUES);
  fillGaussian(openStream([1, 2, 3, 4], replicate, LANES.noise), values, 0, VALUES);
  return values;
};

const judging = (name: string, question: AnyQuestion, groups: (call: number) => readonly Group[]): SpeedCase => ({
  name,
  unit: "verdicts",
  open: () => {
    const drawn = groups(0);
    const { judge } = kindOf(question);
    return () => (decide(judge, question, drawn, LEVELS).replicates > 0 ? 1 : 0);
  },
});

const group = (replicate: number): Group => ({ columns: [gaussians(replicate)] });
const signs = (): Group => ({ columns: [gaussians(0).map((value) => (value > 0 ? 1 : 0))] });

export const cases: readonly SpeedCase[] = [
  judging("mean", { statistic: "mean", ...asked }, () => [group(0)]),
  judging("median", { statistic: "median", ...asked }, () => [group(0)]),
  judging("variance", { statistic: "variance", ...asked, region: { low: 0.5, high: 2 } }, () => [group(0)]),
  judging("skewness", { statistic: "standardised-moment", order: 3, ...asked }, () => [group(0)]),
  judging("proportion", { statistic: "proportion", ...asked }, () => [signs()]),
  judging("slope of means", { statistic: "slope", through: "mean", ...ofThree }, () => [0, 1, 2].map(group)),
  judging("slope of medians", { statistic: "slope", through: "median", ...ofThree }, () => [0, 1, 2].map(group)),
  judging("regression", { statistic: "regression", ...asked }, () => [{ columns: [gaussians(0), gaussians(1)] }]),
  judging(
    "difference of medians",
    { statistic: "difference", of: "median", ...asked, families: [family, family] },
    () => [group(0), group(1)],
  ),
  judging(
    "law",
    {
      statistic: "law",
      law: { name: "normal", mean: 0, standardDeviation: 1 },
      ...asked,
      region: { low: 0, high: 0.1 },
    },
    () => [group(0)],
  ),
  judging("same law", { statistic: "same-law", ...asked, region: { low: 0, high: 0.1 } }, () => [group(0), group(1)]),
];
