import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { CLAIMS } from "./fixture.ts";
import { EVIL, MEDIAN, PAGES, sharedSite } from "./shared-site.ts";
import { startPreview } from "./site.ts";
import { visit } from "./visit.ts";

const shared = sharedSite();
const { open } = shared;

describe("the build", () => {
  test("ends with every page, and says that nothing points outside", () => {
    expect(shared.site.built.output).toContain("no other host, no unresolved import, no broken link");
    const claims = CLAIMS.map((id) => `claims/${id}.html`);
    const pages = [...claims, `${EVIL}.html`, ...PAGES.map((page) => `${page || "index"}.html`)];
    expect(pages.filter((page) => !existsSync(join(shared.site.built.folder, page)))).toEqual([]);
  });
});

/** What a reader sees or hears of a page, without commands, which have the keys of the code. */
function wordsOf(markup: string): string {
  const bare = markup.replace(/<(script|style|code|annotation)\b[\s\S]*?<\/\1>/g, " ").replace(/<option[^>]*>/g, " ");
  const labels = [...bare.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
  return [bare.replace(/<[^>]+>/g, " "), ...labels].join(" ");
}

test.each([...CLAIMS.map((id) => `claims/${id}`), "run", "engines", "index"])(
  "%s has words and rounded numbers for readers, and none of the keys that controls have in the code",
  (path) => {
    const { fixture, built } = shared.site;
    const words = wordsOf(readFileSync(join(built.folder, `${path}.html`), "utf8"));
    const { evidence } = JSON.parse(readFileSync(join(fixture.result, "result.json"), "utf8")) as Result;
    const keys = evidence.claims
      .filter(({ id }) => CLAIMS.some((one) => one === id))
      .flatMap(({ arms }) => arms.flatMap(({ kind, name }) => (kind === "control" ? [name] : [])));
    expect(keys.filter((key) => /[A-Z]| \d/.test(key)).length).toBeGreaterThan(3);
    expect(keys.filter((key) => /[A-Z]| \d/.test(key) && words.includes(key))).toEqual([]);
    expect(words.match(/\bInfinity\b|\d\.\d{8,}|\d\.?\d*e[+-]?\d+\b/g) ?? []).toEqual([]);
  },
);

test("the preview shows a claim's page with its charts", async () => {
  const preview = await startPreview(shared.site.fixture, await freePort());
  const { page, problems } = await visit(shared.site.browser, `${preview.address}${MEDIAN}`);
  expect(await page.locator("figure .chart svg").count()).toBe(7);
  expect(problems).toEqual([]);
  await page.context().close();
  await preview.stop();
});

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
  await page.goto(shared.site.address + MEDIAN);
  expect(await background()).toBe(dark);
  await page.context().close();
});

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}
