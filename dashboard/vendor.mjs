// Bundles the packages that Framework's own client runs, as its cache holds them: folders NAME@VERSION.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BROWSER_BUILD } from "./browser-build.mjs";

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "..");

// Its search bundles minisearch itself, its Inputs and html need these two.
const VENDORED = ["htl", "isoformat"];

export async function vendorInto(folder) {
  for (const name of VENDORED) await vendor(name, folder);
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
    ...BROWSER_BUILD,
    outfile: join(folder, `${name}@${version}`, "_esm.js"),
  });
}
