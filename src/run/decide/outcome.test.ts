import { expect, test } from "vitest";
import type { ArmState, Outcome } from "../../claim/result.ts";
import { outcomeOf } from "./outcome.ts";

const table: readonly (readonly [claimed: ArmState, controls: readonly ArmState[], smoke: Outcome, full: Outcome])[] = [
  ["supported", ["refuted"], "holds", "holds"],
  ["supported", ["refuted", "refuted"], "holds", "holds"],
  ["supported", ["refuted", "inconclusive"], "holds", "undecided"],
  ["supported", ["refuted", "supported"], "fails", "fails"],
  ["inconclusive", ["refuted"], "holds", "undecided"],
  ["inconclusive", ["supported"], "fails", "fails"],
  ["refuted", ["refuted"], "fails", "fails"],
  ["refuted", ["crashed"], "fails", "fails"],
  ["crashed", ["refuted"], "crashed", "crashed"],
  ["crashed", ["supported"], "fails", "fails"],
  ["timed-out", ["refuted"], "timed-out", "timed-out"],
  ["timed-out", ["crashed"], "crashed", "crashed"],
  ["supported", ["skipped"], "skipped", "skipped"],
  // a control of the deep tier alone leaves the others without one
  ["supported", [], "holds", "undecided"],
  ["refuted", [], "fails", "fails"],
];

test.each(table)("claimed %s, controls %j: %s at smoke, %s at full and deep", (claimed, controls, smoke, full) => {
  const arm = (name: string, kind: "claimed" | "control", state: ArmState) => ({
    ...{ name, kind, state },
    ...{ looks: 1, cells: [], units: [] },
  });
  const arms = [arm("claimed", "claimed", claimed), ...controls.map((state) => arm("broken", "control", state))];
  expect((["smoke", "full", "deep"] as const).map((tier) => outcomeOf(arms, tier))).toEqual([smoke, full, full]);
});
