// Bundles the engine that pages play with: all suites, the experiments and the WebAssembly engine, as one module of a worker.
// It is loaded only when a reader asks for it.
import { cpSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { BROWSER_BUILD } from "./browser-build.mjs";

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Node's modules are imported by what a browser never runs, such as the readers of data sets; each function says so. */
const noNode = {
  name: "no-node",
  setup(bundling) {
    bundling.onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: "node" }));
    bundling.onLoad({ filter: /.*/, namespace: "node" }, ({ path }) => ({
      contents: `module.exports = new Proxy({}, { get: (_, name) => () => { throw new Error("a browser has no " + String(name) + " of ${path}"); } });`,
      loader: "js",
    }));
  },
};

/** Writes `data/play/engine.js` and `data/play/kernels.wasm` into Framework's source folder. */
export async function bundlePlay(source) {
  const folder = join(source, "data/play");
  mkdirSync(folder, { recursive: true });
  const suites = readdirSync(join(REPOSITORY, "suites"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".suite.ts"))
    .sort();
  const lines = [
    `import { answerQuestions } from "./dashboard/play/answer.ts";`,
    ...suites.map((name, at) => `import suite${at} from ${JSON.stringify(`./suites/${name}`)};`),
    `answerQuestions([${suites.map((_, at) => `suite${at}`).join(", ")}]);`,
  ];
  await build({
    stdin: { contents: lines.join("\n"), resolveDir: REPOSITORY, loader: "ts" },
    outfile: join(folder, "engine.js"),
    ...BROWSER_BUILD,
    plugins: [noNode],
  });
  cpSync(join(REPOSITORY, "kernels/build/plain.wasm"), join(folder, "kernels.wasm"));
}
