import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright";
import { describe, expect, test } from "vitest";
import { MEDIAN, type SharedSite, sharedSite } from "../shared-site.ts";
import { BLOCK, type Blocks, blocksOf, worstTile } from "./blocks.ts";

const EXPECTED = join(import.meta.dirname, "expected");
const MAKER = join(EXPECTED, "chromium.json");
/** What differed is left here, to be looked at. */
const CHANGED = join(import.meta.dirname, "../../../results/screenshots");
/** How much of a page is compared: the first screens; what is below repeats their forms. */
const HEIGHT = 1800;
/**
 * Part of a tile of 64 pixels that may be off: 31 blocks, twice what one sign takes that the font below has not (✓, ○, →) and
 * each machine draws in its own.
 */
const MOST = 0.12;
/** Letters of one font, which the site brings along, and without hinting: each machine's own would break lines elsewhere. */
const ONE_FONT = `@font-face { font-family: Only; src: url(/some/plateau/_file/katex/fonts/KaTeX_SansSerif-Regular.woff2); }
* { font-family: Only !important; font-weight: 400 !important; font-style: normal !important; }`;
/** Sentences and names of the papers' folders and the age of a run: they may change without a fault of the page. */
const NOT_OURS = `.lead, section:has(> .sentences), .statement-block, #observablehq-footer { display: none !important; }
#observablehq-sidebar ol { visibility: hidden; }`;

interface Shot {
  readonly name: string;
  readonly path: string;
  readonly options: BrowserContextOptions;
  readonly print?: true;
}

const wide = { viewport: { width: 1280, height: HEIGHT } } as const;
const phone = { viewport: { width: 390, height: HEIGHT } } as const;
const light = { colorScheme: "light" } as const;
const dark = { colorScheme: "dark" } as const;

const SHOTS: readonly Shot[] = [
  { name: "overview-light-1280", path: "", options: { ...wide, ...light } },
  { name: "overview-dark-390", path: "", options: { ...phone, ...dark } },
  { name: "claim-light-1280", path: MEDIAN, options: { ...wide, ...light } },
  { name: "claim-dark-390", path: MEDIAN, options: { ...phone, ...dark } },
  { name: "claim-print", path: MEDIAN, options: { viewport: { width: 800, height: HEIGHT }, ...light }, print: true },
  { name: "history-light-1280", path: "history", options: { ...wide, ...light } },
  { name: "pictures-light-1280", path: "pictures/orvieto2021", options: { ...wide, ...light } },
  { name: "speed-dark-1280", path: "speed", options: { ...wide, ...dark } },
];

const shared = sharedSite();
const { open } = shared;

/** Pages as they were when somebody looked at them. UPDATE_GOLDEN=1 makes what they are now the expected ones, never in CI. */
describe("what pages look like", () => {
  test.for(SHOTS)("$name", async (shot, { skip }) => {
    const now = major(shared.site.browser.version());
    if (isUpdate()) record(now);
    const then = (JSON.parse(readFileSync(MAKER, "utf8")) as { readonly major: string }).major;
    // Chromium's own layout and smoothing change from version to version, and no page with them.
    if (now !== then) skip(`the expected pictures are Chromium ${then}'s, this one is ${now}`);
    const { page, taken } = await take(open, shot);
    if (isUpdate()) writeFileSync(fileOf(shot), taken.png);
    const { part, at } = worstTile(taken, await expected(page, shot));
    if (part > MOST) leave(shot, taken.png);
    await page.context().close();
    expect(part, `${shot.name} is another at ${at.join(", ")}; see ${CHANGED}`).toBeLessThanOrEqual(MOST);
  });

  test.each([
    ["the margin and the spread of a picture", ".mark-ribbon, .mark-band { display: none }"],
    ["a verdict's badge", "h1 + .badges .badge { display: none }"],
    ["the colour of an arm", ":root { --claimed: #c00 !important }"],
  ])("are told apart without %s", async (_, fault) => {
    const shot = SHOTS.find(({ name }) => name === "claim-light-1280")!;
    const { page, taken } = await take(open, shot);
    const whole = await reduced(page);
    expect(worstTile(taken, whole).part).toBe(0);
    await page.addStyleTag({ content: fault });
    expect(worstTile(taken, await reduced(page)).part).toBeGreaterThan(MOST);
    await page.context().close();
  });

  test("are not told apart a third of a pixel beside their place", async () => {
    const shot = SHOTS.find(({ name }) => name === "claim-light-1280")!;
    const { page, taken } = await take(open, shot);
    await page.addStyleTag({ content: "#observablehq-main { transform: translate(0.33px, 0.33px) }" });
    const moved = await reduced(page);
    expect(moved.colours).not.toEqual(taken.colours);
    expect(worstTile(taken, moved).part).toBeLessThanOrEqual(MOST);
    await page.context().close();
  });
});

type Taken = Blocks & { readonly png: Buffer };

async function take(open: SharedSite["open"], shot: Shot): Promise<{ readonly page: Page; readonly taken: Taken }> {
  const { page } = await open(shot.path, { ...shot.options, reducedMotion: "reduce" });
  if (shot.print) await page.emulateMedia({ media: "print" });
  await page.addStyleTag({ content: ONE_FONT + NOT_OURS });
  await page.evaluate("document.fonts.ready.then(() => true)");
  // Charts follow the width of their places, which a scrollbar or another font may have changed.
  await page.waitForTimeout(300);
  return { page, taken: await reduced(page) };
}

async function reduced(page: Page): Promise<Taken> {
  return blocksOf(page, await page.screenshot(), BLOCK);
}

async function expected(page: Page, shot: Shot): Promise<Blocks> {
  const path = fileOf(shot);
  if (!existsSync(path)) throw new Error(`${path} requires the expected picture: set UPDATE_GOLDEN=1 and look at it`);
  return blocksOf(page, readFileSync(path), 1);
}

function fileOf({ name }: Shot): string {
  return join(EXPECTED, `${name}.png`);
}

function isUpdate(): boolean {
  if (process.env["UPDATE_GOLDEN"] !== "1") return false;
  if (process.env["CI"]) throw new Error("golden files are not updated in CI");
  return true;
}

function record(version: string): void {
  mkdirSync(EXPECTED, { recursive: true });
  writeFileSync(MAKER, `{ "major": ${JSON.stringify(version)} }\n`);
}

function leave({ name }: Shot, png: Buffer): void {
  mkdirSync(CHANGED, { recursive: true });
  writeFileSync(join(CHANGED, `${name}.png`), png);
}

function major(version: string): string {
  return version.split(".")[0]!;
}
