import { describe, expect, test } from "vitest";
import { sharedSite } from "./shared-site.ts";

const { open } = sharedSite();

describe("the speeds", () => {
  test("are counted by their targets, and those that are missed named", async () => {
    const { page } = await open("speed");
    expect(await page.locator(".cards .big").allTextContents()).toEqual([
      ...["2 of 3", "1 of 3", "2 of 4"],
      ...["1 of 1", "0 of 1", "1 of 1"],
    ]);
    expect(await page.locator(".missed li").allTextContents()).toEqual([
      "eigenvalues n=1 on openblas: 0.8× the best peer, target 0.95×",
    ]);
    await page.context().close();
  });

  test("are drawn with their spread and target, and stand in a table with both rates", async () => {
    const { page } = await open("speed");
    const chart = page.locator("#peers-chart-one svg");
    expect(await chart.locator("g.mark-ratio path").count()).toBe(4);
    expect(await chart.locator("g.mark-target line").count()).toBe(3);
    expect(await chart.getAttribute("aria-label")).toContain(
      "0.80 times torch: compiled, 0.70 to 0.90 over the rounds",
    );
    const cells = page.locator(".peers tbody tr").nth(1).locator("td");
    expect(await cells.allTextContents()).toEqual([
      ...["eigenvalues n=1", "openblas", "0.8× (0.7× to 0.9×)", "0.95×", "✗ missed"],
      ...["800 units/s", "1,000 units/s", "torch: compiled"],
    ]);
    await page.context().close();
  });

  test("stand against the limit of the machine by workload, an engine each mark", async () => {
    const { page } = await open("speed");
    expect(await page.locator("#limits-chart-one .legend li").allTextContents()).toEqual([" wasm", " openblas"]);
    const panel = page.locator("#limits-chart-one svg[role=img]").first();
    expect(await panel.getAttribute("aria-label")).toContain(
      "product n=1 float64, wasm: 50 % of the limit; product n=1 float64, openblas: 160 % of the limit",
    );
    expect(await panel.locator("g.mark-share path").count()).toBe(2);
    await page.context().close();
  });

  test("say on which machine and beside which versions, under which flags", async () => {
    const { page } = await open("speed");
    const facts = await page.locator(".facts").first().textContent();
    for (const word of ["No processor", "pinned to core 1", "torch 0.0.1", "OMP_NUM_THREADS=1"]) {
      expect(facts).toContain(word);
    }
    await page.context().close();
  });

  test("of two machines stand apart, each under its processor", async () => {
    const { page } = await open("speed");
    expect(await page.locator("h3").allTextContents()).toEqual([
      ...["On No processor", "On Another processor"],
      "On No processor",
    ]);
    const label = await page.locator("#peers-chart-other svg").getAttribute("aria-label");
    expect(label).toContain("eigenvalues n=1, openblas\n1.20 times torch: compiled");
    expect(label).not.toContain("0.80 times");
    await page.context().close();
  });
});
