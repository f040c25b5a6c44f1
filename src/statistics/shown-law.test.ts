import { describe, expect, test } from "vitest";
import type { FittedLaw, Law } from "./question.ts";
import { type KeptLaw, keptLaw, shownLaw } from "./shown-law.ts";

const throughManifest = (law: Law | FittedLaw) => JSON.parse(JSON.stringify(keptLaw(law))) as KeptLaw;

describe("a law is drawn from what its manifest keeps", () => {
  test("a given one by lines between its values, to a part of a hundred", () => {
    const upTo = (x: number) => 1 / (1 + Math.exp(-x));
    const shown = shownLaw(
      throughManifest({ name: "given", words: "logistic", upTo, over: [-8, 8] }),
      new Float64Array(),
    );
    for (const x of [-7.9, -1.1, 0, 0.4, 3, 7.7]) expect(shown(x)).toBeCloseTo(upTo(x), 2);
    expect([shown(-100), shown(100)]).toEqual([upTo(-8), upTo(8)]);
  });

  test("one of a family as the nearest to the values", () => {
    const values = Float64Array.from({ length: 99 }, (_, i) => 5 + 2 * Math.log((i + 1) / (99 - i)));
    const shown = shownLaw(throughManifest({ name: "fitted", family: "logistic" }), values);
    for (const i of [9, 49, 89]) expect(Math.abs(shown(values[i]!) - (i + 0.5) / 99)).toBeLessThan(0.02);
  });

  test("one of values and chances as it is", () => {
    const dice: Law = { name: "discrete", at: [1, 2], chances: [0.25, 0.75] };
    expect([0, 1, 1.5, 2].map(shownLaw(throughManifest(dice), new Float64Array()))).toEqual([0, 0.25, 0.25, 1]);
  });

  test("a die's chances, of which evidence keeps nine digits each, that add to 1.000000002", () => {
    const kept = { name: "discrete", at: [1, 2, 3, 4, 5, 6], chances: Array<number>(6).fill(0.166666667) } as const;
    const shown = shownLaw(kept, new Float64Array());
    expect([1, 3, 6].map((face) => shown(face).toFixed(12))).toEqual([
      "0.166666666667",
      "0.500000000000",
      "1.000000000000",
    ]);
  });
});

test.each<readonly [string, Law | FittedLaw, RegExp]>([
  [
    "a family that is not known",
    { name: "fitted", family: "cauchy" as "normal" },
    /one of normal, laplace, .* got cauchy/,
  ],
  [
    "a range that falls",
    { name: "given", words: "mine", upTo: () => 1, over: [1, 0] },
    /the law mine requires `over` from low to high, got \[1, 0\]/,
  ],
  ["chances that do not add to 1", { name: "discrete", at: [1], chances: [0.5] }, /chances that add to 1, got 0.5/],
])("%s is refused before anything is computed", (_, law, message) => expect(() => keptLaw(law)).toThrow(message));
