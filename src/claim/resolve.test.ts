import { describe, expect, test } from "vitest";
import { type AnyClaim, defineClaim } from "./claim.ts";
import type { Experiment, Measure } from "./experiment.ts";
import { claimHash, claimManifest } from "./manifest.ts";
import { resolveArms } from "./resolve.ts";

type Name = "log" | "norm" | "fraction" | "alive";

const measures: Readonly<Record<Name, Measure>> = {
  log: { kind: "log", rounding: "exact", description: "ln of a norm" },
  norm: { kind: "raw", rounding: "exact", description: "a norm" },
  fraction: { kind: "bounded", rounding: "exact", range: [0, 1], description: "a fraction" },
  alive: { kind: "bounded", rounding: "exact", range: [0, 1], description: "1 when alive" },
};

const experiment = (setup: number): Experiment<Name> => ({
  name: "toy",
  module: "file:///toy.js",
  setup,
  measures,
  cost: { draws: 1, multiplyAdds: 1 },
  observe: () => {
    throw new Error("resolving a claim must run nothing");
  },
});

const usual = defineClaim({
  id: "paper/topic/toy",
  title: "A toy",
  statement: "A toy",
  source: { paper: "paper@v1", at: "abstract", grade: "derived" },
  assumptions: { a: "first" },
  grid: { depth: [8, 16, 32], law: ["x", "y"] },
  experiment: ({ depth }) => experiment(depth),
  prediction: {
    says: "equals",
    statistic: "mean",
    of: "log",
    given: "alive",
    value: ({ depth }) => -depth,
    within: 1,
    because: "a toy",
    expected: { spread: 2, counts: 0.5, family: { skewness: 1, excessKurtosis: 2 } },
  },
  rivals: [{ value: 0, because: "none" }],
  controls: [
    {
      breaks: "a",
      because: "a toy",
      experiment: () => experiment(-1),
      grid: { depth: [8] },
      expected: { value: 3, family: { skewness: 0.5, excessKurtosis: 1 } },
      replicates: { smoke: 10, full: 20 },
    },
  ],
  tiers: {
    smoke: { replicates: 32, grid: { depth: [8] } },
    full: { replicates: ({ depth }) => 10 * depth, firstLook: 64 },
  },
});

/** A claim with one part replaced by something that the types may refuse. */
const altered = (part: object): AnyClaim => ({ ...usual, ...part }) as AnyClaim;

describe("resolveArms", () => {
  test("the claimed arm comes first and has a question a cell, in the grid's order", () => {
    const [claimed, control] = resolveArms(usual, "full");
    expect(claimed!.units.map(({ label }) => label)).toEqual([
      "depth 8, law x",
      "depth 8, law y",
      "depth 16, law x",
      "depth 16, law y",
      "depth 32, law x",
      "depth 32, law y",
    ]);
    expect(control).toMatchObject({ name: "a", kind: "control" });
    expect(control!.units).toHaveLength(2);
  });

  test("a question is numbers: region, rivals and what is known, evaluated at the cell", () => {
    expect(resolveArms(usual, "full")[0]!.units[2]!.question).toEqual({
      statistic: "mean",
      region: { low: -17, high: -15 },
      rivals: [0],
      families: [{ skewness: 1, excessKurtosis: 2 }],
      known: [{ value: -16, spread: 2, counts: 0.5 }],
    });
  });

  test("a control is asked the claim's question and is known by its own expectation", () => {
    const { question } = resolveArms(usual, "full")[1]!.units[0]!;
    expect(question.region).toEqual({ low: -9, high: -7 });
    expect(question.known).toEqual([{ value: 3, spread: 2, counts: 0.5 }]);
  });

  test("looks are the first look's replicates and the tier's, a function of the cell", () => {
    expect(resolveArms(usual, "full")[0]!.sources.map(({ looks }) => looks)).toEqual([
      ...[
        [64, 80],
        [64, 80],
      ],
      ...[
        [64, 160],
        [64, 160],
      ],
      ...[
        [64, 320],
        [64, 320],
      ],
    ]);
    expect(resolveArms(usual, "smoke")[0]!.sources.map(({ looks }) => looks)).toEqual([[32], [32]]);
  });

  test("a slope is one question for each combination of the other axes", () => {
    const claim = altered({
      prediction: { ...usual.prediction, says: "scales", through: "mean", along: { axis: "depth" }, slope: -1 },
      rivals: [],
    });
    const { units } = resolveArms({ ...claim, controls: [{ ...usual.controls[0], grid: {} }] } as AnyClaim, "full")[0]!;
    expect(units.map(({ label }) => label)).toEqual(["law x, slope along depth", "law y, slope along depth"]);
    expect(units[0]!.question).toMatchObject({ statistic: "slope", at: [8, 16, 32], region: { low: -2, high: 0 } });
    expect(units[1]!.groups.map(({ source }) => source)).toEqual([1, 3, 5]);
  });

  test("a slope through means has the family of each of its cells, not the first one's", () => {
    const family = ({ depth }: { readonly depth: number }) => ({ skewness: depth / 8, excessKurtosis: depth });
    const claim = altered({
      prediction: {
        ...{ ...usual.prediction, says: "scales", through: "mean", along: { axis: "depth" }, slope: -1 },
        expected: { ...usual.prediction.expected, family },
      },
      rivals: [],
      controls: [{ ...usual.controls[0], grid: {}, expected: { family: { skewness: 3, excessKurtosis: 14 } } }],
    });
    const [claimed, control] = resolveArms(claim, "full");
    expect(claimed!.units[1]!.question.families).toEqual([
      { skewness: 1, excessKurtosis: 8 },
      { skewness: 2, excessKurtosis: 16 },
      { skewness: 4, excessKurtosis: 32 },
    ]);
    expect(control!.units[1]!.question.families).toEqual(Array(3).fill({ skewness: 3, excessKurtosis: 14 }));
  });

  test("two controls that break one assumption have different names", () => {
    const claim = altered({ controls: [usual.controls[0], usual.controls[0]] });
    expect(resolveArms(claim, "full").map(({ name }) => name)).toEqual(["claimed", "a", "a 2"]);
  });

  const { prediction } = usual;
  test.each([
    [
      "the mean of a raw measure",
      { prediction: { ...prediction, of: "norm" } },
      /norm is declared raw, and its mean is not to be trusted/,
    ],
    [
      "the variance of a raw measure",
      { prediction: { ...prediction, statistic: "variance", of: "norm" } },
      /declared raw/,
    ],
    [
      "a rival inside the region",
      { rivals: [{ value: -8, because: "" }] },
      /rival -8 lies inside the predicted region \[-9, -7\] at depth 8/,
    ],
    [
      "a margin of zero",
      { prediction: { ...prediction, within: 0 } },
      /margin at depth 8, law x is 0, a positive number is required/,
    ],
    [
      "a value that is no number",
      { prediction: { ...prediction, value: () => Number.NaN } },
      /predicted value at depth 8, law x is NaN/,
    ],
    [
      "a measure that is not there",
      { prediction: { ...prediction, of: "width" } },
      /toy has no measure width, it has log, norm, fraction, alive/,
    ],
    [
      "half a replicate",
      { tiers: { full: { replicates: 0.5 } } },
      /replicates at depth 8, law x are 0.5, a positive integer is required/,
    ],
    [
      "a first look at everything",
      { tiers: { full: { replicates: 8, firstLook: 8 } } },
      /the first look at depth 8, law x takes 8 replicates, fewer than 8 are required/,
    ],
    [
      "a tier that it does not have",
      { tiers: { smoke: { replicates: 1 } } },
      /paper\/topic\/toy has no tier full, it has smoke/,
    ],
    [
      "a cell off the grid",
      { tiers: { full: { replicates: 8, grid: { depth: [9] } } } },
      /part of the grid has depth 9, the grid has 8, 16, 32/,
    ],
    [
      "a comparison without a second experiment",
      { prediction: { ...prediction, says: "differs-by" } },
      /differs-by requires a second experiment in `against`/,
    ],
    [
      "a slope through one cell",
      {
        rivals: [],
        prediction: { ...prediction, says: "scales", through: "mean", along: { axis: "depth" }, slope: 1 },
      },
      /a slope along depth requires two cells, got 1/,
    ],
    [
      "a mean of a measure without a range of which no family is declared",
      { prediction: { ...prediction, expected: { spread: 2 } } },
      /the mean of log at depth 8, law x requires `expected` to say what laws its values may have/,
    ],
    [
      "a control that declares no family of its own: the claimed arm's is not its",
      { controls: [{ ...usual.controls[0], expected: { value: 3 } }] },
      /the mean of log at depth 8, law x requires `expected` to say .* of each control: `family` or `normal`/,
    ],
    [
      "a comparison of an experiment with itself",
      {
        rivals: [],
        against: ({ depth }: { depth: number }) => experiment(depth),
        prediction: { ...prediction, says: "differs-by", value: 0 },
      },
      /`against` at depth 8, law x requires another experiment, got toy with the same setup: its observations are the same/,
    ],
    [
      "looks after every block of a judge that is not valid at any time",
      { tiers: { full: { replicates: 64, lookEvery: 8 } } },
      /looks after every block require a judge that is valid at any time: a mean within a range, with no family/,
    ],
    [
      "what no kind of prediction says",
      { prediction: { ...prediction, says: "resembles" } },
      /a prediction says resembles, one of equals, at-most, at-least, scales, .* is required/,
    ],
    [
      "a statistic that it is not said of",
      { prediction: { ...prediction, says: "at-most", statistic: "log-variance", bound: 1 } },
      /at-most is said of log-variance, one of mean, median, .*proportion, .* is required/,
    ],
    [
      "a mean of a measure of an unknown kind",
      { experiment: () => ({ ...experiment(1), measures: { ...measures, log: { ...measures.log, kind: "Raw" } } }) },
      /log is declared Raw, one of log, bounded, increment, time, raw is required/,
    ],
  ])("refuses %s, by name and place", (_, part, message) => {
    expect(() => resolveArms(altered(part), "full")).toThrow(message);
  });

  describe("a tier with a stricter region", () => {
    const deep = (tier: object, part: object = {}) => {
      const tiers = { ...usual.tiers, deep: { replicates: 100, because: "more evidence", ...tier } };
      return resolveArms(altered({ tiers, ...part }), "deep");
    };

    test("asks every arm for its own margin, and the other tiers for the claim's", () => {
      const [claimed, control] = deep({ within: ({ depth }: { depth: number }) => depth / 32 });
      expect(claimed!.units[0]!.question.region).toEqual({ low: -8.25, high: -7.75 });
      expect(control!.units[0]!.question.region).toEqual({ low: -8.25, high: -7.75 });
      expect(resolveArms(usual, "full")[0]!.units[0]!.question.region).toEqual({ low: -9, high: -7 });
    });

    test("says why in the manifest", () => {
      const tiers = { ...usual.tiers, deep: { replicates: 100, within: 0.5, because: "more evidence" } };
      expect(claimManifest(altered({ tiers })).stricter).toEqual({ deep: "more evidence" });
      expect(claimManifest(usual).stricter).toEqual({});
    });

    test.each([
      ["at-most", 2, 1, { low: -Infinity, high: 1 }],
      ["at-least", 2, 3, { low: 3, high: Infinity }],
    ])("may have its own bound: %s", (says, bound, own, region) => {
      const prediction = { ...usual.prediction, says, bound, within: undefined };
      expect(deep({ bound: own }, { prediction, rivals: [] })[0]!.units[0]!.question.region).toEqual(region);
    });

    test.each([
      [
        "a wider margin",
        { within: 2 },
        {},
        /the tier's margin at depth 8, law x is 2, one no wider than 1 is required/,
      ],
      [
        "a higher upper bound",
        { bound: 3 },
        { prediction: { ...prediction, says: "at-most", bound: 2 } },
        /the tier's bound at depth 8, law x is 3, one no wider than 2 is required/,
      ],
      [
        "a lower lower bound",
        { bound: 1 },
        { prediction: { ...prediction, says: "at-least", bound: 2 } },
        /the tier's bound at depth 8, law x is 1, one no wider than 2 is required/,
      ],
      ["a margin of nothing", { within: 0 }, {}, /margin at depth 8, law x is 0, a positive number is required/],
      ["a bound of a prediction with a margin", { bound: 1 }, {}, /a tier's own bound requires a prediction with one/],
    ])("refuses %s", (_, tier, part, message) => {
      expect(() => deep(tier, { rivals: [], ...part })).toThrow(message);
    });
  });

  describe("a control of the deep tier alone", () => {
    const alone = { ...usual.controls[0], replicates: { deep: 7 } };
    const tiers = { ...usual.tiers, deep: { replicates: 100 } };
    const claim = altered({ controls: [usual.controls[0], alone], tiers });

    test("is run there and nowhere else, under its place in the claim's list", () => {
      const arms = (tier: "full" | "deep") => resolveArms(claim, tier).map(({ name, control }) => [name, control]);
      expect(arms("full")).toEqual([
        ["claimed", null],
        ["a", 0],
      ]);
      expect(arms("deep")).toEqual([
        ["claimed", null],
        ["a", 0],
        ["a 2", 1],
      ]);
    });

    test("stands after the others, so that controls have the same places at every tier", () => {
      expect(() => resolveArms(altered({ controls: [alone, usual.controls[0]], tiers }), "deep")).toThrow(
        "a control of one tier alone requires to stand after those of every tier",
      );
    });
  });

  test("the median of a raw measure is allowed: it does not need the tail", () => {
    expect(() =>
      resolveArms(altered({ prediction: { ...prediction, statistic: "median", of: "norm" } }), "full"),
    ).not.toThrow();
  });
});

describe("claimHash", () => {
  test("rewording leaves it, as do better planning values", () => {
    const reworded = altered({
      title: "Another title",
      statement: "Other words",
      prediction: {
        ...usual.prediction,
        because: "another reason",
        expected: { ...usual.prediction.expected, spread: 3 },
      },
    });
    expect(claimHash(reworded)).toBe(claimHash(usual));
  });

  test.each([
    ["prediction", { prediction: { ...usual.prediction, value: -5 } }],
    ["margin", { prediction: { ...usual.prediction, within: 2 } }],
    ["rivals", { rivals: [] }],
    ["grid", { grid: { ...usual.grid, depth: [8, 16] } }],
    ["experiment", { experiment: () => experiment(99) }],
    ["control", { controls: [{ ...usual.controls[0], experiment: () => experiment(-2) }] }],
    ["number of controls", { controls: [usual.controls[0], usual.controls[0]] }],
    ["tier", { tiers: { ...usual.tiers, smoke: { replicates: 33 } } }],
  ])("another %s changes it", (_, part) => expect(claimHash(altered(part))).not.toBe(claimHash(usual)));
});
