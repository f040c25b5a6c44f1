import { AxeBuilder } from "@axe-core/playwright";
import { describe, expect, test } from "vitest";
import { CLAIMS } from "./fixture.ts";
import { EVIL, MEDIAN, PAGES, sharedSite } from "./shared-site.ts";

/** What a reader on a slow line may be asked to wait for, before play. */
const MOST_BYTES = 250_000;
/** Framework's own client alone is more: less would mean that nothing was counted. */
const LEAST_BYTES = 30_000;

/** What A4 paper has between margins of 1 cm, 190 mm at 96 pixels an inch. */
const PAPER = { width: 718, height: 1000 } as const;

const shared = sharedSite();
const { open } = shared;

describe("every page", () => {
  test.each([...PAGES, ...CLAIMS.map((id) => `claims/${id}`), EVIL])(
    "/%s renders without an error or an outside request, weighs at most 250 kB, and is no wider than a phone, nor than paper",
    async (path) => {
      const { page, problems, bytes } = await open(path);
      expect(problems).toEqual([]);
      expect(await page.locator("h1").count()).toBe(1);
      expect(await bytes()).toBeLessThanOrEqual(MOST_BYTES);
      expect(await bytes()).toBeGreaterThan(LEAST_BYTES);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await page.setViewportSize(PAPER);
      await page.emulateMedia({ media: "print" });
      await page.waitForTimeout(300);
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

  test("/mutants shows all columns of its tables on a wide screen", async () => {
    const { page } = await open("mutants");
    await page.setViewportSize({ width: 1280, height: 900 });
    const hidden = (await page.evaluate(
      "[...document.querySelectorAll('.faults .scroll')].map((box) => box.scrollWidth - box.clientWidth)",
    )) as readonly number[];
    expect(hidden.length).toBeGreaterThan(1);
    expect(Math.max(...hidden)).toBeLessThanOrEqual(0);
    await page.context().close();
  });
});

function findings({ violations }: Awaited<ReturnType<AxeBuilder["analyze"]>>): readonly string[] {
  return violations.map(({ id, nodes }) => {
    const places = nodes.slice(0, 3).map(({ target }) => target.join(" "));
    return `${id}: ${places.join("; ")}`;
  });
}
