import { describe, expect, test } from "vitest";
import { sharedSite } from "./shared-site.ts";

const { open } = sharedSite();

/** Titles of the results, and how many of them are cut. */
const RESULTS = `(() => {
  const titles = [...document.querySelectorAll("#observablehq-search-results a span")];
  return { titles: titles.length, cut: titles.filter((each) => each.scrollWidth > each.clientWidth + 1).length };
})()`;

describe.each([1280, 390])("what the search of the site finds, %i pixels wide", (width) => {
  test("stands there with whole titles, and is walked through and opened by the keyboard alone", async () => {
    const { page, problems } = await open("", { viewport: { width, height: 900 } });
    // opens the sidebar where it is closed, too
    await page.keyboard.press("Alt+k");
    await page.keyboard.type("vanish");
    await page.locator("#observablehq-search-results li").nth(3).waitFor();
    const { titles, cut } = (await page.evaluate(RESULTS)) as { readonly titles: number; readonly cut: number };
    expect(titles).toBeGreaterThan(3);
    expect(cut).toBe(0);
    await page.keyboard.press("ArrowDown");
    const second = page.locator("#observablehq-search-results li").nth(1);
    expect(await second.getAttribute("class")).toContain("observablehq-link-active");
    const address = await second.locator("a").getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForURL(address!);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
