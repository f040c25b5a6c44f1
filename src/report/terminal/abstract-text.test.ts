import { expect, test } from "vitest";
import { fixtureResult } from "../../../test/golden/fixture-result.ts";
import { abstractLines } from "./abstract-text.ts";

const { evidence } = await fixtureResult();
const stateOf = (state: string) =>
  evidence.claims
    .filter(({ arms }) => arms.some((arm) => arm.kind === "claimed" && arm.state === state))
    .map(({ id }) => id);
const [supported, refuted, open] = ["supported", "refuted", "inconclusive"].map(stateOf) as [
  string[],
  string[],
  string[],
];
const sentence = (title: string, ...claims: readonly string[]) => ({ title, claims, notCovered: [] });
const said = (tier: "smoke" | "full", ...sentences: ReturnType<typeof sentence>[]) =>
  abstractLines({ ...evidence, tier }, { sentences, unrun: 0, command: "plateau run" });

test("a sentence holds as the worst of its claims does, and says what was not run", () => {
  expect(
    said(
      "full",
      sentence("All of it", ...supported),
      sentence("Some of it", supported[0]!, "paper/topic/unrun"),
      sentence("Not this", supported[0]!, refuted[0]!, open[0]!),
      sentence("Nothing yet", "paper/topic/unrun"),
    ),
  ).toEqual([
    "✓ All of it: holds (2 supported)",
    "✓ Some of it: holds (1 supported, 1 not run)",
    "✗ Not this: does not hold (1 supported, 1 undecided, 1 refuted)",
    "○ Nothing yet: not run (1 not run)",
  ]);
});

test("what the smoke tier leaves open is no failure", () => {
  const line = "? Open: not decided at this size (1 not decided at this size)";
  expect(said("smoke", sentence("Open", open[0]!))).toEqual([line]);
});

test("what no claim covers stands beside its sentence, and what was not run behind all", () => {
  const gap = { ...sentence("In part", supported[0]!), notCovered: [{ what: "whole spectra", why: "" }] };
  const words = { sentences: [gap], unrun: 3, command: "plateau run --tier full" };
  expect(abstractLines(evidence, words)).toEqual([
    "✓ In part: holds (1 supported); no claim covers whole spectra",
    "Further, 3 claims were not run: plateau run --tier full",
  ]);
});
