import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serve } from "../../dashboard/serve.mjs";
import { PAGES as PAGE_KINDS } from "../../dashboard/site/page-list.ts";
import { installBrowser } from "../../scripts/install-browser.mjs";
import { describeEngines } from "./engines.ts";
import { CLAIMS, type Fixture, makeFixture, readPage } from "./fixture.ts";
import { HOSTILE } from "./hostile.ts";
import { describeNetwork } from "./network.ts";
import { describeOtherBrowsers } from "./other-browsers.ts";
import { describePlay } from "./play-pages.ts";
import { describeScreenshots } from "./screenshots/screenshots.ts";
import { type BuiltSite, buildSite, startPreview } from "./site.ts";
import { describeSpeed } from "./speed.ts";
import { settled, visit } from "./visit.ts";

/** Pages that are not one a claim. */
const PAGES = PAGE_KINDS.flatMap(({ path }) => {
  if (path === "claims/[claim]") return [];
  return path === "index" ? [""] : [path.replace("[paper]", "orvieto2021")];
});
const MEDIAN = "claims/orvieto2021/chains/median-square-vanishes";
const PICTURE = join(import.meta.dirname, "../../suites/orvieto2021/pictures/1-width-and-depth.json");
/** The place of the hostile claim among the fixture's: its id is no plain path, so its page is named by it. */
const EVIL = "claims/other/6";

/** What a reader on a slow line may be asked to wait for, before play. */
const MOST_BYTES = 250_000;
/** Framework's own client alone is more: less would mean that nothing was counted. */
const LEAST_BYTES = 30_000;

let site: BuiltSite;
let server: Awaited<ReturnType<typeof serve>>;
let browser: Browser;
let fixture: Fixture;

beforeAll(async () => {
  fixture = await makeFixture();
  site = await buildSite(fixture);
  // In a subfolder, as GitHub Pages serves a repository.
  server = await serve(site.folder, { base: "/some/plateau/" });
  browser = await chromium.launch({
    executablePath: installBrowser(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
      "--no-first-run",
      "--font-render-hinting=none",
    ],
  });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

const open = (path: string, options: Parameters<typeof visit>[2] = {}) =>
  visit(browser, server.address + path, options);

describe("the build", () => {
  test("ends with every page, and says that nothing points outside", () => {
    expect(site.output).toContain("no other host, no unresolved import, no broken link");
    const claims = CLAIMS.map((id) => `claims/${id}.html`);
    const pages = [...claims, `${EVIL}.html`, ...PAGES.map((page) => `${page || "index"}.html`)];
    expect(pages.filter((page) => !existsSync(join(site.folder, page)))).toEqual([]);
  });
});

test("the preview shows a claim's page with its charts", async () => {
  const preview = await startPreview(fixture, await freePort());
  const { page, problems } = await visit(browser, `${preview.address}${MEDIAN}`);
  expect(await page.locator("figure .chart svg").count()).toBe(7);
  expect(problems).toEqual([]);
  await page.context().close();
  await preview.stop();
});

describe("every page", () => {
  test.each([...PAGES, ...CLAIMS.map((id) => `claims/${id}`), EVIL])(
    "/%s renders without an error or an outside request, weighs at most 250 kB, and is no wider than a phone",
    async (path) => {
      const { page, problems, bytes } = await open(path);
      expect(problems).toEqual([]);
      expect(await page.locator("h1").count()).toBe(1);
      expect(await bytes()).toBeLessThanOrEqual(MOST_BYTES);
      expect(await bytes()).toBeGreaterThan(LEAST_BYTES);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );

  test.each([...PAGES, MEDIAN, EVIL])("/%s has no finding of axe, nor of contrast in dark", async (path) => {
    const { page } = await open(path, { colorScheme: "light" });
    // Framework's own switch of the sidebar stands outside the landmarks; its place is fixed by Framework's style.
    const axe = () => new AxeBuilder({ page }).exclude("#observablehq-sidebar-toggle");
    expect(findings(await axe().analyze())).toEqual([]);
    // The scheme changes colours and nothing else.
    await page.emulateMedia({ colorScheme: "dark" });
    expect(findings(await axe().withRules(["color-contrast"]).analyze())).toEqual([]);
    await page.context().close();
  });
});

function findings({ violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>): readonly string[] {
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(" "));
    return `${id}: ${places.join("; ")}`;
  });
}

describe("the overview", () => {
  test("begins with the sentences of the abstract: verdicts, what carries them, what is not covered", async () => {
    const { page } = await open("");
    const sentences = page.locator(".sentences .sentence");
    const papers = await page.locator(".sentences").count();
    expect(papers).toBe(1);
    expect(await page.locator("h2").first().textContent()).toMatch(/^The paper in \w+ sentences$/);
    for (const text of await sentences.allTextContents()) {
      expect(text).toMatch(/holds|fails|undecided|not checked|crashed/);
      expect(text).toMatch(/as the paper states it|that we derived|No experiment of this run judges it/);
    }
    expect(await page.locator(".sentences .gap").count()).toBeGreaterThan(0);
    expect(await page.locator(".sentences svg.thumbnail").count()).toBeGreaterThan(0);
    await page.context().close();
  });

  test("filters claims by topic, state, grade and words, and keeps the filter in the address", async () => {
    const { page, problems } = await open("");
    const shown = page.locator("#shown");
    const rows = page.locator("table.claims tbody tr:visible");
    const all = CLAIMS.length + 1;
    expect(await shown.textContent()).toBe(`${all} of ${all} claims`);
    await page.locator("select[name=topic]").selectOption("orvieto2021/escape");
    expect(await shown.textContent()).toBe(`4 of ${all} claims`);
    expect(await rows.count()).toBe(4);
    await page.locator("input[name=q]").fill("sign");
    expect(await rows.count()).toBe(1);
    expect(new URL(page.url()).search).toBe("?topic=orvieto2021%2Fescape&q=sign");
    await page.reload();
    await settled(page);
    expect(await rows.count()).toBe(1);
    // Words are found where they begin, not within others; where nothing is, a sentence says so in the chart's place.
    await page.locator("input[name=q]").fill("urvature");
    expect(await rows.count()).toBe(0);
    expect(await page.locator("#forest .chart").textContent()).toContain("No claim is like that");
    await page.locator("input[name=q]").fill("");
    await page.locator("select[name=topic]").selectOption("");
    await page.locator("select[name=outcome]").selectOption("fails");
    expect(await rows.count()).toBe(2);
    expect(await page.locator("#forest svg a").count()).toBe(2);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("sorts by a column, by mouse and keyboard, and keeps the order in the address", async () => {
    const { page } = await open("");
    const measured = async () =>
      await page
        .locator("section[data-topic$=escape] tbody tr td[data-value]:nth-last-child(2)")
        .evaluateAll((cells) => cells.map((cell) => Number(cell.getAttribute("data-value"))));
    const header = page.locator("section[data-topic$=escape] th[data-sort] button", { hasText: "measured" });
    await header.click();
    const ascending = await measured();
    expect(ascending).toEqual([...ascending].sort((a, b) => a - b));
    await header.focus();
    await page.keyboard.press("Enter");
    expect(await measured()).toEqual([...ascending].reverse());
    expect(new URL(page.url()).searchParams.get("sort")).toBe("-measured");
    await page.reload();
    await settled(page);
    expect(await measured()).toEqual([...ascending].reverse());
    await page.context().close();
  });

  test("says what changed since the baseline, the gravest first", async () => {
    const { page } = await open("");
    const changes = await page.locator("ul.changes > li").allTextContents();
    expect(changes.some((one) => /refuted/.test(one))).toBe(true);
    expect(changes.some((one) => /the claim itself was changed/.test(one))).toBe(true);
    expect(changes[0]).toMatch(/refuted|supported/);
    await page.context().close();
  });

  test("leads to a claim's page, and from there back to the claims of its topic", async () => {
    const { page, problems } = await open("");
    await page.locator("section[data-topic$=chains] tbody a").first().click();
    await settled(page);
    expect(new URL(page.url()).pathname).toContain("/claims/orvieto2021/chains/");
    await page.locator(".crumbs a").nth(1).click();
    await settled(page);
    expect(new URL(page.url()).search).toBe("?topic=orvieto2021%2Fchains");
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("finds a claim by the site's search", async () => {
    const { page } = await open("");
    await page.locator("#observablehq-search input").fill("gamma law");
    await page.locator("#observablehq-search-results a").first().waitFor();
    const found = await page
      .locator("#observablehq-search-results a")
      .evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(found.some((href) => href.includes("product-has-gamma-law"))).toBe(true);
    await page.context().close();
  });
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

describe("a hostile result file", () => {
  test("is shown as text", async () => {
    for (const path of ["", EVIL, "run", "compare", "history", "engines", "speed"]) {
      const { page, problems } = await open(path);
      expect(problems).toEqual([]);
      expect(await page.evaluate("globalThis.hacked")).toBeUndefined();
      expect(await page.locator("main img, main svg[onload], main a[href^='javascript:']").count()).toBe(0);
      await page.context().close();
    }
    const { page } = await open(EVIL);
    expect(await page.locator("h1").textContent()).toContain("<script>globalThis.hacked = 1</script> red gnp.exe");
    expect(await page.locator("blockquote.statement").textContent()).toContain("{globalThis.hacked = 2}");
    expect(await page.locator("main").textContent()).toContain(HOSTILE.arm);
    await page.context().close();
  });

  test("leaves no escape sequence and no mark that reorders text in any page", () => {
    for (const path of ["index.html", `${EVIL}.html`, "run.html", "history.html", "engines.html", "speed.html"]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(readPage(site.folder, path)).not.toMatch(/[\u001b\u202a-\u202e\u2066-\u2069]/);
    }
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
    expect(each[1]).toMatch(/open to both sides.*-∞ to ∞.*open/);
    expect(each[2]).toContain(HOSTILE.words);
    const chart = page.locator("figure[data-chart=estimates] .chart svg").first();
    expect(await chart.locator("text", { hasText: "· far" }).count()).toBe(1);
    expect(await chart.getAttribute("aria-label")).toContain("· open to both sides\nmeasured 0, interval −∞ to ∞");
    await page.context().close();
  });
});

describe("the keyboard", () => {
  test("skips to the content first, and meets no link of the overview's chart that the tables have", async () => {
    const { page } = await open("");
    await page.keyboard.press("Tab");
    const focused = () => page.evaluate("document.activeElement.textContent || document.activeElement.id");
    expect(await focused()).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    expect(await page.evaluate("document.activeElement.id")).toBe("observablehq-main");
    const links = page.locator("#forest .chart svg a");
    expect(await links.count()).toBe(CLAIMS.length + 1);
    expect(await page.locator("#forest .chart svg a:not([tabindex='-1'])").count()).toBe(0);
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

describe("comparing two runs", () => {
  test("shows verdicts before estimates, and keeps the pair in the address", async () => {
    const { page, problems } = await open("compare");
    const [before, after] = [page.locator("select[name=a]"), page.locator("select[name=b]")];
    const keys = await after
      .locator("option")
      .evaluateAll((options) => options.map((option) => option.getAttribute("value")!));
    expect(keys).toContain("baselines-smoke");
    await before.selectOption("baselines-smoke");
    await after.selectOption(keys[0]!);
    await page
      .locator("#compare-shown", { hasText: "9 claims: 1 in one of the runs only, 2 with another verdict" })
      .waitFor();
    expect(await page.locator("#compare-table tbody tr").first().textContent()).toMatch(/holds.*fails/);
    expect(new URL(page.url()).searchParams.get("a")).toBe("baselines-smoke");
    await page.locator("input[name=changed]").check();
    await page.reload();
    await settled(page);
    expect(await before.inputValue()).toBe("baselines-smoke");
    expect(await page.locator("#compare-table tbody tr").count()).toBeLessThan(CLAIMS.length + 1);
    // Other seeds move every estimate: with that alone there is no difference, and the other tier is said.
    await before.selectOption("baselines-full");
    const words = await page.locator("#compare-shown", { hasText: "tier full beside tier smoke" }).textContent();
    expect(words).toContain("rests on less evidence");
    expect(await page.locator("#compare-chart svg").textContent()).toContain("← lower than before");
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe("the history", () => {
  test("is a grid of verdicts, a row a claim, that needs no script", async () => {
    const { page } = await open("history", { javaScriptEnabled: false });
    const grid = page.locator(".run-grid[data-tier=smoke]");
    expect(await grid.locator("h2").textContent()).toBe("Tier smoke: 8 runs");
    expect(await grid.locator("a.grid-row").count()).toBe(CLAIMS.length + 1);
    // The shown result has another verdict than the week before it.
    const [first] = await grid.locator("a.grid-row").allTextContents();
    expect(first).toMatch(/→ fails/);
    expect(await grid.locator("a.grid-row").first().locator("rect.tone-bad").count()).toBe(1);
    await page.context().close();
  });

  test("opens a row: estimates over time with the predicted region, a link that compares, all in the address", async () => {
    const { page, problems } = await open("history");
    await page.locator("a.grid-row[data-claim$=finite-noise-slope]").click();
    await page.locator("#history-shown", { hasText: "8 runs" }).waitFor();
    await expect.poll(() => page.locator("#history-chart g.mark-runs path").count()).toBe(8);
    expect(await page.locator("#history-chart g.mark-region path").count()).toBe(1);
    expect(await page.locator("#history-table tbody tr").count()).toBe(8);
    await page.reload();
    await settled(page);
    await expect
      .poll(() => page.locator("select[name=claim]").inputValue())
      .toBe("orvieto2021/escape/finite-noise-slope");
    await page.locator("#history-table tbody a").first().click();
    await settled(page);
    expect(new URL(page.url()).searchParams.get("a")).toMatch(/^2026-01-07.*-smoke$/);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describeNetwork(open);
describeEngines((path) => open(path));
describeSpeed((path) => open(path));
describePlay((path) => open(path));
describeScreenshots(open, () => browser.version());
describeOtherBrowsers(() => server.address);

test("without scripts each picture is there as a drawing made at the build, and no place of a chart stays silent", async () => {
  const still = async (path: string) => (await open(path, { javaScriptEnabled: false })).page;
  const pictures = await still("pictures/orvieto2021");
  expect(await pictures.locator("figure").count()).toBe(6);
  expect(await pictures.locator("figure noscript > svg.static-picture :is(path, rect)").count()).toBeGreaterThan(100);
  expect(await pictures.locator("figure:has(noscript > svg.static-picture)").count()).toBe(6);
  const overview = await still("");
  expect(await overview.locator("#signal svg.static-picture path").count()).toBeGreaterThan(5);
  expect(await overview.locator("#forest noscript").textContent()).toContain("stands in the tables of this page");
  const claim = await still(MEDIAN);
  expect(await claim.locator("#picture svg.thumbnail path").count()).toBeGreaterThan(1);
  for (const page of [pictures, overview, claim]) await page.context().close();
});

test("the switch between light and dark holds from page to page", async () => {
  const { page } = await open("", { colorScheme: "light" });
  const background = () => page.evaluate("getComputedStyle(document.documentElement).backgroundColor");
  const light = await background();
  await page.getByRole("button", { name: "Light / dark" }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.goto(server.address + MEDIAN);
  expect(await background()).toBe(dark);
  await page.context().close();
});
