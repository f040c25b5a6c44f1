import { describe, expect, test } from "vitest";
import type { CellPoint } from "./arm-points.ts";
import { survivalPicture } from "./survival-picture.ts";

const NEVER = Number.POSITIVE_INFINITY;

interface Asked {
  readonly times: readonly number[];
  /** Ones for those that were lost from sight then. */
  readonly lost?: readonly number[];
  readonly detail?: Readonly<Record<string, string | number>>;
  readonly role?: "experiment" | "against";
  readonly kind?: "claimed" | "control";
  readonly found?: Partial<CellPoint["found"]>;
}

const CLAIMED = { label: "", detail: {} };

/** Of a question about times, as evidence and a manifest have it. */
function pointOf({ times, lost, detail = {}, role = "experiment", kind = "claimed", found = {} }: Asked): CellPoint {
  const columns = [times, ...(lost === undefined ? [] : [lost])].map((values) => Float64Array.from(values));
  return {
    arm: armOf(kind),
    unit: kind === "claimed" && Object.keys(detail).length === 0 ? CLAIMED : { label: "", detail },
    ...{ role, columns, cell: {}, group: 0, command: "plateau sample" },
    found: {
      level: 0.01,
      predicted: null,
      region: [null, null],
      rivals: [],
      estimate: null,
      interval: [null, null],
      ...found,
    },
  } as unknown as CellPoint;
}

const ARMS = {
  claimed: { name: "claimed", evidence: { kind: "claimed" } },
  control: { name: "control 1", evidence: { kind: "control" } },
};
function armOf(kind: "claimed" | "control") {
  return ARMS[kind];
}

const pictureOf = (...points: readonly CellPoint[]) => survivalPicture(points, "weeks in remission")!;

/** Weeks in remission under 6-mercaptopurine; E. A. Freireich and others, Blood 21, 1963, 699-716. */
const WEEKS = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35];
const LOST = [0, 0, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1];

test("is the published curve where some were lost from sight", () => {
  const [{ steps, lost, count }] = pictureOf(pointOf({ times: WEEKS, lost: LOST })).series as [never];
  const published = [
    [6, 0.857],
    [7, 0.807],
    [10, 0.753],
    [13, 0.69],
    [16, 0.627],
    [22, 0.538],
    [23, 0.448],
  ];
  for (const [week, left] of published) {
    expect((steps as [number, number][]).find(([time]) => time === week)![1]).toBeCloseTo(left!, 3);
  }
  expect([lost, count]).toEqual([12, 21]);
});

test("has those that never end in it to the last, and counts them as such", () => {
  const { series, sentence } = pictureOf(
    pointOf({
      times: [1, 2, NEVER, NEVER],
      detail: { of: "restricted-mean-time", limit: 4 },
      found: { estimate: 2.75 },
    }),
  );
  const [, left] = series[0]!.steps.at(-1)!;
  expect(left).toBe(0.5);
  expect(sentence).toContain("50 % take longer than 4; mean, where none counts for more, 2.75");
});

test("keeps each curve within its band, from one at time zero", () => {
  const times = Array.from({ length: 300 }, (_, at) => -Math.log((at + 0.5) / 300));
  const { steps } = pictureOf(pointOf({ times })).series[0]!;
  expect(steps[0]).toEqual([0, 1, 1, 1]);
  expect(steps.every(([, left, low, high]) => low <= left && left <= high)).toBe(true);
  expect(steps.some(([, left, low, high]) => high - low > 0.05 && left > 0.4)).toBe(true);
});

test("leaves out only steps that are too small to be seen", () => {
  const times = Array.from({ length: 20_000 }, (_, at) => (at + 0.5) / 20_000);
  const { steps } = pictureOf(pointOf({ times })).series[0]!;
  expect(steps.length).toBeLessThan(600);
  for (let at = 0.05; at < 0.95; at += 0.07) {
    const left = steps.findLast(([time]) => time <= at)![1];
    expect(Math.abs(left - (1 - at))).toBeLessThan(0.006);
  }
});

describe("what is predicted stands", () => {
  test("of a part at its time, on the axis of parts", () => {
    const { regions, series } = pictureOf(
      pointOf({
        times: [1, 2, 3, 4],
        detail: { of: "fraction-left", limit: 2.5 },
        found: { predicted: null, region: [0.25, null], rivals: [0.9], estimate: 0.5, interval: [0.1, 0.9] },
      }),
    );
    expect(regions).toEqual([{ along: "part", at: 2.5, predicted: null, ends: [0.25, null], rivals: [0.9] }]);
    expect(series[0]!.judged).toEqual({ along: "part", at: 2.5, value: 0.5, interval: [0.1, 0.9] });
  });

  test("of a median on the axis of times, and of a control not again", () => {
    const asked = { times: [1, 2, 3], detail: { of: "median-time" }, found: { region: [1, 3] as [number, number] } };
    const { regions } = pictureOf(pointOf(asked), pointOf({ ...asked, kind: "control" }));
    expect(regions).toEqual([{ along: "time", at: 0.5, predicted: null, ends: [1, 3], rivals: [] }]);
  });

  test("of a hazard ratio as the other arm's curve to its power", () => {
    const found = { predicted: 2, region: [1.5, 3] as [number, number], rivals: [1] };
    const { theory, rivals, series } = pictureOf(
      pointOf({ times: [1, 1, 2, 3], found }),
      pointOf({ times: [1, 2, 3, 4], role: "against", found }),
    );
    const against = series.find(({ kind }) => kind === "against")!;
    const half = against.steps.findIndex(([, left]) => left === 0.5);
    expect(theory[0]!.points[half]).toEqual({ x: 2, y: 0.25, low: 0.125, high: 0.35355 });
    expect(rivals[0]!.points.map(({ y }) => y)).toEqual(against.steps.map(([, left]) => left));
  });
});

test("is none of samples that are no times", () => {
  expect(survivalPicture([pointOf({ times: [-1, 2] })], "weeks")).toBeUndefined();
});
