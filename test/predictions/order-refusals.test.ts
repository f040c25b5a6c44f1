import { describe, expect, test } from "vitest";
import type { AnyClaim } from "../../src/claim/claim.ts";
import type { Experiment } from "../../src/claim/experiment.ts";
import { claimManifest } from "../../src/claim/manifest.ts";
import { resolveArms } from "../../src/claim/resolve.ts";

const measure = { kind: "bounded", rounding: "exact", range: [0, 1], description: "a score" } as const;

function scores(name: string): Experiment {
  return {
    name,
    module: "file:///scores.ts",
    setup: { name },
    measures: {
      a: measure,
      b: measure,
      c: measure,
      free: { kind: "log", rounding: "exact", description: "a logarithm" },
      norm: { kind: "raw", rounding: "exact", description: "a norm" },
    },
    cost: { draws: 1, multiplyAdds: 0 },
    observe: () => ({}),
  };
}

/** A claim of one prediction over three methods. */
function claimOf(prediction: object, rest: object = {}): AnyClaim {
  return {
    id: "paper/topic/toy",
    title: "t",
    statement: "s",
    source: { paper: "paper@v1", at: "abstract", grade: "stated" },
    assumptions: { a: "first" },
    grid: { method: ["x", "y", "z"] },
    experiment: ({ method }: { readonly method: string }) => scores(method),
    against: () => scores("other"),
    prediction: { because: "b", of: "a", ...prediction },
    controls: [
      {
        breaks: "a",
        because: "c",
        experiment: () => scores("broken"),
        expected: "expected" in prediction ? prediction.expected : {},
        replicates: { smoke: 9, full: 9 },
      },
    ],
    tiers: { smoke: { replicates: 9 }, full: { replicates: 9 } },
    ...rest,
  } as unknown as AnyClaim;
}

const superiority = { says: "at-least", statistic: "superiority", bound: 0.6 };
const paired = { says: "at-least", statistic: "paired-superiority", over: "b", bound: 0.6 };
const difference = { says: "at-least", statistic: "paired-difference", over: "b", bound: 0.1 };
const quotient = {
  says: "at-least",
  statistic: "paired-ratio-of-means",
  over: "b",
  bound: 1.1,
  expected: { normal: { because: "n" } },
};
const along = { axis: "method" };
const ordered = { says: "is-ordered", order: "descending", through: "median", along, bound: 0 };
const best = { says: "is-best", best: "y", better: "higher", through: "median", along, bound: 0 };
const middle = { says: "at-least", statistic: "interquartile-mean", along, bound: 0.5 };
const gap = { says: "at-most", statistic: "optimality-gap", along, target: 1, bound: 0.5 };
const share = { says: "at-least", statistic: "share-above", along, threshold: 0.5, bound: 0.5 };
const profile = { says: "has-profile", along, thresholds: [0.25, 0.5], lower: [0.5, 0.2], upper: [0.9, 0.6] };
const tau = { says: "at-least", statistic: "kendall-tau", on: "b", bound: 0.5 };
const band = { says: "lies-in-band", value: 0, within: 1, and: [{ of: "b", value: 1, within: 2 }] };
const monotone = { says: "is-monotone", order: "ascending", through: "median", along, within: 0.1 };

const line = { says: "follows", on: "b", slope: 1, within: 0.1, expected: { normal: { because: "n" } } };

/** Scores of each method, without a measure in one. */
function lacking(where: string, measure: string) {
  return ({ method }: { readonly method: string }): Experiment => {
    const whole = scores(method);
    if (method !== where) return whole;
    const { [measure]: _, ...measures } = whole.measures;
    return { ...whole, measures };
  };
}

describe("what a prediction of who is ahead may ask is asked", () => {
  test.each([
    ["a chance a cell", superiority, ["method x", "method y", "method z"], [0, 3]],
    ["its mean over an axis", { ...superiority, along }, ["mean along method"], [0, 1, 2, 3, 4, 5]],
    ["pairs", paired, ["method x", "method y", "method z"], [0]],
    ["differences of pairs", difference, ["method x", "method y", "method z"], [0]],
    ["ratios of pairs", quotient, ["method x", "method y", "method z"], [0]],
    ["pairs, the mean over an axis", { ...paired, along }, ["mean along method"], [0, 1, 2]],
    ["a ranking", ordered, ["ranking along method"], [0, 1, 2]],
    ["the best of three", best, ["ranking along method"], [0, 1, 2]],
    ["a middle of tasks", middle, ["mixture along method"], [0, 1, 2]],
    ["a gap", gap, ["mixture along method"], [0, 1, 2]],
    ["a profile", profile, ["profile along method"], [0, 1, 2]],
    ["a rank correlation", tau, ["method x", "method y", "method z"], [0]],
    ["a band a cell", band, ["method x", "method y", "method z"], [0]],
    ["a band over an axis", { ...band, along }, ["band along method"], [0, 1, 2]],
    ["a band of means", { ...band, through: "mean" }, ["method x", "method y", "method z"], [0]],
    ["a trend", monotone, ["trend along method"], [0, 1, 2]],
  ] as const)("%s", (_, prediction, labels, sources) => {
    const [{ units }] = resolveArms(claimOf(prediction), "full") as readonly [ReturnType<typeof resolveArms>[number]];
    expect(units.map(({ label }) => label)).toEqual(labels);
    expect(units[0]!.groups.map(({ source }) => source)).toEqual(sources);
    expect(units[0]!.question.known).toHaveLength(sources.length);
  });
});

describe("misuse is refused in one line", () => {
  const oneCell = { tiers: { smoke: { replicates: 9 }, full: { replicates: 9, grid: { method: ["x"] } } } };
  test.each<readonly [string, AnyClaim, RegExp]>([
    [
      "a bound in percent",
      claimOf({ ...superiority, bound: 60 }),
      /a chance at method x is 60, one from 0 to 1 is required/,
    ],
    [
      "a value that is no chance",
      claimOf({ says: "equals", statistic: "superiority", value: -0.1, within: 0.2 }),
      /a chance at method x is -0.1, one from 0 to 1 is required/,
    ],
    [
      "no second experiment",
      claimOf(superiority, { against: undefined }),
      /at-least requires a second experiment in `against`/,
    ],
    [
      "a mean over one cell",
      claimOf({ ...superiority, along }, oneCell),
      /a mean along method requires two cells, got 1/,
    ],
    [
      "a measure against itself",
      claimOf({ ...paired, over: "a" }),
      /a is compared with itself, another measure in `over` is required/,
    ],
    [
      "a difference from itself",
      claimOf({ ...difference, over: "a" }),
      /a is compared with itself, another measure in `over` is required/,
    ],
    [
      "a difference from nothing",
      claimOf({ ...difference, over: undefined }),
      /x has no measure undefined, it has a, b/,
    ],
    [
      "a ratio to itself",
      claimOf({ ...quotient, over: "a" }),
      /a is compared with itself, another measure in `over` is required/,
    ],
    ["a ratio to norms", claimOf({ ...quotient, over: "norm" }), /norm is declared raw/],
    [
      "ratios of no law",
      claimOf({ ...quotient, expected: {} }),
      /of a at method x requires `expected` to say what laws/,
    ],
    [
      "ratios of a deviation",
      claimOf({
        ...quotient,
        expected: { family: { skewness: 0, excessKurtosis: 0 }, deviation: { atMost: 1, because: "d" } },
      }),
      /paired-ratio-of-means of a at method x requires `expected` without `deviation`/,
    ],
    ["a difference of norms", claimOf({ ...difference, of: "norm" }), /norm is declared raw/],
    ["a difference from norms", claimOf({ ...difference, over: "norm" }), /norm is declared raw/],
    [
      "differences of no law",
      claimOf({ ...difference, over: "free" }),
      /of a at method x requires `expected` to say what laws/,
    ],
    ["a middle of one task", claimOf(middle, oneCell), /a mixture along method requires two cells, got 1/],
    [
      "a gap of a measure without a range",
      claimOf({ ...gap, of: "norm" }),
      /an optimality gap requires a measure with a range, norm has none/,
    ],
    [
      "a gap from below the range",
      claimOf({ ...gap, target: -1 }),
      /the target is -1, one above the range's lower end 0 is required/,
    ],
    ["a gap from nothing", claimOf({ ...gap, target: undefined }), /a target at method x is required, got none/],
    [
      "a share above nothing",
      claimOf({ ...share, threshold: undefined }),
      /a threshold at method x is required, got none/,
    ],
    ["a profile of one task", claimOf(profile, oneCell), /a profile along method requires two cells, got 1/],
    [
      "a profile of nothing",
      claimOf({ ...profile, lower: undefined, upper: undefined }),
      /a profile requires `lower`, `upper` or both, got neither/,
    ],
    [
      "a profile of what every one has",
      claimOf({ ...profile, lower: () => 0, upper: undefined }),
      /a profile requires a `lower` above 0 or an `upper` below 1 at some threshold, got none/,
    ],
    [
      "a profile in percent",
      claimOf({ ...profile, upper: [90, 60] }),
      /`upper` above 0.25 is 90, a share above 0 and up to 1 is required/,
    ],
    [
      "a profile by a formula that leaves 0 to 1",
      claimOf({ ...profile, lower: (threshold: number) => 0.4 - threshold }),
      /`lower` above 0.5 is -0.1, a share from 0 to below 1 is required/,
    ],
    [
      "a certain profile",
      claimOf({ ...profile, lower: [1, 0.2], upper: undefined }),
      /`lower` above 0.25 is 1, a share from 0 to below 1 is required/,
    ],
    [
      "a profile without room",
      claimOf({ ...profile, lower: [0.5, 0.7] }),
      /no profile is at most 0.6 above 0.5 and at least 0.7 above 0.5/,
    ],
    [
      "a profile that rises",
      claimOf({ ...profile, lower: [0, 0.7], upper: [0.6, 0.9] }),
      /no profile is at most 0.6 above 0.25 and at least 0.7 above 0.5/,
    ],
    [
      "a profile at falling thresholds",
      claimOf({ ...profile, thresholds: [0.5, 0.25] }),
      /a profile requires finite thresholds that rise, got 0.25 after 0.5/,
    ],
    [
      "a profile at no threshold",
      claimOf({ ...profile, thresholds: [] }),
      /a profile requires 1 to 100 thresholds, got 0/,
    ],
    [
      "a profile with a bound too few",
      claimOf({ ...profile, upper: [0.9] }),
      /`upper` requires one share a threshold \(2\), got 1/,
    ],
    [
      "a tau beyond 1",
      claimOf({ ...tau, bound: 1.5 }),
      /a correlation at method x is 1.5, one from -1 to 1 is required/,
    ],
    [
      "a band without room",
      claimOf({ ...band, and: [{ of: "b", value: 1, within: 0 }] }),
      /margin at method x is 0, a positive number is required/,
    ],
    [
      "a band of a chance in percent",
      claimOf({ ...band, through: "proportion", value: 30 }),
      /the proportion of a at method x is 30, one from 0 to 1 is required/,
    ],
    [
      "a band through sums",
      claimOf({ ...band, and: [{ of: "b", through: "sum", value: 1, within: 1 }] }),
      /a band goes through sum, one of median, mean, proportion is required/,
    ],
    [
      "a band of means of norms",
      claimOf({ ...band, and: [{ of: "norm", through: "mean", value: 1, within: 1 }] }),
      /norm is declared raw/,
    ],
    [
      "a band of means of no law",
      claimOf({ ...band, and: [{ of: "free", through: "mean", value: 1, within: 1 }] }),
      /of a at method x requires `expected` to say what laws/,
    ],
    [
      "a band of means of a deviation",
      claimOf({
        ...band,
        and: [{ of: "free", through: "mean", value: 1, within: 1 }],
        expected: { family: { skewness: 0, excessKurtosis: 0 }, deviation: { atMost: 1, because: "d" } },
      }),
      /a band requires `expected` without `deviation`, which has the unit of one measure alone/,
    ],
    [
      "a band of one measure twice",
      claimOf({ ...band, and: [{ of: "a", value: 1, within: 1 }] }),
      /the band has a twice, each measure once is required/,
    ],
    [
      "a band of a measure that is not there",
      claimOf({ ...band, and: [{ of: "q", value: 1, within: 1 }] }),
      /x has no measure q/,
    ],
    [
      "a tau with itself",
      claimOf({ ...tau, on: "a" }),
      /a is ranked against itself, another measure in `on` is required/,
    ],
    [
      "a best that is no arm",
      claimOf({ ...best, best: "q" }),
      /the best is q, one of x, y, z along method is required/,
    ],
    ["a ranking of one", claimOf(ordered, oneCell), /a ranking along method requires two cells, got 1/],
    [
      "a trend without room",
      claimOf({ ...monotone, within: 0 }),
      /margin at method x is 0, a positive number is required/,
    ],
    ["means of norms ranked", claimOf({ ...ordered, through: "mean", of: "norm" }), /norm is declared raw/],
    [
      "a ranking through sums",
      claimOf({ ...ordered, through: "sum" }),
      /is-ordered is said of sum, one of mean, median is required/,
    ],
    [
      "a measure that is not there",
      claimOf({ ...paired, over: "q" }),
      /x has no measure q, it has a, b, c, free, norm/,
    ],
    ["a line in nothing", claimOf({ ...line, on: "q" }), /x has no measure q, it has a, b, c, free, norm/],
    ["a tau with nothing", claimOf({ ...tau, on: "q" }), /x has no measure q, it has a, b, c, free, norm/],
    [
      "a tau with what one cell alone lacks",
      claimOf(tau, { experiment: lacking("y", "b") }),
      /y has no measure b, it has a/,
    ],
    [
      "a line in what one cell alone lacks",
      claimOf(line, { experiment: lacking("z", "b") }),
      /z has no measure b, it has a/,
    ],
    [
      "a measure that the second experiment lacks",
      claimOf(superiority, { against: () => lacking("other", "a")({ method: "other" }) }),
      /other has no measure a, it has b/,
    ],
    ["a condition that is no measure", claimOf({ ...tau, given: "q" }), /x has no measure q, it has a, b/],
  ])("%s", (_, claim, message) => {
    expect(() => resolveArms(claim, "full")).toThrow(message);
  });
});

test.each([
  ["descending", ordered, "x over y, y over z"],
  ["ascending", { ...ordered, order: "ascending" }, "y over x, z over y"],
  ["the highest best", best, "y over x, y over z"],
  ["the lowest best", { ...best, better: "lower" }, "x over y, z over y"],
])("a ranking, %s, compares %s", (_, prediction, pairs) => {
  const { tiers } = claimManifest(claimOf(prediction));
  expect(tiers["full"]![0]!.units[0]!.detail["pairs"]).toBe(pairs);
});

test("differences of scores from 0 to 1 lie from -1 to 1, and those of other ranges between what is furthest apart", () => {
  const questionOf = (ranges: readonly [readonly [number, number], readonly [number, number]]) => {
    const [a, b] = ranges.map((range) => ({ ...measure, range }));
    const experiment = () => ({ ...scores("ranges"), measures: { a: a!, b: b! } });
    return resolveArms(claimOf(difference, { experiment }), "full")[0]!.units[0]!.question;
  };
  expect(resolveArms(claimOf(difference), "full")[0]!.units[0]!.question).toMatchObject({ range: [-1, 1], horizon: 9 });
  expect(
    questionOf([
      [2, 3],
      [-5, 7],
    ]),
  ).toMatchObject({ range: [-5, 8] });
});
