import { describe, expect, test } from "vitest";
import { seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import type { EnginesApart } from "../../claim/engines-apart.ts";
import type { Experiment } from "../../claim/experiment.ts";
import type { Unit } from "../../claim/unit.ts";
import type { SourceSamples } from "../decide/arm-evidence.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import { compareEstimates } from "./compare-estimates.ts";

const levels = { support: 1e-3, refute: 1e-3 };
const experiment: Experiment = {
  ...{ name: "trial", module: import.meta.url, setup: { width: 4 } },
  measures: { value: { kind: "log", rounding: "exact", description: "a number" } },
  cost: { draws: 1, multiplyAdds: 1 },
  observe: () => ({ value: new Float64Array(0) }),
};
const unit: Unit = {
  label: "width 4",
  predicted: 0,
  question: { statistic: "median", region: { low: -1, high: 1 }, rivals: [] },
  groups: [{ source: 0, columns: ["value"] }],
};
const VALUES = seededDraws(51).normals(512);
const SHIFT = 1e-6;

const side = (values: Float64Array): readonly SourceSamples[] => [
  {
    series: { experiment, measures: ["value"] } as unknown as PlannedSeries,
    samples: { count: values.length, columns: [values] },
  },
];
const paired = (boundOf: EnginesApart["boundOf"]): EnginesApart => ({ paired: true, boundOf });
const underived = paired(() => undefined);
/** Every observation within `size`. */
const within = (size: number): EnginesApart =>
  paired(({ experiment, measure, setup, rounding }) => {
    return { bound: size, rate: 0, because: `${rounding}: ${measure} of ${experiment} ${JSON.stringify(setup)}` };
  });
const ownDraws: EnginesApart = { paired: false, boundOf: () => undefined };

function compare(other: Float64Array, apart: EnginesApart) {
  return compareEstimates({ unit, levels, apart, estimates: 100, primary: side(VALUES), other: side(other) })!;
}

describe("an estimate on two engines, replicate by replicate", () => {
  const moved = VALUES.map((value, index) => (index === 7 ? value + 3 * SHIFT : value + SHIFT));

  test("is inside when every observation keeps to the derived bound, and says how much of it is taken", () => {
    const found = compare(moved, within(4 * SHIFT));
    expect(found).toMatchObject({ inside: true, because: 'exact: value of trial {"width":4}', bound: 4 * SHIFT });
    expect(found.difference).toBeCloseTo(SHIFT, 9);
    expect(found.paired).toMatchObject({ differing: 512, bound: 4 * SHIFT });
    expect(found.share).toBeCloseTo(0.75, 6);
  });

  test("is outside when one observation of 512 leaves it, though the estimate does not", () => {
    const found = compare(moved, within(2 * SHIFT));
    expect(found.inside).toBe(false);
    expect(Math.abs(found.difference!)).toBeLessThan(found.bound!);
  });

  test("is compared in law where no bound is derived", () => {
    const found = compare(moved, underived);
    expect(found).toMatchObject({ inside: true, paired: { bound: null, differing: 512 } });
    expect(found.because).toContain("no bound is derived, so that laws are compared");
    // two medians of 512 standard normal values
    expect(found.standardError).toBeCloseTo(Math.sqrt(Math.PI / 512), 2);
    const shifted = VALUES.map((value) => value + 0.5);
    expect(compare(shifted, underived).inside).toBe(false);
  });

  test("agrees where every observation does, whatever is derived", () => {
    expect(compare(VALUES.slice(), underived)).toMatchObject({ inside: true, share: 0, paired: { differing: 0 } });
  });

  test("is shown and not judged where nothing follows from the spread either", () => {
    const question = { statistic: "identity", region: { low: 0, high: 1 }, rivals: [] } as const;
    const sides = { primary: side(VALUES.map(Math.abs)), other: side(moved.map(Math.abs)) };
    const found = compareEstimates({ unit: { ...unit, question }, levels, apart: underived, estimates: 1, ...sides })!;
    expect(found).toMatchObject({ inside: null, bound: null, share: null, paired: { bound: null } });
    expect(found.because).toContain("verdicts alone are compared");
  });

  test("must have equal bytes on engines that promise them, also the sign of a zero", () => {
    expect(compare(VALUES.slice(), within(0))).toMatchObject({ inside: true, difference: 0 });
    const flipped = VALUES.map((value, index) => (index === 0 ? value * (1 + 2 ** -52) : value));
    expect(compare(flipped, within(0))).toMatchObject({ inside: false, paired: { differing: 1 } });
  });

  test("calls an infinity on one side only outside, and one on both sides equal", () => {
    const died = VALUES.map((value, index) => (index === 3 ? Number.NEGATIVE_INFINITY : value));
    expect(compare(died, within(1))).toMatchObject({ inside: false, paired: { largest: null, differing: 1 } });
    const apart = within(1);
    const both = { unit, levels, apart, estimates: 1, primary: side(died), other: side(died) };
    expect(compareEstimates(both)).toMatchObject({ inside: true, paired: { largest: 0, differing: 0 } });
  });
});

describe("an engine with draws of its own is compared by joint standard errors", () => {
  const others = seededDraws(52).normals(512);

  test("another sample of the same law is inside", () => {
    const found = compare(others, ownDraws);
    expect(found.paired).toBeUndefined();
    expect(found.inside).toBe(true);
    // two medians of 512 standard normal values
    expect(found.standardError).toBeGreaterThan(0.06);
    expect(found.standardError).toBeLessThan(0.1);
  });

  test("a law shifted by half a standard deviation is outside", () => {
    const found = compare(
      others.map((value) => value + 0.5),
      ownDraws,
    );
    expect(found.inside).toBe(false);
  });
});

describe("where a few observations may be anywhere", () => {
  const rare = paired(() => ({ bound: SHIFT, rate: 0.01, because: "units that switch sides" }));
  /** The first `count` values are moved freely. */
  const jumped = (count: number) => VALUES.map((value, index) => (index < count ? value + 3 : value));

  test("as many as their rate explains are allowed, and the median may move by their ranks", () => {
    const found = compare(jumped(5), rare);
    expect(found).toMatchObject({ inside: true, share: expect.any(Number), paired: { differing: 5, beyond: 5 } });
    // 5 are expected, and one run of 100,000 has more than 17
    expect(found.paired!.allowed).toBe(17);
    expect(found.bound).toBeGreaterThan(SHIFT);
    expect(found.bound).toBeLessThan(0.2);
  });

  test("where every other one may be, nothing is said of them and laws are compared", () => {
    const often = paired(() => ({ bound: SHIFT, rate: 0.45, because: "units that switch sides" }));
    expect(compare(jumped(5), often)).toMatchObject({ inside: true, paired: { bound: null } });
    expect(compare(jumped(5), often).because).toContain("laws are compared");
  });

  test("more are too many", () => {
    expect(compare(jumped(40), rare)).toMatchObject({ inside: false, paired: { beyond: 40 } });
  });
});

describe("where each replicate has a bound of its own", () => {
  /** Three in four keep to SHIFT, the last quarter to a hundred times that. */
  const bounds = VALUES.map((_, index) => (index < 384 ? SHIFT : 100 * SHIFT));
  const own = paired(() => ({ bound: 100 * SHIFT, bounds, rate: 0, because: "each network followed" }));
  const moved = (wide: number, narrow: number) =>
    VALUES.map((value, index) => value + SHIFT * (index < 384 ? narrow : wide));

  test("each is held to its own, and the largest share of one is told", () => {
    const found = compare(moved(50, 0.25), own);
    expect(found).toMatchObject({ inside: true, paired: { beyond: 0 } });
    expect(found.paired!.bound).toBeCloseTo(100 * SHIFT, 9);
    expect(found.share).toBeCloseTo(0.5, 6);
  });

  test("a difference that another replicate's bound would allow is outside", () => {
    const found = compare(moved(0, 2), own);
    expect(found).toMatchObject({ inside: false, paired: { beyond: 384 } });
    expect(found.share).toBeCloseTo(2, 6);
  });
});

test("what is known of the compared observations goes to whoever derives their bound", () => {
  const series = { experiment: { ...experiment, passes: { layers: 3 } }, measures: ["value"], key: [1, 2, 3, 4] };
  const sides = [VALUES, VALUES.subarray(0, 500)].map((values) => [
    { series: series as unknown as PlannedSeries, samples: { count: values.length, columns: [values] } },
  ]);
  const asked: Parameters<EnginesApart["boundOf"]>[0][] = [];
  const apart = paired((compared) => {
    asked.push(compared);
    return undefined;
  });
  compareEstimates({ unit, levels, apart, estimates: 1, primary: sides[0]!, other: sides[1]! });
  expect(asked).toMatchObject([{ passes: { layers: 3 }, streams: { key: [1, 2, 3, 4], count: 500 } }]);
  expect(asked[0]!.observed("value")).toBe(VALUES);
  expect(asked[0]!.observed("another")).toBeUndefined();
});

test("an estimate that one engine has no samples for is left out", () => {
  const apart = within(1);
  const failed: readonly SourceSamples[] = [
    { ...side(VALUES)[0]!, samples: { state: "skipped", reason: "unsupported" } },
  ];
  const compared = { unit, levels, apart, estimates: 1, primary: side(VALUES), other: failed };
  expect(compareEstimates(compared)).toBeUndefined();
});

describe("outcomes of engines that part on their way", () => {
  const proportion = { ...unit, question: { ...unit.question, statistic: "proportion" } as Unit["question"] };
  const OUTCOMES = VALUES.map((value) => (value > 0 ? 1 : 0));
  /** The first `lost` ones become zeros, the first `gained` zeros become ones. */
  const flipped = (gained: number, lost: number) => {
    const left = { 0: gained, 1: lost };
    return OUTCOMES.map((value) => (left[value as 0 | 1]-- > 0 ? 1 - value : value));
  };
  const against = (gained: number, lost: number) =>
    compareEstimates({
      ...{ unit: proportion, levels, apart: underived, estimates: 1 },
      ...{ primary: side(OUTCOMES), other: side(flipped(gained, lost)) },
    })!;

  test("agree where as many went one way as the other, however many", () => {
    expect(against(200, 200)).toMatchObject({ inside: true, difference: 0, paired: { differing: 400, beyond: 0 } });
  });

  test("agree where chance would part them as far, and no further", () => {
    // of 20 fair coins P(3 or fewer heads, or 17 or more) = 2 * 1351 / 2^20 = 2.6e-3, and with 2 or fewer 2 * 211 / 2^20 = 4.0e-4
    expect(against(17, 3)).toMatchObject({ inside: true, standardError: null, paired: { beyond: 14, allowed: 14 } });
    expect(against(18, 2)).toMatchObject({ inside: false, paired: { beyond: 16, allowed: 14 } });
    expect(against(17, 3).bound).toBeCloseTo(14 / 512, 12);
  });

  test("are held to their bound where there is one", () => {
    const compared = { unit: proportion, levels, apart: within(0), estimates: 1 };
    const found = compareEstimates({ ...compared, primary: side(OUTCOMES), other: side(flipped(1, 1)) });
    expect(found).toMatchObject({ inside: false });
  });
});
