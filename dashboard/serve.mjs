// Serves a built dashboard on loopback, as GitHub Pages does: /claims/x from claims/x.html, text compressed, in a subfolder.
// usage: node dashboard/serve.mjs [port] [folder] [subfolder]
import { createReadStream, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createGzip } from "node:zlib";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".csv": "text/csv; charset=utf-8",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};
const COMPRESSED = new Set([".html", ".js", ".css", ".json", ".csv", ".svg"]);
/** Nothing from another host, whatever a result file says. */
const POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'";

/** Starts a server; the port 0 takes a free one. Resolves with its address. */
export function serve(folder, { port = 0, base = "/" } = {}) {
  const root = resolve(folder);
  const server = createServer((request, response) => {
    const pathname = normalize(decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname));
    const path = pathname.startsWith(base) ? fileAt(root, pathname.slice(base.length)) : undefined;
    if (path === undefined) return response.writeHead(404, { "content-type": "text/plain" }).end("not found");
    const type = extname(path);
    const compress = COMPRESSED.has(type) && /\bgzip\b/.test(String(request.headers["accept-encoding"]));
    response.writeHead(200, {
      "content-type": TYPES[type] ?? "application/octet-stream",
      "content-security-policy": POLICY,
      ...(compress ? { "content-encoding": "gzip" } : {}),
    });
    const file = createReadStream(path);
    if (compress) file.pipe(createGzip()).pipe(response);
    else file.pipe(response);
  });
  return new Promise((done) => {
    server.listen(port, "127.0.0.1", () => {
      done({ address: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() });
    });
  });
}

function fileAt(root, path) {
  const asked = join(root, path);
  if (!asked.startsWith(root)) return undefined;
  return [asked, `${asked}.html`, join(asked, "index.html")].find((one) =>
    statSync(one, { throwIfNoEntry: false })?.isFile(),
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [port = "4173", folder = "dashboard/dist", base = "/"] = process.argv.slice(2);
  const { address } = await serve(folder, { port: Number(port), base });
  console.log(address);
}
