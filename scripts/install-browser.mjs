// Finds a Chromium for the browser tests, or installs one: by Playwright, else by the system's packages.
// Prints its path. PLATEAU_CHROMIUM names one to use.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright";
import { scriptWords } from "./script-words.mjs";

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Path of a Chromium that is there, or undefined. */
export function findBrowser() {
  return [process.env.PLATEAU_CHROMIUM, chromium.executablePath(), ...INSTALLED].find(
    (path) => path && existsSync(path),
  );
}

/** The same; installs one where there is none. Throws where that fails, saying what was tried. */
export function installBrowser() {
  const attempts = [
    ["npx", ["--no", "playwright", "install", "chromium-headless-shell", "chromium"]],
    [
      "sh",
      [
        "-c",
        "apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-liberation",
      ],
    ],
  ];
  for (const [program, words] of attempts) {
    const found = findBrowser();
    if (found) return found;
    spawnSync(program, words, { stdio: ["ignore", "ignore", "inherit"] });
  }
  const found = findBrowser();
  if (found) return found;
  throw new Error(
    "the browser tests require a Chromium: neither playwright install nor apt-get brought one; set PLATEAU_CHROMIUM to one",
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  scriptWords("install-browser.mjs finds or installs a Chromium and prints its path; it takes nothing");
  console.log(installBrowser());
}
