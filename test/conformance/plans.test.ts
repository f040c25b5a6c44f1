import { describe, expect, test } from "vitest";
import { sizesOf } from "../../src/cli/plan-claim.ts";
import { engineRates } from "../../src/lab/engines.ts";
import { kindOfPrediction } from "../../src/predictions/kinds.ts";
import { NOMINAL_RATES } from "../../src/run/plan/cost-model.ts";
import { planRun, secondsOfPlan } from "../../src/run/plan/plan.ts";
import { checkBudget } from "../../src/statistics/planning/budget.ts";
import { plannedClaims, suites } from "./suites.ts";

const SEED = "plans do not depend on it";
const TWO_WORKERS = 2;

describe.each(suites)("suite $name", (suite) => {
  test("its shares of the error budget are positive and add to at most 1", () => {
    expect(() => checkBudget(suite)).not.toThrow();
  });

  const arms = (["full", "deep"] as const).flatMap((tier) =>
    sizesOf(planRun(plannedClaims(suite), tier, SEED), NOMINAL_RATES, TWO_WORKERS).flatMap(({ id, arms }) =>
      arms.map((arm) => ({ tier, name: `${id}, arm ${arm.name}`, arm })),
    ),
  );

  test.each(arms)("the $tier tier has the replicates that decide $name", ({ arm }) => {
    expect(arm.enough, JSON.stringify(arm)).toBe(true);
  });

  test("its distances, which nothing bounds below, have a bound above and no half-width", () => {
    const plan = planRun(plannedClaims(suite), "full", SEED);
    sizesOf(plan, NOMINAL_RATES, TWO_WORKERS).forEach(({ arms }, i) => {
      const { answer } = kindOfPrediction(plan.claims[i]!.claim.prediction);
      for (const { region } of arms) {
        if (answer !== "value") expect(region).toEqual([null, expect.any(Number)]);
      }
    });
  });

  test.each(["smoke", "full"] as const)("the %s tier fits its minutes by the cost model", (tier) => {
    const plan = planRun(plannedClaims(suite), tier, SEED);
    expect(secondsOfPlan(plan, NOMINAL_RATES, TWO_WORKERS)).toBeLessThanOrEqual(60 * suite.minutes[tier]);
  });

  test("the deep tier fits its minutes by the cost model of the engine that it is made for", () => {
    const plan = planRun(plannedClaims(suite), "deep", SEED);
    expect(secondsOfPlan(plan, engineRates("wasm"), TWO_WORKERS)).toBeLessThanOrEqual(60 * (suite.minutes.deep ?? 0));
  });
});
