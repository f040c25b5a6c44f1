import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serve } from "../../dashboard/serve.mjs";

let server: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  const folder = join(mkdtempSync(join(tmpdir(), "plateau-serve-")), "site");
  mkdirSync(join(folder, "claims"), { recursive: true });
  writeFileSync(join(folder, "index.html"), "index");
  writeFileSync(join(folder, "claims/a.html"), "a");
  writeFileSync(join(`${folder}-secret.html`), "secret");
  server = await serve(folder);
});

afterAll(() => server.close());

/** The status line and body of a request whose address is sent as it is: `fetch` would mend it. */
function ask(address: string, method = "GET"): Promise<string> {
  const port = Number(new URL(server.address).port);
  return new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(`${method} ${address} HTTP/1.0\r\n\r\n`));
    let text = "";
    socket.on("data", (chunk) => {
      text += chunk;
    });
    socket.on("error", fail);
    socket.on("close", () => done(text));
  });
}

test.each([
  ["/%", 400],
  ["/%ff", 400],
  ["//", 400],
  ["//claims/a", 400],
  ["/%00", 400],
  ["/claims/a%00.html", 400],
  ["*", 400],
  ["/claims/a.html/", 404],
  ["/claims/a.html/x", 404],
  ["/claims/a/", 404],
  ["/../site-secret.html", 404],
  ["/..%2fsite-secret.html", 404],
  [`/${"x".repeat(5000)}`, 404],
  ["/", 200],
  ["/?q=%", 200],
  ["/claims/a", 200],
  ["/claims/a.html", 200],
])("%s is answered with %i, and the server goes on", async (address, status) => {
  expect(await ask(address)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(await ask("/")).toMatch(/^HTTP\/1\.1 200 [\s\S]*index$/);
});

test("nothing but GET and HEAD is answered", async () => {
  expect(await ask("/", "POST")).toMatch(/^HTTP\/1\.1 405 /);
  expect(await ask("/", "HEAD")).toMatch(/^HTTP\/1\.1 200 (?![\s\S]*index$)/);
});
