import { describe, expect, test } from "vitest";
import { CLAIMS } from "./fixture.ts";
import { sharedSite } from "./shared-site.ts";
import { settled } from "./visit.ts";

const shared = sharedSite();
const { open } = shared;

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
    expect(await page.locator("#forest svg .mark-links a").count()).toBe(2);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("opens a folded topic where its claims are asked for", async () => {
    const { page } = await open("");
    const rows = page.locator("table.claims tbody tr:visible");
    await page.locator("section.topic details").evaluateAll((all) => {
      for (const one of all) one.removeAttribute("open");
    });
    expect(await rows.count()).toBe(0);
    expect(await page.locator("section.topic summary").first().textContent()).toMatch(/\d claims?, of which \d/);
    await page.locator("input[name=q]").fill("sign");
    const said = Number.parseInt((await page.locator("#shown").textContent())!, 10);
    expect(said).toBeGreaterThan(0);
    expect(said).toBeLessThan(CLAIMS.length);
    expect(await rows.count()).toBe(said);
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

describe("the search", () => {
  test("finds what no claim covers, which has its place on the paper's page", async () => {
    const { page } = await open("");
    await page.locator("#observablehq-search input").fill("whole spectra of networks");
    const links = page.locator("#observablehq-search-results a");
    await links.first().waitFor();
    const found = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")!));
    expect(found.some((href) => href.includes("papers/orvieto2021"))).toBe(true);
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
    const links = page.locator("#forest .chart svg .mark-links a");
    expect(await links.count()).toBe(CLAIMS.length + 1);
    expect(await page.locator("#forest .chart svg a:not([tabindex='-1'])").count()).toBe(0);
    await page.context().close();
  });
});
