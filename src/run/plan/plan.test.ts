import { describe, expect, test } from "vitest";
import { type AnyClaim, defineClaim } from "../../claim/claim.ts";
import type { Experiment } from "../../claim/experiment.ts";
import type { Suite } from "../../claim/suite.ts";
import { armLevels } from "../../statistics/planning/budget.ts";
import { NOMINAL_RATES, secondsOf } from "./cost-model.ts";
import { chunkReplicates, type PlannedClaim, planRun, secondsOfPlan } from "./plan.ts";

function experimentOf(shift: number, depth: number, cost = { draws: depth, multiplyAdds: 0 }) {
  return {
    ...{ name: "shifted", module: import.meta.url, setup: { shift, depth }, cost },
    measures: { value: { kind: "log", rounding: "exact", description: "a normal" } },
    observe: ({ streams }) => ({ value: new Float64Array(streams.count) }),
  } satisfies Experiment<"value">;
}

function claimOf(name: string, replicates: number): AnyClaim {
  return defineClaim({
    ...{ id: `paper/topic/${name}`, title: name, statement: "s" },
    source: { paper: "paper@v1", at: "abstract", grade: "derived" },
    assumptions: { centred: "mean 0" },
    grid: { depth: [8, 16] },
    experiment: ({ depth }) => experimentOf(0, depth),
    prediction: {
      ...{ says: "equals", statistic: "median", of: "value", value: 0, within: 0.25, because: "a margin for tests" },
      expected: { value: 0, spread: 1 },
    },
    controls: [
      {
        ...{ breaks: "centred", because: "shifted", experiment: ({ depth }) => experimentOf(1, depth) },
        expected: { value: 1, spread: 1 },
        replicates: { smoke: 100, full: 400 },
      },
    ],
    tiers: { smoke: { replicates: 100, grid: { depth: [8] } }, full: { replicates, firstLook: 200 } },
  });
}

function planned(...claims: readonly AnyClaim[]): readonly PlannedClaim[] {
  const errors = { falseVerdict: 1e-3, undecided: 1e-2 };
  const share = 1 / claims.length;
  const listed = claims.map((claim) => ({ claim, share }));
  const suite: Suite = { name: "suite", title: "t", errors, claims: listed, minutes: { smoke: 1, full: 1 } };
  return claims.map((claim) => ({ claim, module: `file:///${claim.id}.claim.js`, suite, share }));
}

describe("a plan", () => {
  test("shares the observations of one experiment and setup among claims, as many as the one that needs most", () => {
    const plan = planRun(planned(claimOf("one", 1000), claimOf("two", 3000)), "full", "1");
    expect(plan.arms.map(({ arm }) => arm.name)).toEqual(["claimed", "centred", "claimed", "centred"]);
    expect([...plan.series.values()].map(({ replicates, claim }) => [replicates, claim])).toEqual([
      [3000, "paper/topic/one"],
      [3000, "paper/topic/one"],
      [400, "paper/topic/one"],
      [400, "paper/topic/one"],
    ]);
    expect(plan.arms[0]!.streams).toEqual(plan.arms[2]!.streams);
  });

  test("gives an arm the error levels of its place in the suite, whatever else runs", () => {
    const [one] = planned(claimOf("one", 1000), claimOf("two", 1000));
    const alone = planRun([one!], "full", "1").arms[0]!;
    const { errors } = one!.suite;
    expect(alone.levels).toEqual(armLevels({ errors, share: 0.5, kind: "claimed", controls: 1, units: 2, looks: 2 }));
    expect(alone.looks).toBe(2);
  });

  test("does not count a control that the tier does not run", () => {
    const claim = claimOf("one", 1000);
    const controls = [claim.controls[0], { ...claim.controls[0], replicates: { deep: 8 } }];
    const tiers = { ...claim.tiers, deep: { replicates: 1000 } };
    const [one] = planned({ ...claim, controls, tiers } as unknown as AnyClaim);
    const levels = (tier: "full" | "deep") => planRun([one!], tier, "1").arms.map((arm) => arm.levels.support);
    const [, full] = levels("full");
    const [, first, second] = levels("deep");
    expect([first, second]).toEqual([full! / 2, full! / 2]);
  });

  test("takes the time of its draws, divided over workers", () => {
    const plan = planRun(planned(claimOf("one", 1000)), "smoke", "1");
    const seconds = 2 * secondsOf({ draws: 8, multiplyAdds: 0 }, 100, NOMINAL_RATES);
    expect(secondsOfPlan(plan, NOMINAL_RATES, 2)).toBeCloseTo(seconds / 2, 12);
  });

  test("refuses one experiment and setup from two modules: their samples would be taken for each other", () => {
    const claim = claimOf("one", 1000);
    const experiment = (cell: { depth: number }) => ({ ...experimentOf(1, cell.depth), module: "file:///other.js" });
    const controls = [{ ...claim.controls[0], experiment: (cell: { depth: number }) => experimentOf(0, cell.depth) }];
    const other = { ...claim, experiment, controls } as unknown as AnyClaim;
    expect(() => planRun(planned(claim, other), "smoke", "1")).toThrow(
      /^claims .* and .* build experiment .* with one setup from two modules, .* one is required/,
    );
  });
});

test("a chunk has as many replicates as an engine computes at once, but for what a program computes", () => {
  const dear = experimentOf(0, 1, { draws: 1e8, multiplyAdds: 0 });
  expect(chunkReplicates(dear, 32)).toBe(32);
  expect(chunkReplicates({ ...dear, cost: { draws: 1e5, multiplyAdds: 0 } }, 32)).toBe(320);
  expect(chunkReplicates({ ...dear, origin: { by: "program" } as never }, 32)).toBe(1);
});

test.each([
  ["cheap", 10, 2 ** 17],
  ["middling: 0.003 s a replicate, 333 in a second, five blocks", 1e5, 320],
  ["dear: 0.03 s a replicate, 33 in a second", 1e6, 32],
  ["very dear: 3 s a replicate", 1e8, 1],
])("a chunk of a %s experiment takes about a second in whole blocks or powers of two", (_, draws, replicates) => {
  expect(chunkReplicates(experimentOf(0, 1, { draws, multiplyAdds: 0 }))).toBe(replicates);
});
