import { expect, test } from "vitest";
import type { Experiment, Rounding } from "../../claim/experiment.ts";
import type { Question } from "../../statistics/question.ts";
import type { PlannedArm, PlannedSeries } from "../plan/plan.ts";
import { belowRounding } from "./below-rounding.ts";

const SINGLE = { name: "single", unitRoundoff: 2 ** -24 };
const DOUBLE = { name: "double", unitRoundoff: 2 ** -53 };

function refusal(statistic: "identity" | "median", bound: number, rounding: Rounding, engine: typeof SINGLE) {
  const measures: Experiment["measures"] = { off: { kind: "raw", rounding, description: "a discrepancy" } };
  const series = { experiment: { measures } } as unknown as PlannedSeries;
  const question = { statistic, region: { low: 0, high: bound }, rivals: [] } as Question;
  const arm = { units: [{ question, groups: [{ source: 0, columns: ["off"] }] }] } as unknown as PlannedArm["arm"];
  return belowRounding({ series: new Map([["stream", series]]) }, { arm, streams: ["stream"] }, engine);
}

test("an identity finer than an engine's roundings is refused on it, in words that name both", () => {
  expect(refusal("identity", 1e-10, "underived", SINGLE)).toBe(
    "unsupported: engine single rounds to 6.0e-8, and the identity is to hold to 1e-10",
  );
});

test.each<readonly [string, ...Parameters<typeof refusal>]>([
  ["an engine that rounds more finely", "identity", 1e-10, "underived", DOUBLE],
  ["a bound that the engine can see", "identity", 1e-6, "underived", SINGLE],
  ["a bound of 0, which rounding breaks or does not", "identity", 0, "underived", SINGLE],
  ["a measure that no engine computes", "identity", 1e-10, "exact", SINGLE],
  ["another statistic", "median", 1e-10, "underived", SINGLE],
])("%s is not refused", (_, ...asked) => {
  expect(refusal(...asked)).toBeUndefined();
});
