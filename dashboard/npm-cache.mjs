// Fills Framework's own download cache, `.observablehq/cache/_npm`, so that it asks no registry and no CDN for anything.
//
// Even a page without code makes Framework bundle its browser client, which lazily imports some twenty libraries through
// `npm:` specifiers. For each of them Framework wants a version: it looks at the folders `NAME@VERSION` in that cache, and goes
// to the network only for a name it does not find there. An empty folder names a lazy import that nobody runs; a page that
// does use one fails the build, since that version exists nowhere. Pages import from node_modules by bare names instead.
import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "..");
const FRAMEWORK = join(REPOSITORY, "node_modules/@observablehq/framework/dist");
const NOWHERE = "0.0.0-not-vendored";

// What Framework's own client needs at run time: its search bundles minisearch itself, its Inputs and html need these two.
const VENDORED = ["htl", "isoformat"];

/** Empties and fills the cache below Framework's source folder: versions in it win over everything else, so none is kept. */
export async function fillNpmCache(source) {
  const cache = join(source, ".observablehq/cache");
  await rm(cache, { recursive: true, force: true });
  const names = await frameworkPackages();
  for (const name of names) {
    if (!VENDORED.includes(name)) await mkdir(join(cache, "_npm", `${name}@${NOWHERE}`), { recursive: true });
  }
  for (const name of VENDORED) await vendor(name, join(cache, "_npm"));
}

/** Every package that Framework itself knows as `npm:NAME`. */
async function frameworkPackages() {
  const client = await readdir(join(FRAMEWORK, "client"), { recursive: true });
  const files = [
    "libraries.js",
    "resolvers.js",
    ...client.filter((name) => name.endsWith(".js")).map((name) => join("client", name)),
  ];
  const names = new Set();
  for (const file of files) {
    const text = await readFile(join(FRAMEWORK, file), "utf8");
    for (const [, name] of text.matchAll(/["'`]npm:((?:@[\w.-]+\/)?[\w.-]+)/g)) names.add(name);
  }
  return names;
}

/** The copy that Framework's Inputs use, else the repository's own. */
async function vendor(name, folder) {
  const nested = join(REPOSITORY, "node_modules/@observablehq/inputs/node_modules", name);
  const packageFolder = (await readFile(join(nested, "package.json")).catch(() => undefined))
    ? nested
    : join(REPOSITORY, "node_modules", name);
  const { version } = JSON.parse(await readFile(join(packageFolder, "package.json"), "utf8"));
  await build({
    entryPoints: [packageFolder],
    bundle: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    minify: true,
    legalComments: "none",
    outfile: join(folder, `${name}@${version}`, "_esm.js"),
  });
}
