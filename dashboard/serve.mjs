// Serves a built dashboard on loopback, as GitHub Pages does: /claims/x from claims/x.html, text compressed, in a subfolder.
// usage: node dashboard/serve.mjs [port] [folder] [subfolder]
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve, sep } from "node:path";
import { pipeline } from "node:stream";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";
import { misuse, scriptWords } from "../scripts/script-words.mjs";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
};
const COMPRESSED = new Set([".html", ".js", ".css", ".json", ".csv", ".svg", ".wasm"]);
/** Nothing from another host, whatever a result file says; WebAssembly is what a reader plays with. */
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";

/** Starts a server; the port 0 takes a free one. Resolves with its address. */
export function serve(folder, { port = 0, base = "/" } = {}) {
  const root = resolve(folder);
  const refuse = (response, status, words) => response.writeHead(status, { "content-type": "text/plain" }).end(words);
  const server = createServer((request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "only GET and HEAD");
    const pathname = pathOf(request.url ?? "");
    if (pathname === undefined) return refuse(response, 400, "malformed address");
    const path = pathname.startsWith(base) ? fileAt(root, pathname.slice(base.length)) : undefined;
    if (path === undefined) return refuse(response, 404, "not found");
    const type = extname(path);
    const compress = COMPRESSED.has(type) && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
    response.writeHead(200, {
      "content-type": TYPES[type] ?? "application/octet-stream",
      "content-security-policy": POLICY,
      ...(compress ? { "content-encoding": "gzip" } : {}),
    });
    const file = createReadStream(path);
    // A file that goes away while it is sent ends its own answer, and nothing else.
    const ended = (error) => error && response.destroy();
    if (request.method === "HEAD") response.end();
    else if (compress) pipeline(file, createGzip(), response, ended);
    else pipeline(file, response, ended);
  });
  return new Promise((done) => {
    server.listen(port, "127.0.0.1", () => {
      done({ address: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() });
    });
  });
}

/** The path of a request, decoded; undefined where it is none: no leading slash, an escape that ends early, a NUL. */
function pathOf(url) {
  if (!/^\/(?!\/)/.test(url)) return undefined;
  try {
    const path = decodeURIComponent(url.replace(/[?#].*$/s, ""));
    return path.includes("\0") ? undefined : normalize(path);
  } catch {
    return undefined;
  }
}

/** A file of the folder; a page also without its ending, a folder by its index. */
function fileAt(root, path) {
  const asked = join(root, path);
  if (asked !== root && !asked.startsWith(root + sep)) return undefined;
  // A file with a slash behind its name is none.
  if (asked.endsWith(sep)) return [join(asked, "index.html")].find(isFile);
  return [asked, `${asked}.html`, join(asked, "index.html")].find(isFile);
}

function isFile(path) {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    // A part of the path is a file, or its name is too long.
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const usage = "serve.mjs [PORT [FOLDER [SUBFOLDER]]] (default: 4173 dashboard/dist /)";
  const { words } = scriptWords(usage, { most: 3 });
  const [port = "4173", folder = "dashboard/dist", base = "/"] = words;
  if (!/^\d+$/.test(port) || Number(port) > 65_535) misuse(`${port}, which is no port from 0 to 65535`, usage);
  if (!existsSync(join(folder, "index.html"))) misuse(`${folder}, which holds no built site`, usage);
  if (!/^\/(?:.*\/)?$/.test(base)) misuse(`${base}, which neither is / nor begins and ends with it`, usage);
  const { address } = await serve(folder, { port: Number(port), base });
  console.log(address);
}
