import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "../../dashboard/serve.mjs";
import { installBrowser } from "../../scripts/install-browser.mjs";
import { acceptResults } from "../../src/baseline/accept.ts";
import { writeBaselines } from "../../src/baseline/files/write.ts";
import { sealed, sealedLine } from "../../src/claim/evidence/digests.ts";
import { type Result, result as resultSchema } from "../../src/claim/result.ts";
import { historyEntry, historyLine } from "../../src/report/history.ts";
import { type Fixture, runClaims, writeSpeed } from "./fixture.ts";
import { POISON, poisoned } from "./poison.ts";
import { buildSite } from "./site.ts";
import { visit } from "./visit.ts";

const CLAIMS = ["orvieto2021/chains/median-square-vanishes", "orvieto2021/escape/finite-noise-slope"];

let folder: string;
let server: Awaited<ReturnType<typeof serve>>;
let browser: Browser;

beforeAll(async () => {
  folder = (await buildSite(await makePoisonedFixture(), "poisoned")).folder;
  server = await serve(folder);
  browser = await chromium.launch({ executablePath: installBrowser(), args: ["--no-sandbox", "--disable-gpu"] });
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.close();
});

/** Every string of a result and of its history that the schemas leave free; a real claim beside each poisoned one. */
async function makePoisonedFixture(): Promise<Fixture> {
  const place = mkdtempSync(join(tmpdir(), "plateau-poisoned-"));
  const original = await runClaims(CLAIMS, join(place, "run"));
  const bad = poisoned(resultSchema, original);
  const poisonous = bad.evidence.claims.map((claim, at) => ({ ...claim, id: `evil/constructor/x..${at}` }));
  const claims = [...original.evidence.claims, ...poisonous];
  const both: Result = { ...bad, evidence: { ...bad.evidence, claims } };
  const result = join(place, "result");
  mkdirSync(result);
  cpSync(join(place, "run/samples"), join(result, "samples"), { recursive: true });
  writeFileSync(join(result, "result.json"), JSON.stringify(sealed(resultSchema.parse(both))));
  const baselines = join(place, "baselines");
  const accepted = acceptResults([original], new Map(), { at: "2026-01-02T03:04:05.000Z", reason: POISON });
  await writeBaselines(baselines, accepted);
  const history = join(place, "history");
  mkdirSync(history);
  const lines = [historyEntry(original), poisoned(historyLine, historyEntry(original))];
  writeFileSync(join(history, "nightly.jsonl"), lines.map((line) => `${JSON.stringify(sealedLine(line))}\n`).join(""));
  const speed = join(place, "speed");
  writeSpeed(speed);
  return { result, baselines, history, speed };
}

test("every page of a result that is hostile in every string shows it as text and runs none of it", async () => {
  const pages = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
  expect(pages.length).toBeGreaterThan(10);
  let shown = 0;
  for (const page of pages.map((name) => name.replace(/\.html$/, ""))) {
    const { page: opened, problems } = await visit(browser, server.address + page);
    expect({ page, problems }).toEqual({ page, problems: [] });
    expect(await opened.evaluate("globalThis.hacked")).toBeUndefined();
    const marks = "main img, main [onerror], main [onload], main a[href^='javascript:'], main svg svg, main script";
    expect(await opened.locator(marks).count()).toBe(0);
    if ((await opened.locator("main").textContent())?.includes('onerror="globalThis.hacked=1"')) shown += 1;
    await opened.context().close();
  }
  // Overview, run, compare, history, engines and the claim's own page: the poison did reach what is shown.
  expect(shown).toBeGreaterThanOrEqual(6);
}, 300_000);

test("no file of the site holds an escape sequence, a mark that reorders text, or a way out of its folder", () => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const { parentPath, name } of files) {
    expect(join(parentPath, name).startsWith(folder)).toBe(true);
    if (!/\.(html|css)$/.test(name)) continue;
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    expect(readFileSync(join(parentPath, name), "utf8")).not.toMatch(/[\u001b\u202a-\u202e\u2066-\u2069]/);
  }
});
