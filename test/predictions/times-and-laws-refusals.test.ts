import { describe, expect, test } from "vitest";
import type { AnyClaim } from "../../src/claim/claim.ts";
import type { Experiment } from "../../src/claim/experiment.ts";
import { claimManifest } from "../../src/claim/manifest.ts";
import { resolveArms } from "../../src/claim/resolve.ts";

const trained: Experiment = {
  name: "training",
  module: "file:///training.ts",
  setup: {},
  measures: {
    epochs: { kind: "time", rounding: "exact", description: "epochs" },
    stopped: { kind: "bounded", rounding: "exact", range: [0, 1], description: "stopped before" },
  },
  cost: { draws: 1, multiplyAdds: 0 },
  observe: () => ({}),
};

function claimOf(prediction: object): AnyClaim {
  return {
    id: "paper/topic/toy",
    title: "t",
    statement: "s",
    source: { paper: "paper@v1", at: "abstract", grade: "stated" },
    assumptions: { a: "first" },
    grid: { depth: [8] },
    experiment: () => trained,
    prediction: { because: "b", of: "epochs", ...prediction },
    controls: [
      { breaks: "a", because: "c", experiment: () => trained, expected: {}, replicates: { smoke: 9, full: 9 } },
    ],
    tiers: { smoke: { replicates: 9 }, full: { replicates: 9 } },
  } as unknown as AnyClaim;
}

const left = { says: "at-least", statistic: "fraction-left", censored: "stopped", until: 100, bound: 0.3 };
const law = (stated: object) => ({ says: "has-law", law: () => stated, within: 0.1 });

test("a claim of censored times asks for both columns, and its manifest keeps what it is asked until", () => {
  const [claimed] = resolveArms(claimOf(left), "full");
  expect(claimed!.units[0]!.groups[0]!.columns).toEqual(["epochs", "stopped"]);
  const { detail } = claimManifest(claimOf(left)).tiers["full"]![0]!.units[0]!;
  expect(detail).toEqual({ of: "fraction-left", censored: "at random", limit: 100 });
});

test("two given laws of one name are two claims", () => {
  const given = (rate: number) =>
    law({ name: "given", words: "mine", upTo: (x: number) => 1 - Math.exp(-rate * Math.max(0, x)), over: [0, 5] });
  const detailOf = (rate: number) => claimManifest(claimOf(given(rate))).tiers["full"]![0]!.units[0]!.detail;
  expect(detailOf(1)).toEqual(detailOf(1));
  expect(detailOf(1)).not.toEqual(detailOf(1.01));
});

describe("refused in a line, before anything is computed", () => {
  test.each<readonly [string, object, RegExp]>([
    [
      "a time that is not after the start",
      { ...left, until: 0 },
      /`until` at depth 8 is 0, a positive time is required/,
    ],
    ["no time", { ...left, until: undefined }, /`until` at depth 8 is undefined, a finite number is required/],
    [
      "marks that are not measured",
      { ...left, censored: "lost" },
      /training has no measure lost, it has epochs, stopped/,
    ],
    ["one arm's hazard ratio", { ...left, statistic: "hazard-ratio" }, /requires a second experiment in `against`/],
    [
      "chances that do not add to 1",
      law({ name: "discrete", at: [0], chances: [0.5] }),
      /at depth 8, a discrete law requires chances that add to 1, got 0.5/,
    ],
    [
      "an unknown law",
      law({ name: "cauchy" }),
      /at depth 8, a law requires the name normal, gamma, discrete or given, got cauchy/,
    ],
    [
      "an unknown family",
      law({ name: "fitted", family: "cauchy" }),
      /at depth 8, a fitted law requires a family, one of normal, laplace, logistic, exponential, got cauchy/,
    ],
  ])("%s", (_, prediction, message) => {
    expect(() => resolveArms(claimOf(prediction), "full")).toThrow(message);
  });
});
