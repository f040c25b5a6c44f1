import { join } from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Row } from "../../dashboard/browser/overview/overview-row.ts";
import type { LawPicture, SurvivalPicture } from "../../dashboard/browser/picture/picture-data.ts";
import { openBrowser } from "./shared-site.ts";

const BROWSER = join(import.meta.dirname, "../../dashboard/browser");
const CHARTS = `
export { forest } from "./overview/forest.ts";
export { timingsChart } from "./run/run.ts";
export { moveChart } from "./compare/compare.ts";
export { limitsChart } from "./speed/limits-chart.ts";
export { acrossChart } from "./picture/across-chart.ts";
export { pairsChart } from "./picture/pairs-chart.ts";
export { lawChart } from "./picture/law-chart.ts";
export { survivalChart } from "./picture/survival-chart.ts";
export { peerChart } from "./speed/peer-chart.ts";`;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: { contents: CHARTS, resolveDir: BROWSER, loader: "ts" },
    ...{ bundle: true, write: false, format: "iife", globalName: "charts", logLevel: "warning" },
  });
  browser = await openBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.setContent("<main style='font: 12px sans-serif'></main>");
  await page.addScriptTag({ content: outputFiles[0]!.text });
}, 120_000);

afterAll(() => browser?.close());

/** Draws one chart, alone on its page. */
async function draw(name: string, data: unknown, width = 1000): Promise<void> {
  await page.evaluate(
    `document.querySelector("main").replaceChildren(charts.${name}(${JSON.stringify(data)}, ${width}))`,
  );
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxes = (marks: string): Promise<readonly Box[]> =>
  page.locator(marks).evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as Box));

describe("the chart of all claims", () => {
  const row = (change: Partial<Row>): Row => ({
    ...{ id: "a/b/c", slug: "a/b/c", title: "A claim", topic: "a/b", outcome: "holds", state: "supported" },
    ...{ grade: "derived", tiers: ["full"], engines: [], middle: 0.1, low: -0.3, high: 0.5, opens: null },
    ...{ measured: "7.86", interval: "7.66 to 7.97", predicted: "7.8 ± 0.5" },
    ...change,
  });
  const above = row({ slug: "above", opens: "above", middle: 2, low: -0.9, high: 3 });
  const below = row({ slug: "below", opens: "below", middle: -2, low: null, high: 0.9 });
  const refuted = row({ slug: "refuted", outcome: "fails", state: "refuted", middle: 3, low: 2, high: 4 });

  test("has no more axis than what is drawn on it", async () => {
    await draw("forest", [row({}), row({ low: -0.8 })]);
    const [svg] = await boxes("main svg");
    const [band] = await boxes("g.mark-region rect");
    const right = svg!.x + svg!.width - 18;
    expect((right - band!.x - band!.width) / (right - band!.x)).toBeLessThan(0.15);
  });

  test("draws each claim over its own region: no interval of one that holds sticks out of its band", async () => {
    await draw("forest", [row({}), above, below, refuted]);
    const bands = await boxes("g.mark-region rect");
    const intervals = await boxes("g.mark-interval line");
    expect(intervals).toHaveLength(4);
    const isInside = intervals.map(
      ({ x, width }, at) => x >= bands[at]!.x - 1 && x + width <= bands[at]!.x + bands[at]!.width + 1,
    );
    expect(isInside).toEqual([true, true, true, false]);
    // No value in the middle is predicted of a region with one end.
    expect(await page.locator("g.mark-predicted line").count()).toBe(2);
  });

  test("says the measure's own numbers where a reader points, and for those who do not see it", async () => {
    await draw("forest", [row({}), above]);
    const [dot] = await boxes("g.mark-estimate path");
    await page.mouse.move(dot!.x + 4, dot!.y + 4);
    const words = "measured 7.86 (7.66 to 7.97), predicted 7.8 ± 0.5";
    await page.locator("g[aria-label=tip] text", { hasText: words }).waitFor();
    expect(await page.locator("main svg").first().getAttribute("aria-label")).toContain(words);
  });

  test("leads to a claim's page from its mark and from its name", async () => {
    await draw("forest", [row({}), above]);
    for (const marks of ["g.mark-estimate a", "g.mark-links a"]) {
      const links = page.locator(marks);
      expect(await links.evaluateAll((all) => all.map((one) => one.getAttribute("href")))).toEqual([
        "./claims/a/b/c",
        "./claims/above",
      ]);
    }
  });

  test("of hundreds of claims draws sixty, every one that fails among them, and says so", async () => {
    const many = Array.from({ length: 300 }, (_, at) => row({ slug: `claim-${at}` }));
    await draw("forest", [...many, refuted, ...many]);
    expect(await page.locator("g.mark-interval line").count()).toBe(60);
    const drawn = await page.locator("g.mark-links a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    expect(drawn).toContain("./claims/refuted");
    expect(await page.locator("main").textContent()).toContain("The 60 that are least settled, of 601");
  });
});

test("bars of two cells of a law stand before each other, each from zero", async () => {
  const cell = { name: "claimed", arm: "claimed", kind: "claimed" as const, count: 10, command: "" };
  const picture: LawPicture = {
    form: "law",
    sentence: "",
    across: { words: "value", scale: "linear" },
    up: { words: "share", scale: "linear" },
    bins: [
      { low: 0, high: 1 },
      { low: 1, high: 2 },
    ],
    laws: [[0.5, 0.5]],
    series: [
      { ...cell, shares: [0.4, 0.6] },
      { ...cell, shares: [0.5, 0.5] },
    ],
  };
  await draw("lawChart", picture);
  const bars = await boxes("g.mark-observations rect");
  expect(bars).toHaveLength(4);
  const feet = bars.map(({ y, height }) => Math.round(y + height));
  expect(new Set(feet).size).toBe(1);
  expect(bars[0]!.height / bars[2]!.height).toBeCloseTo(0.8, 1);
});

describe("the curve of what is left", () => {
  const arm = { arm: "claimed", kind: "claimed" as const, cell: "depth 4", count: 4, lost: 0, command: "" };
  const picture: SurvivalPicture = {
    form: "survival",
    beyond: "longer than",
    sentence: "",
    across: { words: "steps", scale: "linear" },
    up: { words: "part", scale: "linear" },
    series: [
      {
        ...{ ...arm, name: "claimed", judged: { along: "time", at: 0.5, value: 6, interval: [5, null] } },
        steps: [
          [0, 1, 1, 1],
          [4, 0.5, 0.2, 0.8],
          [8, 0.5, 0.2, 0.8],
        ],
      },
      {
        ...{ ...arm, name: "control 1", kind: "control", judged: null },
        steps: [
          [0, 1, 1, 1],
          [1, 0, 0, 0.3],
          [8, 0, 0, 0.3],
        ],
      },
    ],
    theory: [],
    rivals: [],
    regions: [{ along: "time", at: 0.5, predicted: null, ends: [5, null], rivals: [1] }],
  };

  test("has steps and a band for both arms, over the region of what is predicted, open to the frame", async () => {
    await draw("survivalChart", picture);
    const curves = await page
      .locator("g.mark-middle path")
      .evaluateAll((all) => all.map((one) => one.getAttribute("d")));
    expect(curves).toHaveLength(2);
    // Level between two times: a step, no slope.
    for (const curve of curves) {
      const places = [...curve!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => [x, y]);
      for (const [at, [x, y]] of places.slice(1).entries())
        expect(x === places[at]![0] || y === places[at]![1]).toBe(true);
    }
    expect(await page.locator("g.mark-band path").count()).toBe(2);
    const [region] = await boxes("g.mark-ribbon rect");
    const [svg] = await boxes("main svg");
    expect(svg!.x + svg!.width - region!.x - region!.width).toBeCloseTo(16, 0);
    expect(await page.locator("g.mark-rival line").count()).toBe(1);
    expect(await page.locator("g.mark-point :is(circle, path)").count()).toBe(1);
  });
});

test("a profile of scores begins where they do, under a band of steps, and says which share is above", async () => {
  const steps = [
    [-2, 1, 0.8, 1],
    [0.5, 0.5, 0.3, 0.7],
    [3, 0, 0, 0.2],
  ] as const;
  const theory = [-2, 1, 1, 3].map((x, at) => ({ x, y: null, low: at < 2 ? 0.4 : 0, high: at < 2 ? 1 : 0.6 }));
  const picture: SurvivalPicture = {
    ...{ form: "survival", beyond: "above", sentence: "" },
    across: { words: "score", scale: "linear" },
    up: { words: "share of the scores above", scale: "linear" },
    series: [
      {
        ...{ name: "claimed", arm: "claimed", kind: "claimed", cell: "profile", count: 8, lost: 0, steps },
        ...{ judged: null, command: "", cells: [] },
      },
    ],
    ...{ theory: [{ name: "predicted", points: theory }], rivals: [], regions: [] },
  };
  await draw("survivalChart", picture);
  const [svg] = await boxes("main svg");
  const [curve] = await boxes("g.mark-middle path");
  const [ribbon] = await boxes("g.mark-ribbon path");
  // from one end of the frame to the other, which begins below 0
  for (const { x, width } of [curve!, ribbon!]) {
    // to the width of its own stroke
    expect(Math.abs(x - svg!.x - 52)).toBeLessThanOrEqual(2);
    expect(Math.abs(svg!.x + svg!.width - x - width - 16)).toBeLessThanOrEqual(2);
  }
  await page.mouse.move(svg!.x + 52 + (2.5 / 5) * (svg!.width - 68), svg!.y + 190);
  await page.locator("g[aria-label=tip] text", { hasText: "above 0.5: 50 % (30 % to 70 %)" }).waitFor();
});

describe("on a phone no line of reference runs through the name of a row", () => {
  const ratio = { workload: "signal d=32 L=128 float64", engine: "wasm", best: "torch", target: 2, verdict: "met" };
  const names = Array.from(
    { length: 6 },
    (_, at) => `signal ${at} of a row whose name is as long as the chart is wide`,
  );
  const move = { label: "depth 4", from: 1, to: 2, size: 2, isDown: false };
  test.each([
    ["peerChart", Array<unknown>(6).fill({ ...ratio, ratios: [1, 3], median: 2 }), "g.mark-equal line"],
    ["moveChart", names.map((id) => ({ id, title: id, redefined: false, moves: [move] })), "g.mark-uncertainty line"],
    [
      "forest",
      names.map((slug) => ({
        ...{ id: slug, slug, title: slug, topic: "a/b", outcome: "holds", state: "supported", grade: "derived" },
        ...{ tiers: ["full"], engines: [], middle: 0.1, low: -0.3, high: 0.5, opens: null },
        ...{ measured: "7.86", interval: "7.66 to 7.97", predicted: "7.8 ± 0.5" },
      })),
      "g.mark-predicted line",
    ],
    [
      "limitsChart",
      [
        {
          file: "signals",
          workloads: names.map((workload) => ({ workload, shares: [{ engine: "wasm", share: 1.2 }] })),
        },
      ],
      "g.mark-limit line",
    ],
  ])("of the %s", async (chart, data, marks) => {
    await draw(chart, data, 350);
    const titles = await boxes("main svg text:text('signal')");
    const lines = await boxes(marks);
    expect(titles.length).toBe(6);
    expect(lines.length).toBeGreaterThan(5);
    const meeting = titles.filter((title) =>
      lines.some((line) => line.y < title.y + title.height - 2 && title.y + 2 < line.y + line.height),
    );
    expect(meeting).toEqual([]);
  });
});

describe("a picture over an axis", () => {
  const point = (x: number, middle: number) => ({
    ...{ x, middle, cell: "", count: 9, values: [middle - 1, middle, middle + 1], zeros: 0, endless: 0, command: "" },
    ...{ quantiles: [middle - 1, middle - 0.5, middle, middle + 0.5, middle + 1], interval: [null, null] },
  });
  const picture = (series: readonly unknown[], change: object = {}) => ({
    ...{ form: "across", sentence: "", theory: [], rivals: [], series },
    ...{ across: { words: "depth", scale: "linear" }, up: { words: "loss", scale: "linear" }, ...change },
  });
  const line = (name: string, points: readonly unknown[]) => ({ name, arm: name, kind: "claimed", points });

  test("keeps every mark of a dozen lines in its frame", async () => {
    const lines = Array.from({ length: 12 }, (_, at) => line(`line ${at}`, [point(-200, at), point(20, at)]));
    await draw("acrossChart", picture(lines), 900);
    const marks = await boxes("g.mark-observations circle, g.mark-point circle, g.mark-point path");
    expect(marks.length).toBeGreaterThan(80);
    const [svg] = await boxes("main svg");
    const right = svg!.x + 900 - 16;
    expect(Math.max(...marks.map(({ x, width }) => x + width / 2))).toBeLessThan(right);
  });

  test("has its series side by side at places that have names, and words its axis", async () => {
    const names = ["ours", "theirs"];
    const both = ["claimed", "control 1"].map((name, at) => line(name, [point(0, at), point(1, at)]));
    await draw("acrossChart", picture(both, { across: { words: "method", scale: "linear", places: names } }), 900);
    const [first, second] = [0, 1].map((at) =>
      boxes(`g.mark-point:nth-of-type(${at + 1}) :is(path, circle)`).then((all) => all.map(({ x }) => Math.round(x))),
    );
    expect(new Set([...(await first!), ...(await second!)]).size).toBeGreaterThan(1);
    const places = await page.locator("g.mark-point :is(path, circle)").evaluateAll((all) => all.length);
    expect(places).toBe(4);
    expect(await page.locator("main svg").textContent()).toContain("method");
  });

  test("on a phone numbers as many of its places as have room", async () => {
    const places = Array.from({ length: 26 }, (_, at) => `a task whose name is long ${at}`);
    const all = line(
      "claimed",
      places.map((_, at) => point(at, at)),
    );
    await draw("acrossChart", picture([all], { across: { words: "task", scale: "linear", places } }), 340);
    const ticks = await boxes("g[aria-label='x-axis tick label'] text");
    expect(ticks.length).toBeGreaterThan(5);
    for (const [at, { x }] of ticks.slice(1).entries()) expect(x).toBeGreaterThan(ticks[at]!.x + ticks[at]!.width);
  });

  test("of several measures is one drawing, which can be taken away as a whole", async () => {
    const first = picture([line("claimed", [point(1, 1), point(2, 2)])]);
    const other = picture([line("claimed", [point(1, 10), point(2, 20)])], { up: { words: "norm", scale: "linear" } });
    await draw("acrossChart", { ...first, further: [other, other] }, 900);
    const places = await page
      .locator("main > svg > svg")
      .evaluateAll((all) => all.map((one) => [one.getAttribute("y"), one.getAttribute("height")]));
    expect(places).toEqual([
      ["0", "380"],
      ["380", "380"],
      ["760", "380"],
    ]);
    expect(await page.locator("main > svg").getAttribute("height")).toBe("1140");
    expect((await page.locator("main > svg").textContent())!.match(/↑ norm/g)).toHaveLength(2);
  });

  test("of ratios has numbers on a logarithmic axis that reaches no two powers of ten", async () => {
    await draw(
      "acrossChart",
      picture([line("claimed", [point(1, 40), point(2, 90)])], { up: { words: "s", scale: "log" } }),
      900,
    );
    const ticks = await page.locator("g[aria-label='y-axis tick label'] text").allTextContents();
    expect(ticks.filter(Boolean).length).toBeGreaterThan(2);
    expect(ticks.join(" ")).not.toMatch(/[km]/);
  });
});

test("two measures of a replicate are drawn with the line on which they are equal, on both logarithmic axes", async () => {
  const pairs = Array.from({ length: 30 }, (_, at) => [10 ** (at / 6 - 3), 2 * 10 ** (at / 6 - 3)]);
  const log = { words: "steps", scale: "log" };
  await draw("pairsChart", {
    ...{ form: "pairs", sentence: "", across: log, up: log, theory: [], rivals: [], equal: [0.001, 100] },
    series: [{ name: "claimed", arm: "claimed", kind: "claimed", cell: "", pairs, line: [], command: "" }],
  });
  expect(await page.locator("g.mark-equal path, path.mark-equal").count()).toBe(1);
  expect(await page.locator("g.mark-observations circle").count()).toBe(30);
  const words = await page.locator("g[aria-label='x-axis tick label'] text").allTextContents();
  expect(words.join(" ")).toContain("0.001");
  expect(words.join(" ")).not.toMatch(/[mkµ]/);
});

test("on a phone the seconds of an axis stand beside each other", async () => {
  const timings = [681.7, 355.5, 104.9].map((seconds, at) => ({
    title: `A claim with a long name ${at}`,
    slug: `${at}`,
    seconds,
  }));
  await draw("timingsChart", timings, 350);
  const ticks = await boxes("g[aria-label='x-axis tick label'] text");
  expect(ticks.length).toBeGreaterThan(1);
  for (const [at, { x }] of ticks.slice(1).entries()) expect(x).toBeGreaterThan(ticks[at]!.x + ticks[at]!.width + 4);
});
