import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { MEDIAN, sharedSite } from "./shared-site.ts";

const MAIN = join(import.meta.dirname, "../../dist/src/cli/main.js");

const { open } = sharedSite();

/** Pixels that the list of measures has beyond the name that it shows. */
const ROOM = `(() => {
  const list = document.querySelector("#play-form select[name=measure]");
  const { font, paddingLeft, paddingRight } = getComputedStyle(list);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  return list.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - pen.measureText(list.selectedOptions[0].text).width;
})()`;
/** Options of the commands on a page, with the lines that each stands on. */
const OPTIONS = `[...document.querySelectorAll(".command code span")]
  .filter((option) => option.offsetParent !== null)
  .map((option) => [option.textContent, option.getClientRects().length])`;

describe("playing with a claim", () => {
  test("loads the engine at the first press, and draws what plateau sample draws with that seed, byte for byte", async () => {
    const { page, problems, requests } = await open("claims/orvieto2021/escape/finite-noise-slope");
    const isEngine = (address: string) => /data\/play\/(engine|kernels)\./.test(address);
    expect(requests.filter(isEngine)).toEqual([]);
    await page.locator("#play-form [data-axis=scale]").fill("0.02");
    await page.locator("#play-form button[name=draw]").click();
    await page.locator("#play-shown", { hasText: "200 observations: " }).waitFor();
    expect(requests.filter(isEngine).length).toBe(2);
    expect(await page.locator("#play-shown").textContent()).toContain("This is no verdict");
    expect(await page.locator("#play-histogram .chart svg rect").count()).toBeGreaterThan(10);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.locator("#play-form button[name=csv]").click(),
    ]);
    const command = await page.locator("#play .command code").textContent();
    const words = command!.replace("npx --no -- plateau ", "").split(" ");
    expect(words).toContain("--seed");
    const { stdout } = await execa("node", [MAIN, ...words], { env: { PLATEAU_ROOT: undefined } });
    expect(readFileSync(await file.path(), "utf8").trimEnd()).toBe(stdout);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("names what it shows in full, and breaks its command between words alone", async () => {
    for (const [width, isWide] of [
      [1280, true],
      [390, false],
    ] as const) {
      const { page, problems } = await open(MEDIAN, { viewport: { width, height: 900 } });
      await page.locator("#play-form button[name=draw]").click();
      await page.locator("#play-shown", { hasText: "200 observations: median −" }).waitFor();
      if (isWide) expect(await page.evaluate(ROOM)).toBeGreaterThan(0);
      const options = (await page.evaluate(OPTIONS)) as readonly (readonly [string, number])[];
      expect(options.map(([option]) => option)).toEqual(expect.arrayContaining(["--set", "--seed", "--replicates"]));
      expect(options.filter(([, lines]) => lines !== 1)).toEqual([]);
      expect(problems).toEqual([]);
      await page.context().close();
    }
  });

  test("moves a slider and its number together, and says what cannot be drawn", async () => {
    const { page, problems } = await open("claims/orvieto2021/escape/directions-share-the-escape");
    const number = page.locator("#play-form input[type=number][data-axis]").first();
    const slider = page.locator("#play-form input[type=range]").first();
    await slider.focus();
    await page.keyboard.press("End");
    const last = await number.inputValue();
    await page.keyboard.press("Home");
    expect(Number(await number.inputValue())).toBeLessThan(Number(last));
    await number.fill("-5");
    await page.locator("#play-form button[name=draw]").click();
    await page.locator("#play-shown", { hasText: "Not drawn: " }).waitFor();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});

describe("the signal on the first page", () => {
  test("is there before anything is asked, and is computed anew where its network is changed", async () => {
    const { page, problems, requests } = await open("");
    const words = page.locator("#signal-shown");
    expect(await words.textContent()).toMatch(
      /^Width 16, depth 64: of a signal's squared norm one part in [\d,]+ is left/,
    );
    expect(requests.some((address) => address.includes("data/play/"))).toBe(false);
    expect(await page.locator("#signal .chart").textContent()).not.toMatch(/1e/);
    const first = await page.locator("#signal .chart g.mark-signals path").first().getAttribute("d");
    await page.locator("#signal-form input[name=width]").fill("128");
    await page.locator("#signal-shown", { hasText: "Width 128, depth 64: " }).waitFor();
    await page.locator("#signal-form select[name=normalisation]").selectOption("layer");
    await page.locator("#signal-shown", { hasText: "layer normalisation" }).waitFor();
    expect(await page.locator("#signal .chart g.mark-signals path").first().getAttribute("d")).not.toBe(first);
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
