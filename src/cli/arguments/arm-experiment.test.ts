import { expect, test } from "vitest";
import type { AnyClaim } from "../../claim/claim.ts";
import type { Grid } from "../../predictions/cells.ts";
import { armExperiment, readingAll } from "./arm-experiment.ts";

const control = (breaks: string) => ({ breaks, experiment: () => breaks });
const claim = {
  id: "a/b/c",
  experiment: () => "claimed",
  controls: [control("scale"), control("law"), { ...control("scale"), experiment: () => "the second" }],
} as unknown as AnyClaim;

test("an arm has the name that evidence has of it, where two controls break one assumption too", () => {
  expect(["claimed", "scale", "law", "scale 2"].map((arm) => armExperiment(claim, arm)({}))).toEqual([
    ...["claimed", "scale", "law", "the second"],
  ]);
});

test.each([
  ["against", "claim a/b/c has no arm against, it has claimed scale law scale 2"],
  ["scale 3", "claim a/b/c has no arm scale 3, did you mean scale 2?"],
])("the arm %s is refused by the names that there are", (arm, message) =>
  expect(() => armExperiment(claim, arm)).toThrow(message),
);

const GRID: Grid = { depth: [4, 8], width: [2, 3] };
const ofDepth = ({ depth }: Readonly<Record<string, unknown>>) => depth;

test("a cell of the grid is drawn whichever axes the experiment looks at", () =>
  expect(readingAll({ depth: 5, width: 3 }, GRID, ofDepth)).toBe(5));

test("a value off the grid of an axis that the experiment does not look at is refused", () =>
  expect(() => readingAll({ depth: 4, width: 5 }, GRID, ofDepth)).toThrow(
    "--set width would change nothing: this arm's experiment depends on depth",
  ));
