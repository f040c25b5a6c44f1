// Bundles what compiled code imports of packages into dist/vendor, and points the imports there: a module costs some .4 ms to load
// however short it is, these have hundreds, and an installed Plateau is to be small and to start fast. The functions of @stdlib go
// into vendor/@stdlib (its packages hold 29 MB in 8,000 files, of which these are some kilobytes), the rest into vendor/@packages.
import { copyFile, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { build } from "esbuild";
import { glob } from "tinyglobby";
import { z } from "zod";

const DIST = "dist";
/** Packages that a command loads before it does anything. What few commands need is loaded as it is installed. */
const PACKAGES = ["es-module-lexer", "execa", "simple-statistics", "string-width", "tinyglobby", "zod"];
const SCOPE = "@stdlib";

const files = await glob("**/*.js", { cwd: DIST, ignore: ["dashboard/npm/**", "vendor/**"] });
const texts = new Map(await Promise.all(files.map(async (file) => [file, await readFile(join(DIST, file), "utf8")])));

const { names: distributions } = await bundle(`${SCOPE}/([\\w-]+)`, (name) => name.slice(SCOPE.length + 1), SCOPE);
// Apache 2.0 asks for both to go where the code goes
for (const notice of ["LICENSE", "NOTICE"]) {
  await copyFile(join("node_modules", distributions[0], notice), join(DIST, "vendor", SCOPE, notice));
}
const { inputs } = await bundle(PACKAGES.join("|"), (name) => name, "@packages");
await writeFile(join(DIST, "vendor/@packages/LICENSES"), await licencesOf(inputs));

/** Gives the names that were imported, and the files that went into the bundle. */
async function bundle(pattern, entryOf, folder) {
  const imported = new RegExp(`(?<=\\bfrom ")(?:${pattern})(?=")`, "g");
  const importing = [...texts].filter(([, text]) => text.search(imported) >= 0);
  const names = [...new Set(importing.flatMap(([, text]) => text.match(imported)))].sort();
  if (names.length === 0)
    throw new Error(`${DIST} needs modules that import ${pattern}, found none among ${texts.size}`);
  const outdir = join(DIST, "vendor", folder);
  const { metafile } = await build({
    entryPoints: Object.fromEntries(names.map((name) => [entryOf(name), name])),
    outdir,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "es2022",
    legalComments: "none",
    minifyWhitespace: true,
    metafile: true,
    chunkNames: "shared-[hash]",
    // some are CommonJS and ask for Node's own modules so
    banner: {
      js: 'import { createRequire as requirerOf } from "node:module"; const require = requirerOf(import.meta.url);',
    },
    plugins: [
      { name: "used", setup: usedOf(importing.map(([, text]) => text)) },
      { name: "silent", setup: withoutDebugging },
      { name: "english", setup: withoutLanguages },
      { name: "later", setup: loadingLater },
    ],
  });
  for (const [file, text] of importing) {
    const place = relative(dirname(join(DIST, file)), outdir)
      .split(sep)
      .join("/");
    texts.set(
      file,
      text.replaceAll(imported, (name) => `${place}/${entryOf(name)}.js`),
    );
    await writeFile(join(DIST, file), texts.get(file));
  }
  return { names, inputs: Object.keys(metafile.inputs) };
}

/** The licence of each package that files come from, as it asks for. */
async function licencesOf(paths) {
  const folders = new Set(paths.map((path) => /^(?:[^:]*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]));
  folders.delete(undefined);
  const parts = [...folders].sort().map(async (folder) => {
    const { name, version } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const [file] = await glob(["licen[cs]e*", "LICEN[CS]E*"], { cwd: folder });
    if (file === undefined) throw new Error(`${folder} needs a licence to be bundled, found none`);
    return `${name} ${version}\n\n${await readFile(join(folder, file), "utf8")}`;
  });
  return (await Promise.all(parts)).join(`\n${"-".repeat(80)}\n\n`);
}

/** Some log what they iterate through the package `debug`, which asks for the terminal. */
function withoutDebugging({ onResolve, onLoad }) {
  onResolve({ filter: /^debug$/ }, () => ({ path: "debug", namespace: "silent" }));
  onLoad({ filter: /.*/, namespace: "silent" }, () => ({ contents: "module.exports = () => () => undefined" }));
}

/** What zod says of a fault in sixty languages: messages here are English. */
function withoutLanguages({ onResolve, onLoad }) {
  onResolve({ filter: /locales\/index\.js$/ }, ({ resolveDir }) => ({ path: resolveDir, namespace: "english" }));
  onLoad({ filter: /.*/, namespace: "english" }, ({ path }) => ({
    contents: `export { default as en } from ${JSON.stringify(join(path, "../locales/en.js"))}`,
    resolveDir: path,
  }));
}

/** Of zod what the code uses of it: the rest is half of it, and as long to load. */
function usedOf(importing) {
  const members = new Set(importing.flatMap((text) => [...text.matchAll(/\bz\.(\w+)/g)].map((match) => match[1])));
  const used = Object.keys(z).filter((name) => members.has(name));
  return ({ onResolve, onLoad }) => {
    onResolve({ filter: /^zod$/ }, ({ kind, path }) =>
      kind === "entry-point" ? { path, namespace: "used" } : undefined,
    );
    onLoad({ filter: /.*/, namespace: "used" }, () => ({
      contents: `import * as all from "zod"; export const z = { ${used.map((name) => `${name}: all.${name}`).join(", ")} };`,
      resolveDir: process.cwd(),
    }));
  };
}

/**
 * The tables of string-width take 30 ms to make, and only text that is not ASCII needs them; tinyglobby takes 10, and only experiments
 * that are programs need it.
 */
function loadingLater({ onResolve, onLoad }) {
  const functions = { "string-width": "default", tinyglobby: "globSync" };
  onResolve({ filter: /^(?:string-width|tinyglobby)$/ }, ({ kind, path }) =>
    kind === "entry-point" ? { path, namespace: "later" } : undefined,
  );
  onLoad({ filter: /.*/, namespace: "later" }, ({ path }) => ({
    contents: `const later = (...words) => require("${path}").${functions[path]}(...words); export { later as ${functions[path]} };`,
    resolveDir: process.cwd(),
  }));
}
