import { describe, expect, test } from "vitest";
import type { DefinedArm, DefinedUnit, Definition } from "./definition.ts";
import { definitionChanges } from "./definition-changes.ts";

const unit: DefinedUnit = { label: "depth 4", statistic: "mean", predicted: 0, region: [-0.5, 0.5], rivals: [2] };
const claimed: DefinedArm = {
  name: "claimed",
  kind: "claimed",
  sources: [{ cell: { depth: 4 }, role: "experiment", experiment: "noise", setup: "aa", replicates: 256 }],
  units: [unit],
};
const control: DefinedArm = { ...claimed, name: "centred", kind: "control" };
const whole: Definition = {
  prediction: "equals, value",
  assumptions: ["centred"],
  grid: { depth: [4, 8] },
  tiers: { smoke: [claimed, control], full: [claimed, control] },
};

const withUnit = (changes: Partial<DefinedUnit>): Definition => ({
  ...whole,
  tiers: { ...whole.tiers, smoke: [{ ...claimed, units: [{ ...unit, ...changes }] }, control] },
});
const withSource = (changes: Partial<DefinedArm["sources"][number]>): Definition => ({
  ...whole,
  tiers: { ...whole.tiers, smoke: [{ ...claimed, sources: [{ ...claimed.sources[0]!, ...changes }] }, control] },
});

describe("what was changed in a claim", () => {
  test.each<[string, Definition, object]>([
    [
      "a wider margin",
      withUnit({ region: [-0.8, 0.8] }),
      { what: "margin", where: "smoke, depth 4", from: "± 0.5", to: "± 0.8", weakens: true },
    ],
    ["a narrower margin", withUnit({ region: [-0.2, 0.2] }), { what: "margin", to: "± 0.2", weakens: false }],
    ["an opened margin", withUnit({ region: [-0.5, null] }), { what: "margin", to: "at least -0.5", weakens: true }],
    ["a dropped rival", withUnit({ rivals: [] }), { what: "rival", from: "2", to: null, weakens: true }],
    ["an added rival", withUnit({ rivals: [2, 3] }), { what: "rival", from: null, to: "3", weakens: false }],
    ["another statistic", withUnit({ statistic: "median" }), { what: "statistic", from: "mean", to: "median" }],
    ["fewer replicates", withSource({ replicates: 64 }), { what: "replicates", from: "256", to: "64", weakens: true }],
    ["more replicates", withSource({ replicates: 512 }), { what: "replicates", weakens: false }],
    ["another setup", withSource({ setup: "bb" }), { what: "experiment", weakens: false }],
    ["a cut grid", { ...whole, grid: { depth: [4] } }, { what: "grid", from: "4, 8", to: "4", weakens: true }],
    ["another measure", { ...whole, prediction: "equals, other" }, { what: "prediction", to: "equals, other" }],
    ["a dropped assumption", { ...whole, assumptions: [] }, { what: "assumption", from: "centred", to: null }],
    [
      "a dropped control",
      { ...whole, tiers: { smoke: [claimed], full: [claimed] } },
      { what: "control", where: "smoke; full", from: "centred", to: null, weakens: true },
    ],
    [
      "a dropped tier",
      { ...whole, tiers: { smoke: [claimed, control] } },
      { what: "tier", from: "full", weakens: true },
    ],
    ["an added tier", { ...whole, tiers: { ...whole.tiers, deep: [claimed] } }, { what: "tier", to: "deep" }],
    ["nothing that is kept", whole, { what: "other", weakens: false }],
  ])("%s is named, old and new side by side", (_, after, change) => {
    const changes = definitionChanges(whole, after);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject(change);
  });

  test("a moved prediction of the same width is no other margin", () => {
    const changes = definitionChanges(whole, withUnit({ predicted: 1, region: [0.5, 1.5] }));
    expect(changes.map(({ what }) => what)).toEqual(["prediction"]);
  });

  test("what weakens the claim comes first", () => {
    const after = { ...withUnit({ rivals: [3] }), prediction: "equals, other" };
    expect(definitionChanges(whole, after).map(({ weakens }) => weakens)).toEqual([true, false, false]);
  });

  test("tiers and setups that only one side knows are not called dropped", () => {
    const evidence: Definition = {
      tiers: { smoke: [{ ...claimed, sources: [{ ...claimed.sources[0]!, setup: undefined }] }] },
    };
    expect(definitionChanges(whole, evidence).map(({ what, where }) => `${what} ${where}`)).toEqual(["control smoke"]);
  });
});
