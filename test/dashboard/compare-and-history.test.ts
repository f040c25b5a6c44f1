import { describe, expect, test } from "vitest";
import { CLAIMS } from "./fixture.ts";
import { sharedSite } from "./shared-site.ts";
import { settled } from "./visit.ts";

const shared = sharedSite();
const { open } = shared;

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
    const moves = await page.locator("#compare-table td:nth-child(4)").allTextContents();
    expect(moves.some((move) => /→/.test(move))).toBe(true);
    // Numbers have a minus sign, and powers of ten none of a programming language.
    expect(moves.filter((move) => /-\d|\de[+-]?\d/.test(move))).toEqual([]);
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
