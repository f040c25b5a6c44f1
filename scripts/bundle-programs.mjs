// Bundles the modules of the command line and of its workers into dist/bundle: a module costs half a millisecond to load however short
// it is, and `plateau run` has three hundred. What an author's own modules may import too, the package's doors with all that they load, stays
// where it is and is there once; so do engines, which are loaded by their URLs and whose code the samples' keys are made of.
// src/cli/process/bundled-program.ts says when the bundle is taken. After vendor-packages.mjs.
import { readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { crc32 } from "node:zlib";
import { build } from "esbuild";

const DIST = resolve("dist");
const OUT = join(DIST, "bundle");
const PROGRAMS = ["src/cli/process/program.js", "src/run/sample/worker.js"].map((path) => join(DIST, path));
const DOORS = ["src/index.js", "src/lab/index.js"].map((path) => join(DIST, path));

const shared = new Set(await filesOf(DOORS));
await rm(OUT, { recursive: true, force: true });
const { metafile } = await build({
  ...{ entryPoints: PROGRAMS, outdir: OUT, entryNames: "[name]", chunkNames: "[name]-[hash]" },
  ...{ bundle: true, splitting: true, metafile: true, format: "esm", platform: "node", target: "es2022" },
  packages: "external",
  // what a module does when it is loaded is done here too, whatever package.json says of it
  ignoreAnnotations: true,
  // each module keeps its own address, by which it finds files
  banner: { js: "const bundleUrl = import.meta.url;" },
  define: { "import.meta.url": "moduleUrl" },
  plugins: [{ name: "places", setup: keepPlaces }],
});
const paths = Object.keys(metafile.inputs).sort();
const texts = await Promise.all(paths.map((path) => readFile(path)));
const lengths = Object.fromEntries(paths.map((path, at) => [fromOut(resolve(path)), texts[at].length]));
const checksum = texts.reduce((sum, text) => crc32(text, sum), 0);
await writeFile(join(OUT, "inputs.json"), JSON.stringify({ lengths, checksum }));

function keepPlaces({ onResolve, onLoad }) {
  onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) =>
    kind !== "entry-point" && shared.has(join(resolveDir, path))
      ? { path: fromOut(join(resolveDir, path)), external: true }
      : undefined,
  );
  onLoad({ filter: /\.js$/ }, async ({ path }) => {
    const text = await readFile(path, "utf8");
    if (!text.includes("import.meta.url")) return undefined;
    const placed = text.replace(/new URL\("([^"]+)", import\.meta\.url\)/g, (whole, named) => {
      const program = join(dirname(path), named);
      return PROGRAMS.includes(program) ? `new URL("${named}", bundleUrl)` : whole;
    });
    return { contents: `const moduleUrl = new URL("${fromOut(path)}", bundleUrl).href;\n${placed}` };
  });
}

/** Modules and all that they import, at once or later. */
async function filesOf(entryPoints) {
  const { metafile: found } = await build({
    ...{ entryPoints, outdir: OUT, bundle: true, write: false, metafile: true, format: "esm", platform: "node" },
    ...{ packages: "external", ignoreAnnotations: true },
  });
  return Object.keys(found.inputs).map((path) => resolve(path));
}

/** As a module in the bundle names it. */
function fromOut(path) {
  return relative(OUT, path).split(sep).join("/");
}
