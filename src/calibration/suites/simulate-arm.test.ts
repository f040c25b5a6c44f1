import { describe, expect, test } from "vitest";
import type { Arm, Unit } from "../../claim/unit.ts";
import type { AnyQuestion } from "../../predictions/kinds.ts";
import type { Known, MeanQuestion } from "../../statistics/question.ts";
import { armEvents } from "./arm-events.ts";
import { newMemory } from "./remembered-law.ts";
import { type Setting, simulateArm } from "./simulate-arm.ts";

const known: Known = { value: 0, spread: 1, counts: 1 };
const meanOf = (overrides: Partial<Known>, counts = 1): AnyQuestion => ({
  statistic: "mean",
  region: { low: -0.5, high: 0.5 },
  rivals: [],
  families: [{ skewness: 1, excessKurtosis: 2 }],
  known: [{ ...known, ...overrides, counts }],
});

function armOf(kind: Arm["kind"], questions: readonly AnyQuestion[], looks: readonly number[] = [400]): Arm {
  const experiment = { name: "none", module: "", setup: null, measures: {}, cost: { draws: 1, multiplyAdds: 1 } };
  const units: readonly Unit[] = questions.map((question, source) => ({
    label: `unit ${source}`,
    predicted: 0,
    question,
    groups: [{ source, columns: ["x"] }],
  }));
  const sources = questions.map(() => ({
    cell: {},
    role: "experiment" as const,
    experiment: { ...experiment, observe: () => ({}) },
    looks,
  }));
  return { name: kind, kind, control: kind === "control" ? 0 : null, sources, units };
}

const levels = { support: 1e-3, refute: 1e-4, undecided: 1e-2 };
const simulation = (setting: Setting, trial: number) => ({
  setting,
  trial,
  key: [1, 2, 3, 4] as const,
  lean: { skew: -1, tails: "light" } as const,
  memory: newMemory(),
});

describe("simulateArm", () => {
  test("supports a claimed arm at its known values, looks and exclusions included", () => {
    const arm = armOf("claimed", [meanOf({}), meanOf({ value: 0.1 }, 0.5)], [200, 800]);
    expect(simulateArm({ arm, levels }, simulation("centre", 0))).toBe("supported");
  });

  test("refutes a control by the one unit that is far from its region", () => {
    const arm = armOf("control", [meanOf({ value: 0.5 }), meanOf({ value: 2 })]);
    expect(simulateArm({ arm, levels }, simulation("centre", 0))).toBe("refuted");
  });

  test.each([0, 1, 2, 3])("does not support an arm of which one unit is just outside (run %i)", (trial) => {
    const arm = armOf("claimed", [meanOf({}), meanOf({})]);
    expect(simulateArm({ arm, levels }, simulation("outside", trial))).toBe("inconclusive");
  });

  test("does not refute an arm whose units are just inside, and does where the level is one half", () => {
    const arm = armOf("claimed", [meanOf({})], [4000]);
    const states = (refute: number) =>
      Array.from({ length: 40 }, (_, trial) =>
        simulateArm({ arm, levels: { ...levels, refute } }, simulation("inside", trial)),
      );
    expect(states(1e-4)).not.toContain("refuted");
    expect(states(0.45)).toContain("refuted");
  });

  test("tells what a judge refuses from too few values", () => {
    const arm = armOf("claimed", [meanOf({})], [10]);
    expect(simulateArm({ arm, levels }, simulation("centre", 0))).toBe("inconclusive");
    const { families: _, ...undeclared } = meanOf({}) as MeanQuestion;
    const refused = armOf("claimed", [undeclared], [10]);
    expect(simulateArm({ arm: refused, levels }, simulation("centre", 0))).toBe("refused");
  });
});

describe("armEvents", () => {
  const arm = { name: "a claim, claimed", arm: armOf("claimed", [meanOf({ value: 0.28 })]), levels };
  const lean = { skew: -1, tails: "light" } as const;
  const runs = (from: number, to: number, settings: readonly Setting[] = ["centre"]) =>
    armEvents(arm, { settings, from, to, seed: 5, lean })[0]!;

  test("are the same however the runs are cut", () => {
    const whole = runs(0, 60).trials.undecided;
    expect([...runs(0, 17).trials.undecided, ...runs(17, 60).trials.undecided]).toEqual(whole);
    // The known value lies 2.4 standard errors from the edge: some runs decide and some do not.
    expect(whole.length).toBeGreaterThan(0);
    expect(whole.length).toBeLessThan(60);
  });

  test("are the same beside other settings, of which one moves the values that another has drawn", () => {
    expect(runs(0, 60, ["centre", "inside", "outside"])).toEqual(runs(0, 60));
    const all = armEvents(arm, { settings: ["outside", "inside", "centre"], from: 0, to: 60, seed: 5, lean });
    expect(all.map(({ setting }) => setting)).toEqual(["outside", "inside", "centre"]);
    expect(all[2]).toEqual(runs(0, 60));
  });
});
