import type { Browser, BrowserContextOptions, Page, Request } from "playwright";
import { expect } from "vitest";

/** A page that was opened, and everything about it that must not be. */
export interface Visit {
  readonly page: Page;
  readonly problems: readonly string[];
  readonly requests: readonly string[];
  /** What was transferred so far, compressed as it was, with its headers. */
  readonly bytes: () => Promise<number>;
}

/** Opens a page in a context of its own; gathers console errors, uncaught errors, failed requests and requests elsewhere. */
export async function visit(browser: Browser, address: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  const requests: string[] = [];
  const finished: Request[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => problems.push(`uncaught: ${error}`));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on(
    "response",
    (response) => response.status() >= 400 && problems.push(`${response.status()}: ${response.url()}`),
  );
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    requests.push(request.url());
    if (/^(https?|wss?):$/.test(protocol) && origin !== new URL(address).origin)
      problems.push(`outside: ${request.url()}`);
  });
  page.on("requestfinished", (request) => finished.push(request));
  const bytes = async () => {
    const sizes = await Promise.all(finished.map((request) => request.sizes()));
    return sizes.reduce(
      (sum, { responseBodySize, responseHeadersSize }) => sum + responseBodySize + responseHeadersSize,
      0,
    );
  };
  await page.goto(address);
  if (options.javaScriptEnabled !== false) await settled(page);
  return { page, problems, requests, bytes };
}

/** Evaluated by the debugger's protocol: the policy of the pages forbids what a page would evaluate itself. */
const DRAWN = `document.readyState === "complete"
  && document.querySelectorAll("observablehq-loading").length === 0
  && [...document.querySelectorAll("figure .chart")].every((chart) => chart.closest("[hidden]") !== null || chart.childElementCount > 0 || chart.textContent !== "")`;

/** Framework draws after the load event: waits until no cell loads and every figure has its chart, and no cell failed. */
export async function settled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(DRAWN), { timeout: 20_000, interval: 50 }).toBe(true);
  expect(await page.locator(".observablehq--error").allTextContents()).toEqual([]);
}
