import { describe, expect, test } from "vitest";
import type { Outcome } from "../claim/result.ts";
import { coverageTable, outcomeTogether } from "./coverage-table.ts";

describe("outcomeTogether", () => {
  test.each<[readonly Outcome[], string]>([
    [[], "nothing"],
    [["holds", "holds"], "holds"],
    [["holds", "undecided"], "undecided"],
    [["undecided", "crashed", "holds"], "crashed"],
    [["undecided", "crashed", "fails"], "fails"],
  ])("of %j is %s", (outcomes, together) => expect(outcomeTogether(outcomes)).toBe(together));
});

test("a sentence's line has its verdict, how many of its claims hold, and what is not covered", () => {
  const statement = {
    title: "It falls",
    words: "It falls with depth.",
    claims: ["a", "b"],
    notCovered: [{ what: "rises" }],
  };
  const line = (outcomes: readonly (readonly [string, Outcome])[]) =>
    coverageTable([statement], new Map(outcomes)).split("\n")[2];
  const both = [
    ["a", "holds"],
    ["b", "holds"],
  ] as const;
  expect(line(both)).toBe("| **It falls.** It falls with depth. | holds | 2 of 2 | rises |");
  expect(line(both.slice(0, 1))).toBe("| **It falls.** It falls with depth. | holds in part | 1 of 2 | rises |");
  expect(
    line([
      ["a", "holds"],
      ["b", "fails"],
    ]),
  ).toBe("| **It falls.** It falls with depth. | fails | 1 of 2 | rises |");
  expect(line([])).toBe("| **It falls.** It falls with depth. | not checked | 0 of 2 | rises |");
});
