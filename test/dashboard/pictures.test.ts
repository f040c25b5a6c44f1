import { cpSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type {
  AcrossPicture,
  LawPicture,
  PairsPicture,
  SurvivalPicture,
} from "../../dashboard/browser/picture/picture-data.ts";
import { measuredSection } from "../../dashboard/site/pages/claim/arm-sections.ts";
import { topicTable } from "../../dashboard/site/pages/overview/topic-table.ts";
import { runPages } from "../../dashboard/site/pages/run-page.ts";
import { readSite, type Site } from "../../dashboard/site/site.ts";
import { groupOf } from "../../dashboard/site/views/observations.ts";
import { overviewRows } from "../../dashboard/site/views/overview-rows.ts";
import { pictureCsv } from "../../dashboard/site/views/picture/picture-csv.ts";
import { slopeCurve } from "../../dashboard/site/views/picture/slope-curve.ts";
import { thumbnail } from "../../dashboard/site/views/picture/thumbnail.ts";
import type { Result } from "../../src/claim/result.ts";
import { findRoots } from "../../src/project/roots.ts";
import { readSamples } from "../../src/run/files/read-samples.ts";
import { answered } from "../answered.ts";
import { runClaims } from "./fixture.ts";

const MEDIAN = "orvieto2021/chains/median-square-vanishes";
const REPOSITORY = findRoots(undefined, { env: {}, cwd: import.meta.dirname });
const SLOPE = "orvieto2021/escape/finite-noise-slope";
const SCATTER = "orvieto2021/escape/sign-descent-ignores-curvature";
const LAW = "orvieto2021/chains/product-has-gamma-law";
const SPREAD = "orvieto2021/chains/log-weight-variance";
const TIME = "orvieto2021/escape/descent-time";
const LEFT = "orvieto2021/adaptive/descent-spends-its-time-on-the-plateau";
const RATIO = "orvieto2021/escape/ten-times-flatter-takes-ten-times-as-long";
const RATE = "orvieto2021/chains/vanishing-rate";

let result: Result;
let folder: string;
let site: Site;

beforeAll(async () => {
  folder = join(mkdtempSync(join(tmpdir(), "plateau-pictures-")), "run");
  result = await runClaims([MEDIAN, SLOPE, SCATTER, LAW, SPREAD, TIME, RATE, LEFT, RATIO], folder);
  const none = join(folder, "none");
  site = await readSite({
    roots: REPOSITORY,
    result: join(folder, "result.json"),
    baselines: none,
    history: none,
    engines: undefined,
    speed: none,
  });
}, 600_000);

function claimOf(id: string) {
  return result.evidence.claims.find((claim) => claim.id === id)!;
}

function pictureOf<Form extends "across" | "pairs" | "law">(id: string, form: Form) {
  const picture = site.pictures.get(id)!;
  expect(picture.form).toBe(form);
  return picture as Form extends "across" ? AcrossPicture : Form extends "pairs" ? PairsPicture : LawPicture;
}

describe("a picture over an axis", () => {
  test("has every cell of every arm once, the claimed ones at the values of the grid", () => {
    const { series, across } = pictureOf(TIME, "across");
    const cells = claimOf(TIME).arms.map(({ cells: own }) => own.length);
    expect(series.reduce((sum, { points }) => sum + points.length, 0)).toBe(cells[0]! + cells[1]!);
    const [claimed] = claimOf(TIME).arms;
    const axis = across.words;
    const values = claimed!.cells.map(({ cell }) => cell[axis] as number);
    const drawn = series.flatMap(({ kind, points }) => (kind === "claimed" ? points.map(({ x }) => x) : []));
    expect([...drawn].sort((a, b) => a - b)).toEqual([...values].sort((a, b) => a - b));
  });

  test("stands at the judged estimates, with their intervals, and theory at the predicted values with their region", () => {
    const { series, theory } = pictureOf(MEDIAN, "across");
    const [claimed, control] = claimOf(MEDIAN).arms;
    const points = series.flatMap((one) => one.points.map((point) => ({ ...point, kind: one.kind })));
    expect(points.map(({ middle, interval }) => ({ middle, interval }))).toEqual(
      [...claimed!.units, ...control!.units].map(({ estimate, interval }) => ({ middle: estimate, interval })),
    );
    expect(theory.flatMap((curve) => curve.points.map(({ y, low, high }) => [y, low, high]))).toEqual(
      claimed!.units.map(({ predicted, region }) => [predicted, ...region]),
    );
  });

  test("shows the first observations and the quantiles of all that were judged, and of no more that a neighbour drew", async () => {
    const { series } = pictureOf(MEDIAN, "across");
    const [point] = series[0]!.points;
    const { stream, replicates } = claimOf(MEDIAN).arms[0]!.cells[0]!;
    const entry = result.provenance.samples[stream]!;
    const samples = await readSamples(join(folder, "samples"), entry);
    expect(samples.count).toBeGreaterThan(replicates);
    const at = entry.measures.indexOf(site.known.get(MEDIAN)!.manifest.prediction.of);
    const column = [...samples.columns[at]!.subarray(0, replicates)];
    expect(point!.count).toBe(replicates);
    expect(point!.values).toEqual(column.slice(0, point!.values.length).map((value) => Number(value.toPrecision(4))));
    const below = column.filter((value) => value < point!.quantiles[1]!).length / column.length;
    expect(Math.abs(below - 0.25)).toBeLessThan(0.01);
  });

  test("draws a slope through the middle of what was measured, its margin a fan that closes there", () => {
    const { series, theory } = pictureOf(SLOPE, "across");
    const points = series.filter(({ kind }) => kind === "claimed").flatMap((one) => one.points);
    const { predicted, region } = claimOf(SLOPE).arms[0]!.units[0]!;
    const [first, centre, , last] = theory[0]!.points;
    const mean = points.reduce((sum, { middle }) => sum + middle!, 0) / points.length;
    expect(centre!.y).toBeCloseTo(mean, 12);
    expect(centre!.high! - centre!.low!).toBeCloseTo(0, 12);
    expect((last!.y! - first!.y!) / (last!.x - first!.x)).toBeCloseTo(predicted!, 9);
    const width = last!.x - centre!.x;
    expect((last!.high! - last!.low!) / width).toBeCloseTo(region[1]! - region[0]!, 9);
  });

  test("draws a variance as the spread that it predicts, to each side of the mean, a pair of curves a line", () => {
    const { series, theory } = pictureOf(SPREAD, "across");
    const [upper, lower] = [1, -1].map((side) =>
      theory.flatMap(({ points }) => points.filter(({ y }) => side * (y! - series[0]!.points[0]!.middle!) > 0)),
    );
    const { predicted } = claimOf(SPREAD).arms[0]!.units[0]!;
    expect((upper![0]!.y! - lower![0]!.y!) / 2).toBeCloseTo(Math.sqrt(predicted!), 9);
  });
});

describe("times of which many never come", () => {
  const timesOf = async (arm: number) => {
    const { stream, replicates } = claimOf(LEFT).arms[arm]!.cells[0]!;
    const entry = result.provenance.samples[stream]!;
    const { columns } = await readSamples(join(folder, "samples"), entry);
    return [...columns[entry.measures.indexOf("time")]!.subarray(0, replicates)];
  };

  test("are a curve of what is left, both arms on the same axes, with those that never come in it", async () => {
    const { form, series, regions } = site.pictures.get(LEFT) as SurvivalPicture;
    expect([form, series.map(({ kind }) => kind)]).toEqual(["survival", ["claimed", "control"]]);
    for (const [arm, { steps, judged }] of series.entries()) {
      const times = await timesOf(arm);
      for (const [time, left, low, high] of steps) {
        // a time is shown with five digits
        const share = times.filter((one) => one > time * (1 + 1e-4)).length / times.length;
        expect(Math.abs(left - share)).toBeLessThan(0.006);
        expect(low <= left && left <= high).toBe(true);
      }
      expect(judged!.value).toBe(claimOf(LEFT).arms[arm]!.units[0]!.estimate);
    }
    expect(regions).toEqual([expect.objectContaining({ along: "time", ends: [7, null] })]);
  });

  test("count among the quantiles that a page shows of all replicates, as infinite", async () => {
    const times = Float64Array.from(await timesOf(0));
    const never = times.filter((time) => time === Number.POSITIVE_INFINITY).length;
    expect(never / times.length).toBeGreaterThan(0.9);
    const { quantiles, endless, zeros } = groupOf("", times);
    expect([endless, zeros]).toEqual([never, 0]);
    expect(quantiles.slice(1)).toEqual([null, null, null, null]);
  });
});

test("a ratio is predicted as many times as far from zero as the measured middle of the other arm", () => {
  const { series, theory, up, sentence } = pictureOf(RATIO, "across");
  const { predicted, region, estimate } = claimOf(RATIO).arms[0]!.units[0]!;
  const other = series.find(({ kind }) => kind === "against")!.points[0]!.middle!;
  const [{ y, low, high }] = theory[0]!.points as unknown as [{ y: number; low: number; high: number }];
  expect([y, low, high].map((value) => value / other)).toEqual([predicted, ...region]);
  expect(up.scale).toBe("log");
  expect(series[0]!.points[0]!.middle! / other).toBeCloseTo(estimate!, 6);
  expect(sentence).toContain(`ratio ${Number(estimate!.toPrecision(3))}; predicted: 10, between 9.5 and 10.5`);
});

describe("a claim's row in the chart of all claims", () => {
  test("has the numbers of its measure, and is open to the side to which it predicts nothing", () => {
    const row = overviewRows(site).find(({ id }) => id === LEFT)!;
    expect(row.opens).toBe("above");
    expect(row.predicted).toBe("at least 7");
    expect(row.measured).toMatch(/^7\.\d+$/);
    expect(row.interval).toMatch(/^7\.\d+ to 7\.\d+$/);
    const slope = overviewRows(site).find(({ id }) => id === SLOPE)!;
    expect([slope.opens, slope.predicted]).toEqual([null, "−1.107 ± 0.02"]);
  });
});

test("a small drawing has a mark for each control of one place, and what is predicted reaches the frame where it is open", () => {
  const drawing = String(thumbnail(pictureOf(RATIO, "across")));
  expect(drawing.match(/class="line-control mark"/g)).toHaveLength(2);
  expect(drawing).toMatch(/class="region" d="M[\d.]+,[\d.]+L/);
  expect(String(thumbnail(site.pictures.get(LEFT)!))).toMatch(/class="region" d="M[\d.]+,86.0L[\d.]+,6.0/);
});

test("an estimate's chart says in words what its axis is of", () => {
  const claim = site.sources.claims.find(({ id }) => id === RATIO)!;
  const shown = { claim, slug: RATIO, root: "../../../", known: site.known.get(RATIO), observed: true, site };
  expect(String(measuredSection(shown))).toContain(
    "<figcaption>Ratio of steps until &#124;x&#124; reaches the radius: estimate against prediction</figcaption>",
  );
});

test("the fan of a one-sided slope is all on the side of its bound", () => {
  const frame = { from: 0, centre: 2, to: 4, height: 10 };
  const ends = ({ points }: ReturnType<typeof slopeCurve>) => points.map(({ x, y, low, high }) => [x, y, low, high]);
  expect(ends(slopeCurve("predicted", frame, null, [null, -1]))).toEqual([
    ...[
      [0, 12, 12, null],
      [2, 10, 10, null],
    ],
    ...[
      [2, 10, null, 10],
      [4, 8, null, 8],
    ],
  ]);
  expect(ends(slopeCurve("predicted", frame, null, [-1, null]))).toEqual([
    ...[
      [0, 12, null, 12],
      [2, 10, null, 10],
    ],
    ...[
      [2, 10, 10, null],
      [4, 8, 8, null],
    ],
  ]);
});

test("pairs lie under the predicted slope, and measured lines have the judged slope", () => {
  const { series, theory } = pictureOf(SCATTER, "pairs");
  const units = claimOf(SCATTER).arms.flatMap((arm) => arm.units);
  const slopes = series.map(({ line: [from, to] }) => (to![1] - from![1]) / (to![0] - from![0]));
  for (const [at, slope] of slopes.entries()) expect(slope).toBeCloseTo(units[at]!.estimate!, 6);
  expect(theory).toHaveLength(claimOf(SCATTER).arms[0]!.units.length);
});

test("shares of a law add up to nearly one, predicted ones to the law's mass in the bins", () => {
  const { laws, series } = pictureOf(LAW, "law");
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  for (const { shares, kind } of series) expect(sum(shares)).toBeGreaterThan(kind === "claimed" ? 0.99 : 0.95);
  expect(sum(laws[0]!)).toBeGreaterThan(0.99);
  expect(Math.max(...series[0]!.shares.map((share, at) => Math.abs(share - laws[0]![at]!)))).toBeLessThan(0.02);
});

test("the numbers of a picture are a table, a row a mark", async () => {
  const picture = pictureOf(MEDIAN, "across");
  const [head, ...rows] = (await pictureCsv(picture)).trim().split("\n");
  expect(head).toBe("series,mark,cell,x,y,low,high,replicates");
  const marks = picture.series.flatMap(({ points }) => points.map(({ values }) => 6 + values.length));
  const curves = [...picture.theory, ...picture.rivals].map(({ points }) => points.length);
  expect(rows.length).toBe([...marks, ...curves].reduce((sum, one) => sum + one, 0));
});

test("every mark has a command that draws its replicates again", async () => {
  const { series } = pictureOf(MEDIAN, "across");
  const { command } = series.find(({ kind }) => kind === "control")!.points[0]!;
  expect(command).toMatch(/^npx --no -- plateau sample orvieto2021\/\S+ --arm \S+ --set \S+ --seed 210603763$/);
});

test("a small drawing says in words what it shows, and stays inside its frame", () => {
  const drawing = String(thumbnail(pictureOf(RATE, "across")));
  expect(drawing).toContain('role="img" aria-label="');
  const numbers = [...drawing.matchAll(/[ML](-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(numbers.length).toBeGreaterThan(4);
  expect(numbers.every(([x, y]) => x! >= 0 && x! <= 220 && y! >= 0 && y! <= 92)).toBe(true);
});

test("no picture is made without the samples of the result", async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "plateau-no-samples-"));
  const path = join(elsewhere, "result.json");
  cpSync(join(folder, "result.json"), path);
  const bare = await readSite({
    roots: REPOSITORY,
    result: path,
    baselines: elsewhere,
    history: elsewhere,
    engines: undefined,
    speed: elsewhere,
  });
  expect(bare.pictures.size).toBe(0);
});

describe("a site of many claims", () => {
  const times = (count: number) => {
    const claims = Array.from({ length: count }, () => site.sources.claims).flat();
    return { ...site, sources: { ...site.sources, claims } };
  };
  const topic = (of: Site) => String(topicTable({ topic: "orvieto2021/escape", at: 0 }, of));

  test("has each topic in one line, which says how its claims came out; one of few claims has their rows", () => {
    expect(site.sources.claims.length).toBeLessThan(40);
    expect(topic(site)).toContain("<details open>");
    expect(topic(times(5))).toContain("<details>");
    expect(topic(times(5))).toMatch(/\d+ claims, of which \d+ hold/);
  });

  test("has the rows of a topic in which a claim fails", () => {
    const many = times(5);
    const [first, ...others] = many.sources.claims.filter(({ id }) => id.startsWith("orvieto2021/escape/"));
    const failing = {
      ...many,
      sources: { ...many.sources, claims: [{ ...first!, outcome: "fails" as const }, ...others] },
    };
    expect(
      topic({
        ...failing,
        sources: { ...failing.sources, claims: [...many.sources.claims, ...failing.sources.claims] },
      }),
    ).toContain("<details open>");
  });
});

test("a run that left many arms open lists them where it is asked, by the claims' titles", () => {
  const claims = result.evidence.claims.map((claim) => ({
    ...claim,
    arms: claim.arms.map((arm) => answered(arm, "inconclusive")),
  }));
  const { folder: place } = site.sources.result!;
  const open = { ...result, evidence: { ...result.evidence, claims } };
  const sources = { ...site.sources, result: { ...site.sources.result!, result: open, folder: place } };
  const files = runPages.files({ ...site, sources } as Site) as readonly { readonly content: string }[];
  const arms = claims.flatMap((claim) => claim.arms).length;
  expect(arms).toBeGreaterThan(12);
  expect(files[0]!.content).toContain(`<summary>${arms} arms, and how many replicates would decide each</summary>`);
  expect(files[0]!.content).toContain(`<a href="./claims/${SLOPE}">${claimOf(SLOPE).title}</a>`);
});
