import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { CLAIMS } from "./fixture.ts";
import { HOSTILE } from "./hostile.ts";
import { EVIL, MEDIAN, sharedSite } from "./shared-site.ts";

const PICTURE = join(import.meta.dirname, "../../suites/orvieto2021/pictures/1-width-and-depth.json");

const shared = sharedSite();
const { open } = shared;

describe("a claim's page", () => {
  test("draws prediction, rivals, interval, estimate and raw points of the claim and of its control", async () => {
    const { page } = await open(MEDIAN);
    for (const arm of [0, 1]) {
      const estimates = page.locator(`figure[data-arm="${arm}"][data-chart=estimates]`);
      expect(await estimates.locator("g.mark-region rect").count()).toBe(2);
      expect(await estimates.locator("g.mark-predicted line").count()).toBe(2);
      expect(await estimates.locator("g.mark-rival line").count()).toBe(2);
      expect(await page.locator(`figure[data-arm="${arm}"] g.mark-observations circle`).count()).toBe(320);
    }
    expect(await page.locator("blockquote.statement math").count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test("keeps what the paper says, in words without a formula, apart from what is checked, whose numbers are said to be ours", async () => {
    const { page } = await open(MEDIAN);
    const section = (id: string) => page.locator(`section[aria-labelledby=${id}]`);
    expect(await section("said").innerText()).toMatch(/^The paper, in our words\s+\S/);
    expect(await section("said").locator("math").count()).toBe(0);
    expect(await section("said").getByRole("link").count()).toBeGreaterThan(0);
    expect(await section("checked").innerText()).toMatch(/^What is checked: our numbers/);
    expect(await section("checked").locator("math").count()).toBeGreaterThan(0);
    expect(await page.locator("main").innerText()).toMatch(
      /The paper says it in words .*every number here, and the margin, are ours/,
    );
    await page.context().close();
  });

  test.each([
    ["orvieto2021/escape/finite-noise-slope", "g.mark-observations circle"],
    ["orvieto2021/escape/sign-descent-ignores-curvature", "g.mark-observations circle"],
    ["orvieto2021/chains/relu-chain-dies", "g.mark-observations circle"],
    ["orvieto2021/chains/log-weight-variance", "g.mark-predicted-spread rect"],
  ])("draws the observations of %s in the form of its statistic", async (id, marks) => {
    const { page } = await open(`claims/${id}`);
    expect(await page.locator(`figure[data-arm="0"][data-chart=observations] ${marks}`).count()).toBeGreaterThan(1);
    await page.context().close();
  });

  test("says what both axes of a slope are, and keeps the predicted line in sight under the measured one", async () => {
    const { page } = await open("claims/orvieto2021/escape/finite-noise-slope");
    const chart = page.locator('figure[data-arm="0"][data-chart=observations] .chart svg').first();
    const labels = await chart.locator("g[aria-label$='axis label'] text").allTextContents();
    expect(labels).toHaveLength(2);
    expect(labels.every((words) => /[a-z]{2}/.test(words))).toBe(true);
    const widths = await chart
      .locator("g[aria-label=line]")
      .evaluateAll((lines) => lines.map((line) => Number(line.getAttribute("stroke-width"))));
    expect(widths[0]).toBeGreaterThan(2 * widths.at(-1)!);
    await page.context().close();
  });

  test("shows the claim in one look: cloud, theory with its margin, rivals, controls, and a sentence that says it", async () => {
    const { page } = await open("claims/orvieto2021/escape/finite-noise-slope");
    const picture = page.locator("#picture .chart svg").first();
    expect(await picture.locator("g.mark-ribbon path").count()).toBeGreaterThan(0);
    expect(await picture.locator("g.mark-theory path").count()).toBeGreaterThan(0);
    expect(await picture.locator("g.mark-middle path").count()).toBe(2);
    expect(await picture.locator("g.mark-observations circle").count()).toBeGreaterThan(100);
    const sentence = await page.locator(".sentence-of-picture").textContent();
    expect(sentence).toContain("Control 1: ");
    expect(await picture.getAttribute("aria-label")).toBe(sentence);
    await page.context().close();
  });

  test("gives the command of the cell that is chosen, and the picture as SVG, PNG and CSV", async () => {
    const { page, problems } = await open("claims/orvieto2021/escape/finite-noise-slope");
    const command = page.locator("#picture .command code");
    const first = await command.textContent();
    await page.locator("#picture select[name=cell]").selectOption({ index: 2 });
    expect(await command.textContent()).not.toBe(first);
    expect(await command.textContent()).toContain("--arm ");
    const download = async (name: string) => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("#picture .downloads .button", { hasText: name }).click(),
      ]);
      return readFileSync(await file.path());
    };
    const svg = (await download("SVG")).toString("utf8");
    expect(svg).toMatch(/^<svg [\s\S]*<\/svg>$/);
    // Nothing of the page's style is needed: its variables are colours now.
    expect(svg).not.toMatch(/style="[^"]*var\(/);
    expect((await download("PNG")).subarray(1, 4).toString("latin1")).toBe("PNG");
    expect((await download("CSV")).toString("utf8")).toMatch(/^series,mark,cell,x,y,low,high,replicates\n/);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("says where the claim of this checkout is not the one that was judged", async () => {
    const { page } = await open(`claims/${CLAIMS[0]}`);
    expect(await page.locator("main").textContent()).toContain("not in this checkout");
    await page.context().close();
  });

  test("copies the command that judges the claim again", async () => {
    const { page } = await open(MEDIAN, { permissions: ["clipboard-read", "clipboard-write"] });
    await page.locator("#reproduce ~ .command button.copy").first().click();
    await page.locator("button.copy", { hasText: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(
      "npx --no -- plateau run orvieto2021/chains/median-square-vanishes --tier smoke --seed 210603763",
    );
    await page.context().close();
  });

  test("offers its numbers as CSV and its evidence as JSON", async () => {
    const { page } = await open(MEDIAN);
    const download = async (format: string) => {
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("#reproduce ~ .downloads a", { hasText: format }).click(),
      ]);
      return readFileSync(await file.path(), "utf8");
    };
    const csv = await download("CSV");
    const json = await download("JSON");
    const [head, ...rows] = csv.trim().split("\n");
    expect(head!.split(",").slice(0, 4)).toEqual(["tier", "seed", "suite", "claim"]);
    expect(rows.length).toBe(4);
    expect((JSON.parse(json) as { readonly outcome: string }).outcome).toBe("fails");
    await page.context().close();
  });
});

describe("a question about several things", () => {
  test("shows each of its parts below it, in the table and in the chart, with where it lies", async () => {
    const { page } = await open(EVIL);
    const rows = page.locator(".numbers tr:has(.part)");
    const texts = await rows.allTextContents();
    const each = texts.filter((text) => text.includes("claimed"));
    expect(each.length).toBeGreaterThanOrEqual(3);
    expect(each[0]).toMatch(/far.*outside/);
    expect(each[1]).toMatch(/open to both sides.*−∞ to ∞.*open/);
    expect(each[2]).toContain(HOSTILE.words);
    const chart = page.locator("figure[data-chart=estimates] .chart svg").first();
    expect(await chart.locator("text", { hasText: "· far" }).count()).toBe(1);
    expect(await chart.getAttribute("aria-label")).toContain("· open to both sides\nmeasured 0, interval −∞ to ∞");
    await page.context().close();
  });
});

/** Pairs of neighbouring tick labels of one axis whose boxes meet; run in the page. */
const MEETING_TICKS = `[...document.querySelectorAll("figure .chart svg [aria-label$='axis tick label']")].flatMap((axis) => {
  const boxes = [...axis.querySelectorAll("text")].filter(({ textContent }) => textContent !== "").map((text) => [text.textContent, text.getBoundingClientRect()]);
  return boxes.flatMap(([words, a], at) => boxes.slice(at + 1)
    .filter(([, b]) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom)
    .map(([other]) => words + " on " + other));
})`;
test.each(CLAIMS)("no number of an axis of claims/%s stands on another", async (id) => {
  const { page } = await open(`claims/${id}`);
  expect(await page.evaluate(MEETING_TICKS)).toEqual([]);
  await page.context().close();
});

test("the map of widths and depths has its number at every field, also far from a power of ten", async () => {
  const { page } = await open("pictures/orvieto2021");
  const ticks = await page
    .locator("figure .chart svg")
    .first()
    .locator('g[aria-label$="tick label"]')
    .allTextContents();
  const { xs, ys } = JSON.parse(readFileSync(PICTURE, "utf8")) as Record<"xs" | "ys", readonly number[]>;
  expect(ticks).toEqual([xs.join(""), ys.join("")]);
  await page.context().close();
});
