import { expect, test } from "vitest";
import { pooledShareBounds } from "../../../../src/statistics/proved/shares/pooled-share.ts";
import type { CellPoint } from "./arm-points.ts";
import { profilePicture } from "./profile-picture.ts";

const BAND = { thresholds: [1, 2], lower: [0.3, 0.1], upper: [0.9, 0.6] };
const LEVEL = 0.01;

/** The tasks of one question, as evidence and a manifest have it. */
function pointsOf(kind: "claimed" | "control", tasks: readonly (readonly number[])[], estimate = -0.1): CellPoint[] {
  const arm = { name: kind === "claimed" ? "claimed" : "control 1", evidence: { kind } };
  const unit = { label: "profile along game", detail: BAND };
  const found = { level: LEVEL, predicted: null, region: [null, 0], rivals: [], estimate, interval: [null, 0.1] };
  return tasks.map(
    (scores, group) =>
      ({
        ...{ arm, unit, found, group, cell: { game: group + 1 }, role: "experiment" },
        ...{ columns: [Float64Array.from(scores)], command: `plateau sample --set game=${group + 1}` },
      }) as unknown as CellPoint,
  );
}

const SCORES = [
  [0.5, 1.5, 1.5, 2.5],
  [1, 1, 3, 3],
];

test("has one curve an arm, of all its tasks together: the share above each score and each threshold", () => {
  const { series } = profilePicture([...pointsOf("claimed", SCORES), ...pointsOf("control", [[0, 0]])], "score");
  expect(series.map(({ name, kind, count }) => [name, kind, count])).toEqual([
    ["claimed", "claimed", 8],
    ["control 1", "control", 2],
  ]);
  const curve = series[0]!.steps.map(([x, share]) => [x, share]);
  expect(curve).toEqual(
    expect.arrayContaining([
      [0.5, 7 / 8],
      [1, 5 / 8],
      [1.5, 3 / 8],
      [2.5, 2 / 8],
      [3, 0],
    ]),
  );
  // before the least score all are above
  expect(curve[0]![1]).toBe(1);
  expect(series[0]!.cells).toEqual([
    { cell: "game 1", command: "plateau sample --set game=1" },
    { cell: "game 2", command: "plateau sample --set game=2" },
  ]);
});

test("has bounds that hold at all thresholds together, as steps on the side that they may be continued to", () => {
  const [arm] = profilePicture(pointsOf("claimed", SCORES), "score").series;
  const [one, two] = [5, 3].map((ones) => pooledShareBounds(ones, 8, LEVEL / 2));
  const digits = (value: number) => Number(value.toPrecision(5));
  const bandAt = (x: number) => arm!.steps.findLast(([from]) => from <= x)!.slice(2);
  expect(bandAt(0.9)).toEqual([digits(one!.low), 1]);
  expect(bandAt(1)).toEqual([digits(two!.low), digits(one!.high)]);
  expect(bandAt(2)).toEqual([0, digits(two!.high)]);
});

test("has the claimed band as steps with both corners, alike by straight lines", () => {
  const { theory, regions } = profilePicture(pointsOf("claimed", SCORES), "score");
  const [start, end] = [theory[0]!.points[0]!.x, theory[0]!.points.at(-1)!.x];
  expect(theory[0]!.points.map(({ x, low, high }) => [x, low, high])).toEqual([
    [start, 0.3, 1],
    [1, 0.3, 1],
    [1, 0.1, 0.9],
    [2, 0.1, 0.9],
    [2, 0, 0.6],
    [end, 0, 0.6],
  ]);
  expect(start).toBeLessThan(0.5);
  expect(end).toBeGreaterThan(3);
  expect(regions).toEqual([]);
});

test("says what is seen, for those who do not see it", () => {
  const { sentence } = profilePicture(pointsOf("claimed", SCORES), "score");
  expect(sentence).toBe(
    "Which share of the scores is above a threshold, every task counting alike: score. Claimed, profile along game: 37.5 % above 2; beyond the band by −0.1; predicted: at most 0.",
  );
});

test("scores that are infinite are above all or none, and take no room", () => {
  const scores = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1.5, 1.5];
  const [arm] = profilePicture(pointsOf("claimed", [scores]), "score").series;
  const xs = arm!.steps.map(([x]) => x);
  expect(xs.every(Number.isFinite)).toBe(true);
  expect(arm!.steps[0]![1]).toBe(0.75);
  expect(arm!.steps.at(-1)![1]).toBe(0.25);
});
