// Builds or previews the dashboard without a network.
// usage: node dashboard/build.mjs build|preview [--out DIR] [--work DIR] [--port N, --host NAME of a preview]
// PLATEAU_ROOT names another project than the one around the current folder; PLATEAU_RESULT a result or its folder,
// PLATEAU_ENGINES_RESULT one that ran with several engines where that is another; PLATEAU_BASELINES, PLATEAU_HISTORY and
// PLATEAU_SPEED name other folders than the project's.
import { spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, watch } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { misuse, oneOf, scriptWords } from "../scripts/script-words.mjs";
import { finish } from "./finish.mjs";
import { fillNpmCache } from "./npm-cache.mjs";

const DASHBOARD = dirname(fileURLToPath(import.meta.url));
/** What `npm run build` made of this folder: all that an installed package has of it. */
const BUILT = join(DASHBOARD, "../dist/dashboard");
const IS_CLONE = existsSync(join(DASHBOARD, "site"));

const USAGE = "build.mjs build|preview [--out DIR] [--work DIR] [--port N, --host NAME of a preview]";
const { mode, output, source, rest } = readArguments();
await run(
  IS_CLONE
    ? ["--import", import.meta.resolve("tsx"), join(DASHBOARD, "site/generate.ts"), source]
    : [join(BUILT, "site/generate.js"), source],
);
await bringScripts();
if (mode === "preview") watchStyle();
else clear(output);
const base = IS_CLONE ? join(DASHBOARD, "..") : dirname(source);
await runFramework();
if (mode === "build") {
  await finish(output);
  console.log(
    `dashboard built in ${relative(process.cwd(), output) || "."}: no other host, no unresolved import, no broken link`,
  );
}

/** What pages draw with, and what Framework's client runs: bundled from the sources of a clone, else as the build left them. */
async function bringScripts() {
  const components = join(source, "components");
  // beside this build's own source: another build may be at work in the folder above
  const vendored = `${source}.npm`;
  if (!IS_CLONE) {
    cpSync(join(BUILT, "components"), components, { recursive: true });
    return fillNpmCache(source, join(BUILT, "npm"));
  }
  const { bundleComponents } = await import("./components.mjs");
  const { vendorInto } = await import("./vendor.mjs");
  rmSync(vendored, { recursive: true, force: true });
  await vendorInto(vendored);
  await fillNpmCache(source, vendored);
  const { bundlePlay } = await import("./play-bundle.mjs");
  if (JSON.parse(readFileSync(join(source, "site.json"), "utf8")).plays) await bundlePlay(source);
  await bundleComponents(components, { watching: mode === "preview" });
}

function readArguments() {
  const preview = { port: { type: "string" }, host: { type: "string" } };
  const options = { out: { type: "string" }, work: { type: "string" }, ...preview };
  const { values, words } = scriptWords(USAGE, { options, least: 1, most: 1 });
  const [mode] = words;
  oneOf(mode, ["build", "preview"], USAGE);
  const rest = Object.keys(preview).flatMap((name) => (values[name] === undefined ? [] : [`--${name}`, values[name]]));
  if (mode === "build" && rest.length > 0) misuse(`${rest.join(" ")} for a build`, USAGE);
  return {
    ...{ mode, rest },
    output: resolve(values.out ?? join(DASHBOARD, "dist")),
    source: resolve(values.work ?? join(DASHBOARD, ".work/site")),
  };
}

/** Empties the folder of an earlier build; Framework would not, outside the current folder, and stop at the first file. */
function clear(folder) {
  if (!existsSync(folder) || readdirSync(folder).length === 0) return;
  if (!existsSync(join(folder, "_observablehq"))) {
    throw new Error(`--out requires an empty folder or one of an earlier build, ${folder} has other files`);
  }
  rmSync(folder, { recursive: true });
}

/** The style is copied into the made source folder; a preview follows its edits. */
function watchStyle() {
  const style = join(DASHBOARD, "static/style.css");
  watch(style, () => cpSync(style, join(source, "style.css")));
}

function runFramework() {
  const options = mode === "preview" ? ["--no-open", ...rest] : rest;
  return run(
    [join(DASHBOARD, "framework.mjs"), mode, "--config", join(DASHBOARD, "observablehq.config.mjs"), ...options],
    {
      cwd: base,
      env: { PLATEAU_DASHBOARD_SOURCE: relative(base, source), PLATEAU_DASHBOARD_OUTPUT: relative(base, output) },
    },
  );
}

function run(words, { cwd = process.cwd(), env = {} } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, words, { cwd, stdio: "inherit", env: { ...process.env, ...env } });
    for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => child.kill(signal));
    child.once("error", fail);
    child.once("exit", (code, signal) => {
      if (code === 0) done();
      else process.exit(signal ? 130 : (code ?? 1));
    });
  });
}
