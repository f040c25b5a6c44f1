import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ArmPosition, armLevels, checkBudget } from "./budget.ts";

const errors = { falseVerdict: 1e-3, undecided: 1e-2 };

interface Sketch {
  readonly weight: number;
  readonly units: number;
  readonly looks: number;
  readonly controlUnits: readonly number[];
}

const sketches = fc.array(
  fc.record({
    weight: fc.integer({ min: 1, max: 100 }),
    units: fc.integer({ min: 1, max: 12 }),
    looks: fc.integer({ min: 1, max: 2 }),
    controlUnits: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
  }),
  { minLength: 1, maxLength: 40 },
);

function armsOf(sketch: Sketch, share: number): readonly ArmPosition[] {
  const shared = { errors, share, controls: sketch.controlUnits.length, looks: sketch.looks };
  return [
    { ...shared, kind: "claimed", units: sketch.units },
    ...sketch.controlUnits.map((units) => ({ ...shared, kind: "control" as const, units })),
  ];
}

function armsOfSuite(suite: readonly Sketch[]): readonly ArmPosition[] {
  const whole = suite.reduce((sum, { weight }) => sum + weight, 0);
  return suite.flatMap((sketch) => armsOf(sketch, sketch.weight / whole));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
// Shares, parts and sums each round once: far below one part in 10^12 for 40 claims.
const rounding = 1 + 1e-12;

describe("armLevels", () => {
  test("false supports of all arms and looks of any suite add to at most its false-verdict rate", () => {
    fc.assert(
      fc.property(sketches, (suite) => {
        const spent = armsOfSuite(suite).map((arm) => arm.looks * armLevels(arm).support);
        expect(sum(spent)).toBeLessThanOrEqual(errors.falseVerdict * rounding);
      }),
    );
  });

  test("false refutations of all arms, units, sides and looks of any suite add to at most its false-verdict rate", () => {
    fc.assert(
      fc.property(sketches, (suite) => {
        const spent = armsOfSuite(suite).map((arm) => arm.looks * arm.units * 2 * armLevels(arm).refute);
        expect(sum(spent)).toBeLessThanOrEqual(errors.falseVerdict * rounding);
      }),
    );
  });

  test("whichever arms are inside and outside, the false verdicts that can happen add to at most the rate", () => {
    fc.assert(
      fc.property(sketches, fc.infiniteStream(fc.boolean()), (suite, inside) => {
        const spent = armsOfSuite(suite).map((arm) => {
          const { support, refute } = armLevels(arm);
          return inside.next().value ? arm.looks * arm.units * 2 * refute : arm.looks * support;
        });
        expect(sum(spent)).toBeLessThanOrEqual(errors.falseVerdict * rounding);
      }),
    );
  });

  test("what claimed units and controls may leave undecided adds to at most the suite's rate", () => {
    fc.assert(
      fc.property(sketches, (suite) => {
        const spent = armsOfSuite(suite).map(
          (arm) => (arm.kind === "claimed" ? arm.units : 1) * armLevels(arm).undecided,
        );
        expect(sum(spent)).toBeLessThanOrEqual(errors.undecided * rounding);
      }),
    );
  });

  test("shares that add to one are spent whole", () => {
    const suite = [{ weight: 1, units: 3, looks: 2, controlUnits: [1, 2] }];
    expect(sum(armsOfSuite(suite).map((arm) => arm.looks * armLevels(arm).support))).toBeCloseTo(1e-3, 15);
  });

  test("other claims change no level: a claim's arms are judged alike alone and beside any others", () => {
    fc.assert(
      fc.property(sketches, sketches, (suite, others) => {
        const share = 0.01;
        const alone = armsOf(suite[0]!, share).map(armLevels);
        const beside = [...others, suite[0]!].map((sketch) => armsOf(sketch, share).map(armLevels)).at(-1);
        expect(beside).toEqual(alone);
      }),
    );
  });

  test("a claimed arm of four units and one look of a twentieth of the budget has the levels computed by hand", () => {
    const levels = armLevels({ errors, share: 0.05, kind: "claimed", controls: 1, units: 4, looks: 1 });
    // .05 * 1e-3 / 2; that over 4 units and 2 sides; .05 * 1e-2 / 2 over 4 units.
    expect(levels.support).toBeCloseTo(2.5e-5, 18);
    expect(levels.refute).toBeCloseTo(3.125e-6, 18);
    expect(levels.undecided).toBeCloseTo(6.25e-5, 18);
  });

  test("a control spends its part of undecided on one unit, whatever its looks and units", () => {
    const position = { errors, share: 0.05, kind: "control", controls: 2 } as const;
    expect(armLevels({ ...position, units: 5, looks: 2 }).undecided).toBeCloseTo(1.25e-4, 18);
    expect(armLevels({ ...position, units: 1, looks: 1 }).undecided).toBeCloseTo(1.25e-4, 18);
  });

  test.each([
    [{ units: 0 }, "armLevels requires at least one of units, got 0"],
    [{ looks: 0 }, "armLevels requires at least one of looks, got 0"],
    [{ controls: 0 }, "armLevels requires at least one of controls, got 0"],
  ])("%o is refused", (wrong, message) => {
    const position = { errors, share: 0.1, kind: "control", controls: 1, units: 1, looks: 1, ...wrong } as const;
    expect(() => armLevels(position)).toThrow(message);
  });
});

describe("checkBudget", () => {
  const suite = (...shares: readonly number[]) => ({
    name: "vanishing",
    errors,
    claims: shares.map((share) => ({ share })),
  });

  test("tenths that add to one up to rounding are accepted", () => {
    expect(() => checkBudget(suite(...Array<number>(10).fill(0.1)))).not.toThrow();
  });

  test.each([
    [[0.6, 0.5], "suite vanishing requires shares that add to at most 1, got 1.1"],
    [[0.6, 0], "suite vanishing requires positive shares, got 0"],
    [[-0.1], "suite vanishing requires positive shares, got -0.1"],
    [[Number.NaN], "suite vanishing requires positive shares, got NaN"],
  ])("shares %j are refused", (shares, message) => {
    expect(() => checkBudget(suite(...shares))).toThrow(message);
  });

  test.each([
    [{ falseVerdict: 0.5 }, "suite vanishing requires errors.falseVerdict above 0 and at most 0.1, got 0.5"],
    [{ falseVerdict: 5 }, "got 5"],
    [{ falseVerdict: Number.NaN }, "got NaN"],
    [{ falseVerdict: 0 }, "got 0"],
    [{ undecided: 0.6 }, "errors.undecided above 0 and at most 0.5, got 0.6"],
  ])("the error rates %o are refused", (wrong, message) => {
    expect(() => checkBudget({ ...suite(1), errors: { ...errors, ...wrong } })).toThrow(message);
  });
});
