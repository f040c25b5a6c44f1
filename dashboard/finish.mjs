// Finishes what Framework built: mends what its page template has no option for, and fails on what it lets pass
// (addresses of other hosts that are loaded, imports it could not resolve, syntax errors in a cell, links to no page).
import { cpSync, existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, extname, join, relative } from "node:path";

const FONTS = join(dirname(createRequire(import.meta.url).resolve("katex")), "fonts");
/** Names of XML vocabularies, and links that a person may follow: neither is a request. */
const NAMESPACE = /^https?:\/\/www\.w3\.org\//;

export async function finish(folder) {
  const problems = [];
  copyFonts(folder);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const type = extname(path);
    if (!entry.isFile() || ![".html", ".js", ".css"].includes(type)) continue;
    const name = relative(folder, path);
    const text = await readFile(path, "utf8");
    if (type === ".html") {
      const mended = mend(text, name, problems);
      await writeFile(path, mended);
      problems.push(...problemsOfPage(mended, { folder, path, name }));
    }
    problems.push(...problemsOfCode(text, { name, type }));
  }
  if (problems.length === 0) return;
  console.error(`${problems.length} problems in ${folder}:\n${problems.join("\n")}`);
  process.exit(1);
}

/** katex.css names its fonts beside itself; Framework copies the style under a hashed name and leaves the fonts. */
function copyFonts(folder) {
  const styles = join(folder, "_file/katex");
  if (!existsSync(styles)) return;
  cpSync(FONTS, join(styles, "fonts"), { recursive: true, filter: (path) => !/\.(ttf|woff)$/.test(path) });
}

function mend(html, name, problems) {
  let text = html;
  const fix = (from, to) => {
    if (!text.includes(from))
      problems.push(`${name}: no ${from}: Framework's template changed, see dashboard/finish.mjs`);
    text = text.replace(from, to);
  };
  fix("<html>", '<html lang="en">');
  fix("<body>", '<body>\n<a class="skip-link" href="#observablehq-main">Skip to the content</a>');
  fix('<main id="observablehq-main"', '<main id="observablehq-main" tabindex="-1"');
  fix(', maximum-scale=1">', '">');
  fix('type="checkbox" title="Toggle sidebar">', 'type="checkbox" title="Toggle sidebar" aria-label="Toggle sidebar">');
  fix('<nav id="observablehq-sidebar">', '<nav id="observablehq-sidebar" aria-label="Site">');
  text = text.replace("<nav>", '<nav aria-label="Contents">');
  const close = '<label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>';
  fix(close, `<li style="display: contents">${close}</li>`);
  const search = '<input type="search" placeholder="Search">';
  if (text.includes(search)) {
    fix(search, '<input type="search" placeholder="Search" aria-label="Search this site">');
    // the field says Alt-K where there is no command key, which its script then does not hear
    const [onlyCommand, event] = /(\w+)\.code==="KeyK"&&\1\.metaKey&&!\1\.altKey/.exec(text) ?? ["the search's key K"];
    fix(onlyCommand, `${event}.code==="KeyK"&&${event}.metaKey!==${event}.altKey`);
  }
  // When a file was made is the only thing in which two builds differ.
  return text.replace(/"lastModified":\d+/g, '"lastModified":0');
}

function problemsOfPage(text, { folder, path, name }) {
  const problems = [...text.matchAll(/observablehq--error">([^<]+)/g)].map(([, message]) => `${name}: ${message}`);
  const body = text.replace(/<script\b[\s\S]*?<\/script>/g, "");
  for (const [, href] of body.matchAll(/<a\b[^>]*? href="([^"#?]+)/g)) {
    if (/^\w+:/.test(href)) continue;
    const target = href.startsWith("/") ? join(folder, href) : join(dirname(path), href);
    if (![target, `${target}.html`, join(target, "index.html")].some((one) => existsSync(one) && extname(one))) {
      problems.push(`${name}: no page at ${href}`);
    }
  }
  for (const [, url] of body.matchAll(
    /<(?:link|img|script|iframe|source|video|audio)\b[^>]*?(?:href|src)="((?:https?:)?\/\/[^"]+)/g,
  )) {
    problems.push(`${name}: loads ${url}`);
  }
  return problems;
}

function problemsOfCode(text, { name, type }) {
  const problems = [];
  if (type === ".html" || name.startsWith("_import")) {
    // an axis named from, in an attribute of a form, imports nothing
    const code = type === ".html" ? scriptsOf(text) : text;
    for (const [, specifier] of code.matchAll(/(?:\bimport\(|\bfrom ?|\bimport ?)["']([^"'./][^"']*)["']/g)) {
      if (!specifier.includes("://")) problems.push(`${name}: cannot resolve import of ${specifier}`);
    }
  }
  if (type === ".html") return problems;
  for (const [url] of text.matchAll(/(?:https?|wss?):\/\/[^\s"'`)<>\\]+/g)) {
    if (!NAMESPACE.test(url)) problems.push(`${name}: another host: ${url}`);
  }
  return problems;
}

/** What is between the script tags of a page. */
function scriptsOf(html) {
  return Array.from(html.matchAll(/<script\b[^>]*>([\s\S]*?)<\/script>/g), ([, code]) => code).join("\n");
}
