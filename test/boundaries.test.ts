import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** What the instrument shares with the core, which knows nothing of it. */
const CLAIM_TYPES = ["experiment", "engines-apart", "instrument"].map((name) => `src/claim/${name}.ts`);

/** What an engine stands on. */
const ENGINE = ["src/numerics", "src/lab/networks", "src/lab/contract", "src/lab/draws", "src/lab/program"];

/** Each layer, and the layers of this repository that it may import from besides itself; a folder inside a layer goes first. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  "src/numerics": [],
  "src/lab/networks": ["src/numerics"],
  "src/lab/contract": ["src/numerics", "src/lab/networks", ...CLAIM_TYPES],
  "src/lab/draws": ["src/numerics", "src/lab/networks", "src/lab/contract"],
  "src/lab/program": ["src/numerics", "src/lab/networks", "src/lab/contract", "src/lab/draws"],
  "src/lab/reference": ENGINE,
  "src/lab/wasm": [...ENGINE, "src/lab/reference"],
  "src/lab/native": [...ENGINE, "src/lab/reference", "src/lab/wasm"],
  "src/lab/openblas": [...ENGINE, "src/lab/wasm"],
  "src/lab/tensorflow": ENGINE,
  "src/lab/webgpu": [...ENGINE, "src/lab/reference"],
  "src/lab": ["src/numerics", ...CLAIM_TYPES],
  "src/networks": ["src/lab/networks"],
  "src/statistics": ["src/numerics"],
  "src/predictions": ["src/numerics", "src/statistics"],
  "src/claim": ["src/numerics", "src/statistics", "src/predictions"],
  "src/calibration": ["src/claim", "src/predictions", "src/statistics", "src/numerics"],
  benchmarks: ["src/claim", "src/lab", "src/numerics"],
  suites: ["src/claim", "benchmarks", "src/lab", "src/numerics", "src/statistics"],
  "src/run": ["src/claim", "src/predictions", "src/statistics", "src/numerics"],
  "src/baseline": ["src/claim", "src/predictions", "src/run", "src/project", "src/statistics"],
  "src/speed": ["src/statistics", "src/lab"],
  "src/report": ["src/claim", "src/predictions", "src/run", "src/baseline", "src/statistics", "src/speed"],
  "src/export": ["src/claim", "src/predictions", "src/run", "src/statistics"],
  "src/manuscript": ["src/claim", "src/baseline", "src/report"],
  "src/conformance": ["src/claim", "src/predictions", "src/run"],
  "src/project": ["src/run", "src/claim"],
  "src/gate": ["src/claim", "src/run", "src/baseline", "src/report", "src/project"],
  "src/cli": [
    ...["src/numerics", "src/lab", "src/statistics", "src/predictions", "src/claim", "src/calibration"],
    ...["src/run", "src/baseline", "src/report", "src/export", "src/speed", "src/project", "src/gate"],
    ...["src/manuscript", "src/conformance"],
  ],
  "dashboard/browser": [],
  "dashboard/play": [
    ...["dashboard/browser/play", "src/numerics", "src/lab", "src/claim", "src/predictions"],
    ...["src/run/plan/stream-text.ts", "src/run/sample/observe.ts", "src/report/sample-csv.ts"],
  ],
  "dashboard/site": [
    ...[
      "dashboard/browser",
      "dashboard/play/default-signal.ts",
      "src/claim",
      "src/predictions",
      "src/statistics",
      "src/baseline",
      "src/report",
      "src/export",
      "src/run",
      "src/project",
    ],
    ...["src/lab/engines.ts", "src/lab/instrument.ts", "src/speed", "benchmarks/speed", "src/gate/mutants/mutant.ts"],
  ],
  kernels: [],
  scripts: [
    ...[
      "src/cli",
      "src/run/files",
      "src/run/plan",
      "src/lab/openblas",
      "src/baseline",
      "src/report",
      "src/calibration",
    ],
    ...["dashboard/components.mjs", "dashboard/vendor.mjs"],
  ],
  dashboard: ["dashboard/play", "dashboard/browser", "dashboard/site", "scripts"],
};

/** Programs that time things, or make data that a paper's folder keeps, may import whatever they need. */
const FREE = ["benchmarks/speed", "scripts/training", "scripts/pictures"];

/** Layers that run anywhere: no Node modules, no clock, no unseeded randomness. */
const PURE = ["src/numerics", "src/lab", "src/statistics", "src/predictions", "src/calibration"];

/** Engines other than the reference load modules, libraries and threads; they too have no clock and no randomness of their own. */
const LOADERS = ["src/lab/wasm/", "src/lab/native/", "src/lab/openblas/", "src/lab/tensorflow/", "src/lab/webgpu/"];

const IMPORT = /(?:from|import)\s*\(?\s*"([^"]+)"/g;

interface Violation {
  readonly file: string;
  readonly found: string;
}

/** Source files below the layers' folders of `root`, tests left out. */
function sourcesOf(root: string): readonly string[] {
  const layers = Object.keys(LAYERS).filter((layer) => existsSync(join(root, layer)));
  return layers.flatMap((layer) =>
    readdirSync(join(root, layer), { recursive: true, encoding: "utf8" })
      .map((name) => join(layer, name))
      .filter((path) => layerOf(path) === layer)
      .filter((path) => /\.m?[jt]s$/.test(path) && !/\.(test|types)\.ts$/.test(path))
      .filter((path) => !path.includes("/fixtures/") && !FREE.some((folder) => path.startsWith(folder))),
  );
}

function isPure(layer: string): boolean {
  return PURE.some((pure) => layer === pure || layer.startsWith(`${pure}/`));
}

function layerOf(path: string): string | undefined {
  return Object.keys(LAYERS).find((layer) => path.startsWith(`${layer}/`));
}

function violationsIn(root: string, file: string): readonly Violation[] {
  const text = readFileSync(join(root, file), "utf8");
  const layer = layerOf(file)!;
  const allowed = [layer, ...LAYERS[layer]!];
  const wrong: Violation[] = [];
  for (const [, specifier] of text.matchAll(IMPORT)) {
    if (!specifier!.startsWith(".")) {
      const mayLoad = LOADERS.some((folder) => file.startsWith(folder));
      if (specifier!.startsWith("node:") && isPure(layer) && !mayLoad) wrong.push({ file, found: specifier! });
      continue;
    }
    const target = relative(root, resolve(root, dirname(file), specifier!)).replace(/^dist\//, "");
    // a file of a package, where its name would not do
    if (target.startsWith("node_modules/")) continue;
    if (!allowed.some((prefix) => target === prefix || target.startsWith(`${prefix}/`)))
      wrong.push({ file, found: target });
  }
  if (isPure(layer) && /\bMath\.random\b|\bDate\.now\b|\bnew Date\b|\bperformance\.now\b/.test(text)) {
    wrong.push({ file, found: "a clock or unseeded randomness" });
  }
  return wrong;
}

function check(root: string): readonly Violation[] {
  const files = sourcesOf(root);
  if (files.length === 0) throw new Error(`${root} requires source files to check, got none`);
  return files.flatMap((file) => violationsIn(root, file));
}

describe("imports point one way", () => {
  const root = resolve(import.meta.dirname, "..");

  test("no layer imports what its row of the table does not name", () => expect(check(root)).toEqual([]));

  test("every layer has files", () => {
    const found = new Set(sourcesOf(root).map(layerOf));
    expect([...found].sort()).toEqual(Object.keys(LAYERS).sort());
  });
});

test("no folder of the program or the kernels holds more than sixteen files: a reader sees what is in it", () => {
  const root = resolve(import.meta.dirname, "..");
  const files = ["src", "kernels"].flatMap((top) =>
    readdirSync(join(root, top), { recursive: true, encoding: "utf8" }).map((name) => join(top, name)),
  );
  const sources = files.filter((path) => path.endsWith(".ts") && !/\.(test|types|d)\.ts$/.test(path));
  const counts = new Map<string, number>();
  for (const path of sources) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1);
  expect(sources.length).toBeGreaterThan(100);
  expect([...counts].filter(([, count]) => count > 16)).toEqual([]);
});

describe("the check bites", () => {
  const planted = resolve(import.meta.dirname, "fixtures/boundaries");

  test("planted violations are all found", () => {
    expect(check(planted).map(({ file, found }) => `${file}: ${found}`)).toEqual([
      "src/numerics/upward.ts: node:fs",
      "src/numerics/upward.ts: src/run/run.ts",
      "src/numerics/upward.ts: a clock or unseeded randomness",
      "src/run/suite-aware.ts: suites/some.claim.ts",
      "dashboard/browser/site-aware.ts: dashboard/site/suite-aware.ts",
      "dashboard/site/suite-aware.ts: suites/some.claim.ts",
    ]);
  });

  test("finding no files is a failure", () => {
    expect(() => check(resolve(import.meta.dirname, "fixtures/boundaries-empty"))).toThrow();
  });
});
