import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type AnyClaim, defineClaim } from "../../claim/claim.ts";
import type { Experiment } from "../../claim/experiment.ts";
import type { Suite } from "../../claim/suite.ts";
import { NOMINAL_RATES } from "../plan/cost-model.ts";
import { type PlannedClaim, planRun, secondsOfPlan } from "../plan/plan.ts";
import { claimsOfShard } from "./shard.ts";

/** `setup` decides which observations are shared, `draws` what one costs. */
function experimentOf(setup: number, draws: number): Experiment<"value"> {
  return {
    ...{ name: "noise", module: import.meta.url, setup: { setup }, cost: { draws, multiplyAdds: 0 } },
    measures: { value: { kind: "log", rounding: "exact", description: "a normal" } },
    observe: ({ streams }) => ({ value: new Float64Array(streams.count) }),
  };
}

function claimOf(name: string, setup: number, draws: number): AnyClaim {
  return defineClaim({
    ...{ id: `paper/topic/${name}`, title: name, statement: "s" },
    source: { paper: "paper@v1", at: "abstract", grade: "derived" },
    assumptions: { centred: "mean 0" },
    grid: { depth: [8] },
    experiment: () => experimentOf(setup, draws),
    prediction: {
      ...{ says: "equals", statistic: "median", of: "value", value: 0, within: 0.25, because: "a margin for tests" },
      expected: { value: 0, spread: 1 },
    },
    controls: [
      {
        ...{ breaks: "centred", because: "shifted", experiment: () => experimentOf(setup + 0.5, draws) },
        expected: { value: 1, spread: 1 },
        replicates: { smoke: 100, full: 100 },
      },
    ],
    tiers: { smoke: { replicates: 100 }, full: { replicates: 100 } },
  });
}

function planned(claims: readonly AnyClaim[]): readonly PlannedClaim[] {
  const errors = { falseVerdict: 1e-3, undecided: 1e-2 };
  const share = 1 / claims.length;
  const listed = claims.map((claim) => ({ claim, share }));
  const suite: Suite = { name: "suite", title: "t", errors, claims: listed, minutes: { smoke: 1, full: 1 } };
  return claims.map((claim) => ({ claim, module: `file:///${claim.id}.claim.js`, suite, share }));
}

const planOf = (claims: readonly AnyClaim[]) => planRun(planned(claims), "full", "1");
const idsOf = (claims: readonly PlannedClaim[]) => claims.map(({ claim }) => claim.id);

function shardsOf(claims: readonly AnyClaim[], count: number): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, at) => idsOf(claimsOfShard(planOf(claims), { index: at + 1, count })));
}

/** Predicted seconds of one core for some claims. */
function secondsFor(claims: readonly AnyClaim[], ids: readonly string[]): number {
  const some = planned(claims).filter(({ claim }) => ids.includes(claim.id));
  return secondsOfPlan(planRun(some, "full", "1"), NOMINAL_RATES, 1);
}

const someClaims = fc
  .array(fc.tuple(fc.nat(5), fc.integer({ min: 1, max: 1000 })), { minLength: 1, maxLength: 12 })
  // claims of one setup share observations, which then cost the same
  .map((drawn) =>
    drawn.map(([setup]) => setup).map((setup, at) => claimOf(`c${at}`, setup, drawn[setup % drawn.length]![1])),
  );

describe("the shards of a plan", () => {
  test("hold every claim once, in the plan's order", () => {
    fc.assert(
      fc.property(someClaims, fc.integer({ min: 1, max: 15 }), (claims, count) => {
        const shards = shardsOf(claims, count);
        expect(shards.flat().sort()).toEqual(claims.map(({ id }) => id).sort());
        const order = claims.map(({ id }) => id);
        for (const ids of shards) expect(ids).toEqual(order.filter((id) => ids.includes(id)));
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  test("are the same whatever the order on the command line", () => {
    fc.assert(
      fc.property(someClaims, fc.integer({ min: 1, max: 5 }), (claims, count) => {
        const sorted = (shards: readonly (readonly string[])[]) => shards.map((ids) => [...ids].sort());
        expect(sorted(shardsOf([...claims].reverse(), count))).toEqual(sorted(shardsOf(claims, count)));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  // greedy scheduling: when the last claim was put into the fullest shard, no shard had more than the mean load, and it added
  // at most the dearest claim (R. L. Graham, Bounds on multiprocessing timing anomalies, SIAM J. Appl. Math. 17, 1969)
  test("are balanced by predicted cost: none exceeds the mean by more than the dearest claim", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        (draws, count) => {
          const claims = draws.map((each, at) => claimOf(`c${at}`, at, each));
          const loads = shardsOf(claims, count).map((ids) => secondsFor(claims, ids));
          const mean = loads.reduce((sum, load) => sum + load, 0) / count;
          const dearest = Math.max(...claims.map(({ id }) => secondsFor(claims, [id])));
          // a rounding error of the sums, far below a microsecond
          expect(Math.max(...loads)).toBeLessThanOrEqual(mean + dearest + 1e-9);
        },
      ),
      { numRuns: 100, seed: 3 },
    );
  });

  test("keep claims together that draw the same observations", () => {
    const claims = [claimOf("a", 1, 500), claimOf("b", 1, 500), claimOf("c", 2, 400), claimOf("d", 2, 400)];
    expect(shardsOf(claims, 2)).toEqual([
      ["paper/topic/a", "paper/topic/b"],
      ["paper/topic/c", "paper/topic/d"],
    ]);
  });

  test("may be empty", () => {
    expect(shardsOf([claimOf("a", 1, 1)], 3)).toEqual([["paper/topic/a"], [], []]);
  });
});
