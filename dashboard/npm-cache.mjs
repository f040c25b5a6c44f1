// Fills Framework's own download cache, `.observablehq/cache/_npm`, so that it asks no registry and no CDN for anything.
//
// Even a page without code makes Framework bundle its browser client, which lazily imports some twenty libraries through
// `npm:` specifiers. For each of them Framework wants a version: it looks at the folders `NAME@VERSION` in that cache, and goes
// to the network only for a name it does not find there. An empty folder names a lazy import that nobody runs; a page that
// does use one fails the build, since that version exists nowhere. Pages import from node_modules by bare names instead.
import { cp, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const NOWHERE = "0.0.0-not-vendored";

/**
 * Empties and fills the cache below Framework's source folder: versions in it win over everything else, so none is kept.
 * `vendored` holds folders NAME@VERSION of the packages that a page does run.
 */
export async function fillNpmCache(source, vendored) {
  const cache = join(source, ".observablehq/cache");
  await rm(cache, { recursive: true, force: true });
  await cp(vendored, join(cache, "_npm"), { recursive: true });
  const there = (await readdir(vendored)).map((name) => name.slice(0, name.lastIndexOf("@")));
  for (const name of await frameworkPackages()) {
    if (!there.includes(name)) await mkdir(join(cache, "_npm", `${name}@${NOWHERE}`), { recursive: true });
  }
}

/** Every package that Framework itself knows as `npm:NAME`. */
async function frameworkPackages() {
  const framework = join(
    dirname(createRequire(import.meta.url).resolve("@observablehq/framework/package.json")),
    "dist",
  );
  const client = await readdir(join(framework, "client"), { recursive: true });
  const files = [
    "libraries.js",
    "resolvers.js",
    ...client.filter((name) => name.endsWith(".js")).map((name) => join("client", name)),
  ];
  const names = new Set();
  for (const file of files) {
    const text = await readFile(join(framework, file), "utf8");
    for (const [, name] of text.matchAll(/["'`]npm:((?:@[\w.-]+\/)?[\w.-]+)/g)) names.add(name);
  }
  return names;
}
