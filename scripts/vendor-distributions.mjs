// Bundles the functions that compiled code imports of @stdlib into dist/vendor/@stdlib, and points the imports there: the
// packages hold 29 MB in 8,000 files of which these are some kilobytes, and an installed Plateau is to be small and to start fast.
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { build } from "esbuild";
import { glob } from "tinyglobby";

const DIST = "dist";
const FOLDER = join(DIST, "vendor/@stdlib");
const IMPORT = /(?<=\bfrom ")@stdlib\/([\w-]+)(?=")/g;
const DISTRIBUTIONS = "node_modules/@stdlib";

const files = await glob("**/*.js", { cwd: DIST, ignore: ["dashboard/npm/**", "vendor/**"] });
const texts = await Promise.all(files.map(async (file) => ({ file, text: await readFile(join(DIST, file), "utf8") })));
const importing = texts.filter(({ text }) => text.search(IMPORT) >= 0);
const names = [...new Set(importing.flatMap(({ text }) => [...text.matchAll(IMPORT)].map(([, name]) => name)))].sort();
if (names.length === 0) throw new Error(`${DIST} needs modules that import @stdlib, found none among ${files.length}`);

await build({
  entryPoints: Object.fromEntries(names.map((name) => [name, `./${DISTRIBUTIONS}/${name}`])),
  outdir: FOLDER,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "es2022",
  legalComments: "none",
  chunkNames: "shared-[hash]",
  plugins: [{ name: "silent", setup: withoutDebugging }],
});
await Promise.all(
  importing.map(({ file, text }) => {
    const folder = relative(dirname(join(DIST, file)), FOLDER)
      .split(sep)
      .join("/");
    return writeFile(
      join(DIST, file),
      text.replaceAll(IMPORT, (_, name) => `${folder}/${name}.js`),
    );
  }),
);

// Apache 2.0 asks for both to go where the code goes
await mkdir(FOLDER, { recursive: true });
for (const notice of ["LICENSE", "NOTICE"]) {
  await copyFile(join(DISTRIBUTIONS, names[0], notice), join(FOLDER, notice));
}

/** Some log what they iterate through the package `debug`, which asks for the terminal. */
function withoutDebugging({ onResolve, onLoad }) {
  onResolve({ filter: /^debug$/ }, () => ({ path: "debug", namespace: "silent" }));
  onLoad({ filter: /.*/, namespace: "silent" }, () => ({ contents: "module.exports = () => () => undefined" }));
}
