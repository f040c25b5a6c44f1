// Measures what a page weighs and how soon its first chart is there, in a real browser on the local server.
// usage: node dashboard/measure.mjs [folder of the built site] [page…]
// Prints one line a page: bytes transferred (compressed, as a web server sends them), requests, milliseconds from navigation
// to the first chart (median and slowest of three cold visits). Fails beyond 250 kB or one second.
import { existsSync, readdirSync } from "node:fs";
import { chromium } from "playwright";
import { installBrowser } from "../scripts/install-browser.mjs";
import { misuse, oneOf, scriptWords } from "../scripts/script-words.mjs";
import { serve } from "./serve.mjs";

const MOST_BYTES = 250_000;
const MOST_MILLISECONDS = 1000;
const VISITS = 3;

const USAGE = "measure.mjs [FOLDER [PAGE…]] (default: dashboard/dist, every page)";
const {
  words: [folder = "dashboard/dist", ...asked],
} = scriptWords(USAGE, { most: Infinity });
const built = existsSync(folder) ? pagesOf(folder) : [];
if (built.length === 0) misuse(`${folder}, which holds no page`, USAGE);
for (const page of asked) oneOf(page, built, USAGE);
const server = await serve(folder);
const browser = await chromium.launch({ executablePath: installBrowser(), args: ["--no-sandbox", "--disable-gpu"] });
const pages = asked.length > 0 ? asked : built;

let failed = false;
console.log("page".padEnd(64), "kB".padStart(6), "requests".padStart(9), "first chart, ms (slowest)".padStart(27));
await visit(pages[0]);
for (const page of pages) {
  const visits = [];
  for (let at = 0; at < VISITS; at++) visits.push(await visit(page));
  const times = visits.flatMap(({ chart }) => (chart === undefined ? [] : [chart])).sort((a, b) => a - b);
  const [middle, slowest] = [times[Math.floor(times.length / 2)], times.at(-1)];
  const { bytes, requests } = visits[0];
  const missed = bytes > MOST_BYTES || middle > MOST_MILLISECONDS;
  failed ||= missed;
  const time = middle === undefined ? "no chart" : `${Math.round(middle)} (${Math.round(slowest)})`;
  console.log(
    `/${page}`.padEnd(64),
    (bytes / 1000).toFixed(0).padStart(6),
    String(requests).padStart(9),
    time.padStart(27),
    missed ? "  too much" : "",
  );
}
await browser.close();
server.close();
process.exitCode = failed ? 1 : 0;

/** One visit with an empty cache. */
async function visit(path) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  let requests = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => {
    bytes += encodedDataLength;
    requests += 1;
  });
  await page.addInitScript(() => {
    const look = () => {
      if (document.querySelector("figure .chart svg, .network svg")) globalThis.firstChart = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const response = await page.goto(server.address + path, { waitUntil: "networkidle" });
  if (!response?.ok())
    throw new Error(`${server.address}${path} answered ${response?.status()}: is ${folder} being built?`);
  const chart = await page.evaluate(() => globalThis.firstChart);
  await context.close();
  return { bytes, requests, chart };
}

/** Every page of the folder. */
function pagesOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".html") && name !== "404.html")
    .map((name) => name.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, ""))
    .sort();
}
