import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// Written by site/generate.ts; build.mjs says where.
const root = process.env["PLATEAU_DASHBOARD_SOURCE"] ?? "dashboard/.work/site";
const output = process.env["PLATEAU_DASHBOARD_OUTPUT"] ?? "dashboard/dist";

const listing = join(root, "site.json");
if (!existsSync(listing)) throw new Error(`${listing} is missing: run build.mjs`);
const contents = JSON.parse(readFileSync(listing, "utf8"));

// Before the first paint: a choice made with the toggle wins over the system's.
const themeScript = `<script>{const theme = localStorage.getItem("theme"); if (theme) document.documentElement.dataset.theme = theme;}</script>`;
const toggleScript = `<script>
document.querySelector("#theme-toggle").addEventListener("click", () => {
  const root = document.documentElement;
  const scheme = getComputedStyle(root).colorScheme;
  const dark = scheme === "dark" || (scheme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  localStorage.setItem("theme", root.dataset.theme = dark ? "light" : "dark");
});
</script>`;
// How old what is shown is at the moment of reading; the build does not know.
const ageScript = `<script>
for (const time of document.querySelectorAll("#shows time")) {
  const days = Math.floor((Date.now() - Date.parse(time.dateTime)) / 86400000);
  if (days >= 0) time.nextElementSibling.textContent = days === 0 ? ", of today" : days === 1 ? ", a day old" : ", " + days + " days old";
}
</script>`;
const icon = `<link rel="icon" type="image/svg+xml" href="/favicon.svg">`;

const texStyle = `<link rel="stylesheet" href="/katex/katex.css">`;

export default {
  root,
  output,
  title: contents.title,
  style: "style.css",
  globalStylesheets: [],
  search: true,
  pager: false,
  toc: true,
  sidebar: true,
  footer: `<p id="shows">${contents.shows}</p>${ageScript}
<p>Made from result files by Plateau, with Observable Framework and Plot. Nothing on this page comes from another host.</p>`,
  head: ({ path }) => icon + themeScript + (path.startsWith("/claims/") ? texStyle : ""),
  header: `<button id="theme-toggle" type="button">Light / dark</button>${toggleScript}`,
  pages: contents.pages,
};
