import { describe, expect, test } from "vitest";
import { HOSTILE } from "./hostile.ts";
import { REFUSAL } from "./other-engine.ts";
import { sharedSite } from "./shared-site.ts";
import { settled } from "./visit.ts";

const CLAIM = "claims/orvieto2021/chains";

const { open } = sharedSite();

describe("the engines side by side", () => {
  test("are counted by verdicts, refusals and bounds", async () => {
    const { page } = await open("engines");
    const rows = page.locator("#summary ~ .scroll").first().locator("tbody tr");
    expect(await rows.locator("td:first-child").allTextContents()).toEqual(["wasm", "reference", "tensorflow"]);
    const [, equal, other] = await rows.allTextContents();
    expect(equal).toContain("✓ none of 16 arms");
    expect(other).toMatch(/✗ 1 of 18 arms/);
    await page.context().close();
  });

  test("have a mark for each estimate that differs, outside or inside its bound", async () => {
    const { page } = await open("engines");
    const chart = page.locator("#agreement-chart svg");
    expect(await chart.locator("g.mark-inside circle").count()).toBeGreaterThan(4);
    expect(await chart.locator("g.mark-outside path").count()).toBeGreaterThan(0);
    expect(await chart.getAttribute("aria-label")).toMatch(
      /reference: \d+ equal; tensorflow: \d+ equal; \d+ differ, 2 outside; \d+ without a bound$/,
    );
    await page.context().close();
  });

  test("are filtered by what one looks for, and the filter is in the address", async () => {
    const { page, problems } = await open("engines");
    const rows = page.locator("#engine-matrix tbody tr:visible");
    expect(await page.locator("#shown").textContent()).toBe("9 of 9 claims");
    await page.locator("select[name=which]").selectOption("differs");
    expect(await rows.locator("th").allTextContents()).toEqual([
      "Noiseless descent leaves a plateau in a time inverse to its curvature",
      "A ReLU chain survives L layers with probability 2^-L",
    ]);
    await page.locator("select[name=engine]").selectOption("reference");
    expect(await rows.count()).toBe(0);
    await page.locator("select[name=engine]").selectOption("tensorflow");
    await page.locator("select[name=which]").selectOption("refused");
    expect(new URL(page.url()).search).toBe("?which=refused&engine=tensorflow");
    await page.reload();
    await settled(page);
    expect(await rows.count()).toBe(3);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("say what each is, how it installs, and which version ran", async () => {
    const { page } = await open("engines");
    const facts = await page.locator("#what ~ .facts").first().textContent();
    expect(facts).toContain("npm run engine:tensorflow");
    expect(facts).toContain("Here: tensorflow 2.15.1 (threads 1");
    await page.context().close();
  });
});

describe("a claim on several engines", () => {
  test("shows every estimate against its bound", async () => {
    const { page } = await open(`${CLAIM}/relu-chain-dies`);
    const table = page.getByRole("region", { name: "Estimates on tensorflow" });
    const [first] = await table.locator("tbody tr").allTextContents();
    expect(first).toContain("3 × 10⁻⁵");
    expect(first).toContain("300 %");
    expect(first).toContain("✗ outside");
    expect(await page.locator("#engines ~ p").filter({ hasText: "last bit" }).count()).toBe(1);
    await page.context().close();
  });

  test("lists the cells that an engine refuses, with the reason", async () => {
    const { page } = await open(`${CLAIM}/product-has-gamma-law`);
    const refused = page.locator("#engines ~ p", { hasText: REFUSAL });
    expect(await refused.count()).toBe(1);
    expect(await page.locator("#engines ~ ul li").count()).toBeGreaterThan(1);
    await page.context().close();
  });

  test("of a hostile file is text", async () => {
    const { page, problems } = await open("claims/other/6");
    expect(await page.locator("#engines ~ p", { hasText: "red gnp.exe" }).count()).toBe(1);
    expect(await page.locator("#engines ~ ul li").first().textContent()).toContain(HOSTILE.words);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe("the overview", () => {
  test("filters by engine and tier, shows that engine's verdicts, and keeps both in the address", async () => {
    const { page } = await open("");
    const rows = page.locator("table.claims tbody tr:visible");
    const all = await rows.count();
    expect(await page.locator(".on-engine:visible").count()).toBe(0);
    await page.locator("select[name=engine]").selectOption("tensorflow");
    const judged = await rows.count();
    expect(judged).toBe(all - 1);
    expect(await page.locator(".on-engine:visible").count()).toBe(judged);
    expect(await page.locator(".on-engine:visible").allTextContents()).toContain("on tensorflow: ✗ refuted");
    await page.locator("select[name=tier]").selectOption("smoke");
    expect(await rows.count()).toBe(judged);
    expect(new URL(page.url()).search).toBe("?engine=tensorflow&tier=smoke");
    await page.reload();
    await settled(page);
    expect(await page.locator("#shown").textContent()).toBe(`${judged} of ${all} claims`);
    await page.context().close();
  });
});
