import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import { below, cdf } from "../../laws.ts";
import type { Law, LawQuestion } from "../../question.ts";
import { lawJudge } from "../law-judge.ts";
import { distanceWithAtoms } from "./distance-with-atoms.ts";
import { FAMILIES } from "./families.ts";
import { nearestOfFamily } from "./nearest-of-family.ts";

const draws = seededDraws(17);
const DICE: Law = { name: "discrete", at: [1, 2, 3, 4, 5, 6], chances: Array<number>(6).fill(1 / 6) };
/** An atom of 0.3 at 0, else exponential. */
const WITH_ATOM: Law = {
  name: "given",
  words: "exponential or at once 0",
  upTo: (x) => (x < 0 ? 0 : 1 - 0.7 * Math.exp(-x)),
  below: (x) => (x <= 0 ? 0 : 1 - 0.7 * Math.exp(-x)),
  over: [0, 10],
};
const dice = (count: number) => draws.sample(count, () => 1 + Math.floor(6 * draws.uniform()));
const atOnce = (count: number) => draws.sample(count, () => (draws.uniform() < 0.3 ? 0 : draws.exponential()));

test("the distance to a law with atoms is the largest difference of the two functions at any point, or just below one", () => {
  const law: Law = { name: "discrete", at: [-1, 0, 2], chances: [0.2, 0.5, 0.3] };
  const [upTo, left] = [cdf(law), below(law)!];
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -2, max: 3 }), { minLength: 1, maxLength: 12 }), (values) => {
      const part = (counts: (value: number) => boolean) => values.filter(counts).length / values.length;
      const naive = Math.max(
        ...[-2, -1, 0, 1, 2, 3].flatMap((x) => [
          Math.abs(part((value) => value <= x) - upTo(x)),
          Math.abs(part((value) => value < x) - left(x)),
        ]),
      );
      expect(distanceWithAtoms({ upTo, below: left }, Float64Array.from(values).sort())).toBeCloseTo(naive, 12);
    }),
  );
});

test("taken for a law without atoms the very same values would be a third away from it", () => {
  const values = atOnce(4000).sort();
  const { upTo, below: left } = WITH_ATOM;
  expect(distanceWithAtoms({ upTo, below: left! }, values)).toBeLessThan(0.03);
  expect(distanceWithAtoms({ upTo, below: upTo }, values)).toBeGreaterThan(0.27);
});

describe.each([1e-3, 1e-5])("at level %s", (alpha) => {
  const normal = () => draws.normals(6000).map((z) => 5 + 3 * z);
  const skewed = () => draws.sample(6000, draws.exponential);
  test.each<readonly [string, LawQuestion["law"], Float64Array, Float64Array]>([
    ["dice", DICE, dice(6000), draws.sample(6000, () => Math.ceil(2 + 3 * draws.uniform()))],
    ["an atom beside a density", WITH_ATOM, atOnce(6000), skewed()],
    [
      "any normal law",
      { name: "fitted", family: "normal" },
      normal(),
      draws.sample(6000, () => draws.exponential() ** 3),
    ],
    [
      "any exponential law",
      { name: "fitted", family: "exponential" },
      skewed().map((x) => 7 * x),
      normal().map((x) => x + 9),
    ],
  ])("%s: a true claim is supported, a false one refuted, a narrow one undecided", (_, law, inside, outside) => {
    const state = (values: Float64Array, within: number) =>
      decide(
        lawJudge,
        { statistic: "law", law, region: { low: 0, high: within }, rivals: [] },
        [{ columns: [values] }],
        { support: alpha, refute: alpha },
      ).state;
    expect(state(inside, 0.06)).toBe("supported");
    expect(state(outside, 0.06)).toBe("refuted");
    expect(state(inside, 0.02)).toBe("inconclusive");
  });
});

describe("the nearest law of a family", () => {
  test("to the family's own law at even probabilities is that law", () => {
    for (const [family, { quantile }] of Object.entries(FAMILIES) as [
      keyof typeof FAMILIES,
      (typeof FAMILIES)["normal"],
    ][]) {
      const values = Float64Array.from({ length: 500 }, (_, i) => 4 * quantile((i + 0.5) / 500));
      const { upTo, atLeast } = nearestOfFamily({ name: "fitted", family }, values, 0.001);
      expect(distanceWithAtoms({ upTo, below: upTo }, values)).toBeLessThan(0.003);
      expect(atLeast).toBeLessThanOrEqual(0.001 + 1e-12);
    }
  });

  test("to values a fifth of which are at -Infinity is a fifth away, whichever it is", () => {
    const values = Float64Array.from({ length: 500 }, (_, i) => (i < 100 ? -Infinity : draws.normals(1)[0]!)).sort();
    const { upTo, atLeast } = nearestOfFamily({ name: "fitted", family: "normal" }, values, 0.001);
    expect(distanceWithAtoms({ upTo, below: upTo }, values)).toBeGreaterThanOrEqual(0.2);
    expect(atLeast).toBeCloseTo(0.2, 2);
  });
});

describe("what is no law is refused", () => {
  const values = Float64Array.of(0, 1, 2);
  const given = (upTo: (x: number) => number): Law => ({ name: "given", words: "mine", upTo, over: [0, 1] });
  test.each<readonly [string, LawQuestion["law"], Float64Array, RegExp]>([
    [
      "chances that do not add to 1",
      { name: "discrete", at: [0, 1], chances: [0.5, 0.4] },
      values,
      /chances that add to 1, got 0.9/,
    ],
    [
      "a chance below 0",
      { name: "discrete", at: [0, 1], chances: [-0.5, 1.5] },
      values,
      /chances from 0 to 1, got -0.5 at 0/,
    ],
    ["values that fall", { name: "discrete", at: [1, 0], chances: [0.5, 0.5] }, values, /values that rise, got 0 at 1/],
    [
      "another number of chances",
      { name: "discrete", at: [1], chances: [0.5, 0.5] },
      values,
      /one chance a value, got 2 for 1/,
    ],
    ["a function beyond 1", given((x) => x), values, /the law mine requires probabilities from `upTo`, got 2 at 2/],
    ["a function that falls", given((x) => 1 / (1 + x)), values, /function that rises, got one that falls at 1/],
    [
      "one value for a family",
      { name: "fitted", family: "normal" },
      Float64Array.of(3, 3, 3),
      /two different values to place a family by, got 1/,
    ],
    [
      "values below 0 for an exponential",
      { name: "fitted", family: "exponential" },
      Float64Array.of(-3, -2),
      /a positive value to place a family by, got 0/,
    ],
  ])("%s", (_, law, column, message) => {
    const question: LawQuestion = { statistic: "law", law, region: { low: 0, high: 1 }, rivals: [] };
    expect(() => lawJudge.bounds([{ columns: [column] }], question, 1e-3)).toThrow(message);
  });
});
