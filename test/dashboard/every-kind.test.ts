import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { AcrossPicture, LawPicture, PairsPicture, Picture } from "../../dashboard/browser/picture/picture-data.ts";
import { measuredSection } from "../../dashboard/site/pages/claim/arm-sections.ts";
import { pictureSection } from "../../dashboard/site/pages/claim/picture-section.ts";
import { readSite, type Site } from "../../dashboard/site/site.ts";
import { pictureCsv } from "../../dashboard/site/views/picture/picture-csv.ts";
import { thumbnail } from "../../dashboard/site/views/picture/thumbnail.ts";
import { findRoots } from "../../src/project/roots.ts";
import { type ExamplesProject, examplesProject } from "../predictions/examples-project.ts";

/*
 * The pages of an outside author's project that has a claim of every kind which docs/predictions describes: kinds of which no committed
 * claim is made are seen here alone.
 */

let project: ExamplesProject;
let site: Site;

beforeAll(async () => {
  project = await examplesProject();
  const none = join(project.root, "none");
  site = await readSite({
    roots: findRoots(project.root, { env: {}, cwd: project.root }),
    result: join(project.root, "out/result.json"),
    baselines: none,
    history: none,
    engines: undefined,
    speed: none,
  });
}, 240_000);

const pictureOf = <P extends Picture>(id: string) => site.pictures.get(`you2026/${id}`) as P;
const claimOf = (id: string) => site.sources.claims.find((claim) => claim.id === `you2026/${id}`)!;
const shown = (id: string) => {
  const claim = claimOf(id);
  return { claim, slug: claim.id, root: "../../../", known: site.known.get(claim.id), observed: true, site };
};
const wordsOf = (markup: unknown) =>
  String(markup)
    .replace(/<[^>]+>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replace(/\s+/g, " ");

test("each claim has a picture with all of its arms, a sentence that can be heard to its end, and its numbers", async () => {
  expect(site.sources.claims.length).toBeGreaterThan(20);
  for (const { id, arms } of site.sources.claims) {
    const picture = site.pictures.get(id);
    expect(picture, id).toBeDefined();
    const kinds = new Set(picture!.series.map(({ kind }) => kind));
    for (const { kind } of arms) expect(kinds.has(kind), `${id}: ${kind}`).toBe(true);
    expect(picture!.sentence.length, `${id}: ${picture!.sentence}`).toBeLessThan(800);
    expect(String(thumbnail(picture!)), id).not.toMatch(/NaN|Infinity/);
    expect((await pictureCsv(picture!)).split("\n").length, id).toBeGreaterThan(3);
  }
});

describe("a measure that is held against another of the same replicate", () => {
  test.each([
    ["order/paired-superiority", "loss of A", "loss of B", 0],
    ["pairs/a-point-better", "test accuracy of theirs", "test accuracy of ours", 1],
    ["pairs/a-third-fewer-steps", "steps of theirs", "steps of ours", 1],
  ])("%s is drawn over the other, beside the line on which both are equal", (id, across, up, curves) => {
    const picture = pictureOf<PairsPicture>(id);
    expect([picture.form, picture.across.words, picture.up.words]).toEqual(["pairs", across, up]);
    expect(picture.equal).toBeDefined();
    expect(picture.theory).toHaveLength(curves);
    expect(wordsOf(pictureSection(shown(id), picture))).toContain("both are equal");
  });

  test("lies at the judged difference or ratio from the line of equals, within what is predicted", () => {
    for (const [id, by] of [
      ["pairs/a-point-better", (x: number, y: number) => y - x],
      ["pairs/a-third-fewer-steps", (x: number, y: number) => y / x],
    ] as const) {
      const { series, theory } = pictureOf<PairsPicture>(id);
      const { estimate, region } = claimOf(id).arms[0]!.units[0]!;
      for (const [x, y] of series[0]!.line) expect(by(x, y)).toBeCloseTo(estimate!, 6);
      for (const { x, y } of theory[0]!.points) expect(by(x, y!)).toBeCloseTo(region[0] ?? region[1]!, 6);
    }
  });

  test.each(["order/rank-correlation", "order/rank-correlation-rho"])(
    "%s is a cloud without a line: its two measures have units of their own",
    (id) => {
      const { form, across, up, equal, theory, series } = pictureOf<PairsPicture>(id);
      expect([form, across.words, across.scale, up.words, up.scale]).toEqual([
        ...["pairs", "sharpness", "log", "test error", "linear"],
      ]);
      expect([equal, theory]).toEqual([undefined, []]);
      expect(series.every(({ pairs }) => pairs.length > 100)).toBe(true);
    },
  );
});

describe("a band", () => {
  test.each([
    ["order/band", ["logarithm of the loss", "logarithm of the gradient's norm"], 3],
    ["order/report", ["normalised score", "1 where the task is solved", "steps taken"], 1],
  ])("%s has a drawing a measure, each with its own value and margin", (id, measures, cells) => {
    const picture = pictureOf<AcrossPicture>(id);
    const each = [picture, ...picture.further!];
    expect(each.map(({ up }) => up.words)).toEqual(measures);
    for (const { theory } of each) expect(theory.flatMap(({ points }) => points)).toHaveLength(cells);
    const distances = each.flatMap(({ theory, series }) =>
      theory[0]!.points.map(({ y, high }, at) => Math.abs(series[0]!.points[at]!.middle! - y!) / (high! - y!)),
    );
    const { estimate, parts } = claimOf(id).arms[0]!.units[0]!;
    expect(Math.max(...distances)).toBeCloseTo(estimate!, 1);
    expect(parts).toHaveLength(distances.length);
    expect(wordsOf(measuredSection(shown(id)))).toContain(measures.join(", "));
  });
});

test("a reported mean is the prediction, on the axis of the values", () => {
  const { theory, series } = pictureOf<AcrossPicture>("table-2/accuracy-is-reproduced");
  expect(theory[0]!.points.map(({ y, low, high }) => [y, low, high])).toEqual([[91.3, 90.3, 92.3]]);
  expect(series[0]!.points[0]!.middle).toBeCloseTo(91.3, 9);
});

test("a law of counts has a bin a count, and all of the law in them", () => {
  const { atoms, bins, laws, series } = pictureOf<LawPicture>("law/seeds-are-poisson");
  expect(atoms!.slice(0, 4)).toEqual([0, 1, 2, 3]);
  expect(bins.slice(0, 2)).toEqual([
    { low: -0.5, high: 0.5 },
    { low: 0.5, high: 1.5 },
  ]);
  // P(X = 0) of a Poisson law of mean 2.
  expect(laws[0]![0]).toBeCloseTo(Math.exp(-2), 2);
  for (const shares of [laws[0]!, series[0]!.shares])
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeGreaterThan(0.99);
});

describe("cells that have names", () => {
  test.each([
    ["order/ordering", "method", ["ours", "theirs", "baseline"], 2],
    ["order/superiority", "task", ["a", "b", "c", "d", "e", "f", "g", "h", "i"], 4],
  ])("of %s stand side by side at one place an arm each, and are not numbered", (id, words, places, arms) => {
    const { across, series } = pictureOf<AcrossPicture>(id);
    expect([across.words, across.places]).toEqual([words, places]);
    expect(series.map(({ points }) => points.length)).toEqual(Array(arms).fill(places.length));
  });

  test("are the tasks of an aggregate, where they have numbers too: no line joins them", () => {
    const { across } = pictureOf<AcrossPicture>("order/aggregate");
    expect(across.places).toEqual(Array.from({ length: 26 }, (_, at) => String(at + 1)));
    // Their numbers are their names: nothing is to be looked up.
    expect(wordsOf(pictureSection(shown("order/aggregate"), pictureOf("order/aggregate")))).not.toContain("1: 1;");
  });
});

test("what a control is held against is told apart from the control", () => {
  for (const id of ["order/superiority", "survival/done-faster"]) {
    const picture = site.pictures.get(`you2026/${id}`)!;
    const compared = picture.series.filter((one) => one.isCompared);
    expect(compared.map(({ name }) => name)).toEqual(["control 1, compared with"]);
    const legend = wordsOf(pictureSection(shown(id), picture));
    expect(legend.match(/without:/g)).toHaveLength(1);
  }
});

test.each([
  ["single/most-runs-end-in-time", "the 90 % quantile of steps to the target"],
  ["single/few-restarts", "the mean count of restarts in one week"],
  ["single/steady-times", "the coefficient of variation of seconds a request took"],
  ["survival/a-third-still-runs", "the part beyond 100 of epochs until the loss is reached"],
  ["order/aggregate", "the interquartile mean of normalised score"],
  ["order/rank-correlation-rho", "the rank correlation (Spearman's rho): sharpness, test error"],
  ["order/paired-superiority", "the chance to exceed the other measure: loss of B, loss of A"],
  ["table-2/accuracy-is-reproduced", "the mean, less the reported one, of accuracy on the test set in percent"],
])("%s says what is judged: %s", (id, words) => expect(wordsOf(measuredSection(shown(id)))).toContain(words));
