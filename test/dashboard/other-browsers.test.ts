import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { sharedSite } from "./shared-site.ts";

/** A browser of the system's, told what to open and asked what became of it: Playwright drives builds of its own only. */
interface Other {
  readonly name: string;
  readonly program: string | undefined;
  readonly cure: string;
  readonly words: (page: string, profile: string) => readonly string[];
  /** Whether it draws nothing without a display. */
  readonly needsDisplay: boolean;
}

const found = (...paths: readonly (string | undefined)[]) =>
  paths.find((path) => path !== undefined && existsSync(path));
const DEBIAN = process.arch === "arm64" ? "aarch64-linux-gnu" : "x86_64-linux-gnu";

const OTHERS: readonly Other[] = [
  {
    name: "Firefox",
    program: found(process.env["PLATEAU_FIREFOX"], "/usr/bin/firefox-esr"),
    cure: "install firefox-esr, or name one by PLATEAU_FIREFOX",
    words: (page, profile) => ["--headless", "--no-remote", "--profile", profile, page],
    needsDisplay: false,
  },
  {
    name: "WebKit",
    program:
      found("/usr/bin/Xvfb") && found(process.env["PLATEAU_WEBKIT"], `/usr/lib/${DEBIAN}/webkit2gtk-4.1/MiniBrowser`),
    cure: "install webkit2gtk-driver and xvfb, or name a MiniBrowser by PLATEAU_WEBKIT",
    words: (page) => ["--private", page],
    needsDisplay: true,
  },
];
/** A browser starts and draws in a few seconds; the machine may have more to do. */
const LIMIT_MILLISECONDS = 60_000;
const PAGES = ["", "claims/orvieto2021/escape/finite-noise-slope", "speed", "pictures/orvieto2021"];

/** What a page says of itself once its charts are drawn. */
interface Told {
  readonly charts: number;
  readonly empty: number;
  readonly problems: readonly string[];
}

const shared = sharedSite();

describe.each(OTHERS)("in $name", (other) => {
  const absent = `no ${other.name} is here: ${other.cure}`;
  test.for(PAGES)(
    "/%s draws every chart, with no error",
    { timeout: 2 * LIMIT_MILLISECONDS },
    async (path, { skip }) => {
      if (other.program === undefined) skip(absent);
      const { charts, empty, problems } = await told(shared.site.address, path, other);
      expect(problems).toEqual([]);
      expect(charts).toBeGreaterThan(0);
      expect(empty).toBe(0);
    },
  );

  test("an error of a page is told", { timeout: 2 * LIMIT_MILLISECONDS }, async ({ skip }) => {
    if (other.program === undefined) skip(absent);
    const { problems } = await told(
      shared.site.address,
      "",
      other,
      "queueMicrotask(() => { throw new Error('planted') });",
    );
    expect(problems.join()).toContain("planted");
  });
});

/** Opens a page by way of a server between, which puts a script into it that tells what happened. */
async function told(site: string, path: string, other: Other, fault = ""): Promise<Told> {
  let answer: (told: Told) => void = () => undefined;
  const asked = new Promise<Told>((done) => {
    answer = done;
  });
  const between = createServer(async (request, response) => {
    if (request.method === "POST") {
      response.end();
      return answer(JSON.parse(await bodyOf(request)) as Told);
    }
    const base = new URL(site);
    const found = await fetch(new URL(request.url ?? "/", base.origin));
    const type = found.headers.get("content-type") ?? "";
    const body = Buffer.from(await found.arrayBuffer());
    response.writeHead(found.status, { "content-type": type });
    response.end(
      type.startsWith("text/html") ? body.toString().replace("<head>", `<head><script>${TELL}${fault}</script>`) : body,
    );
  }).listen(0, "127.0.0.1");
  await new Promise((done) => between.once("listening", done));
  const { port } = between.address() as AddressInfo;
  const profile = mkdtempSync(join(tmpdir(), "plateau-browser-"));
  const page = `http://127.0.0.1:${port}${new URL(path, site).pathname}`;
  const ending = new AbortController();
  const DISPLAY = other.needsDisplay ? await openDisplay(ending.signal) : process.env["DISPLAY"];
  const browser = execa(other.program!, other.words(page, profile), {
    ...{ reject: false, cancelSignal: ending.signal, env: { HOME: profile, DISPLAY } },
  });
  try {
    return await Promise.race([
      asked,
      browser.then(({ stderr }) => {
        throw new Error(`${other.name} ended: ${stderr}`);
      }),
      new Promise<never>((_, fail) =>
        setTimeout(() => fail(new Error(`${other.name} told nothing in time`)), LIMIT_MILLISECONDS),
      ),
    ]);
  } finally {
    ending.abort();
    await browser.catch(() => undefined);
    between.close();
    between.closeAllConnections();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A display in memory until the signal ends it; it chooses a number that is free, and says it. */
async function openDisplay(cancelSignal: AbortSignal): Promise<string> {
  const words = ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"];
  const server = execa("/usr/bin/Xvfb", words, { reject: false, cancelSignal });
  const number = new Promise<string>((done) => server.stdout.once("data", (text) => done(String(text).trim())));
  const ended = server.then(({ stderr }) => {
    throw new Error(`Xvfb ended: ${stderr}`);
  });
  // it ends with every visit, which is no failure once its number is known
  ended.catch(() => undefined);
  return `:${await Promise.race([number, ended])}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

/** Waits until every place of a chart that is shown has one, or for ten seconds. */
const TELL = `
const problems = [];
addEventListener("error", ({ message, target }) => {
  // A notice that the next frame has the rest, which Chromium keeps to itself.
  if (message?.startsWith("ResizeObserver loop")) return;
  problems.push(message ?? "not loaded: " + (target.src ?? target.href));
}, true);
addEventListener("unhandledrejection", ({ reason }) => problems.push(String(reason)));
const log = console.error;
console.error = (...words) => { problems.push(words.join(" ")); log(...words); };
const began = Date.now();
const look = setInterval(() => {
  const places = [...document.querySelectorAll("figure .chart")].filter((chart) => chart.closest("[hidden]") === null);
  const empty = places.filter((chart) => chart.childElementCount === 0 && chart.textContent === "").length;
  const loading = document.querySelectorAll("observablehq-loading").length + document.querySelectorAll(".observablehq--error").length;
  const done = document.readyState === "complete" && empty + loading === 0;
  if (!done && Date.now() - began < 10000) return;
  clearInterval(look);
  const charts = document.querySelectorAll("figure .chart svg").length;
  fetch("/told", { method: "POST", body: JSON.stringify({ charts, empty: empty + loading, problems }) });
}, 100);
`;
