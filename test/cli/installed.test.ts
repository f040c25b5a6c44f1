import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { installPacked } from "../package/packed-package.ts";
import { FIXTURE_ROOT } from "./recording-io.ts";

const root = resolve(import.meta.dirname, "../..");

test("npx --no -- plateau runs this clone's build, not a package of that name from elsewhere", async () => {
  const { stdout } = await execa("npx", ["--no", "--", "plateau", "list", "--json"], { cwd: root });
  expect(JSON.parse(stdout)).toBeTruthy();
});

describe("the packed package", () => {
  let folder: string;
  let installed: string;
  let paths: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plateau-pack-"));
    ({ installed, paths } = await installPacked(folder));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  function plateau(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
    const env = { PLATEAU_ROOT: undefined, CI: undefined, ...environment };
    return execa("node", [join(installed, "dist/src/cli/main.js"), ...words], { cwd: folder, env, reject: false });
  }

  test("holds what the command needs, the kernels too", () => {
    expect(paths).toEqual(
      expect.arrayContaining([
        "dist/claim-list.json",
        "dist/kernels/build/plain.wasm",
        "dist/kernels/build/relaxed.wasm",
        "dist/src/cli/main.js",
        "dist/src/cli/probe-engine.js",
        "dist/src/lab/webgpu/device/device-process.js",
        "dist/src/lab/webgpu/device/relay-thread.js",
        "dist/src/run/sample/worker.js",
        "dist/src/speed/side-process.js",
        "dist/suites/orvieto2021/vanishing.suite.js",
      ]),
    );
  });

  test("holds no test, no other project's comparison, and as sources only what is compiled, run or copied where it is installed", () => {
    const allowed =
      /^(dist|schemas|baselines|docs|cluster|native)\/|^[A-Z]+\.(md|cff)$|^LICENSE$|^(package|plateau)\.json$/;
    const others = paths.filter((path) => !allowed.test(path));
    const kinds = new Set(
      others.map((path) => path.replace(/^(templates|python)\/.*/, "$1").replace(/\/[^/]+\.(mjs|py|css|svg)$/, "/$1")),
    );
    expect([...kinds].sort()).toEqual([
      "benchmarks/README.md",
      "benchmarks/projections/py",
      "dashboard/README.md",
      "dashboard/mjs",
      "dashboard/static/css",
      "dashboard/static/svg",
      "python",
      "scripts/install-tensorflow.sh",
      "scripts/mjs",
      "templates",
    ]);
    const sources = paths.filter((path) => !path.startsWith("templates/") && /(?<!\.d)\.ts$/.test(path));
    expect(sources).toEqual([]);
    expect(paths.filter((path) => /\.test\.|fixtures|\/peers\//.test(path))).toEqual([]);
    expect(paths.filter((path) => path.endsWith(".so"))).toEqual([]);
  });

  test("takes under 40 MB of disk with all that it needs, and holds the licence of what is bundled", async () => {
    const { stdout } = await execa("du", [
      "--dereference",
      "--summarize",
      "--block-size=1",
      join(folder, "node_modules"),
    ]);
    expect(Number.parseInt(stdout, 10)).toBeLessThan(40e6);
    expect(paths).toContain("dist/vendor/@stdlib/LICENSE");
  });

  test.each(["wasm", "wasm-fast", "reference"])("runs a suite from elsewhere on engine %s", async (engine) => {
    const words = ["run", "holds", "--engine", engine, "--out", join(folder, engine), "--json"];
    const { exitCode, stdout, stderr } = await plateau(words, { PLATEAU_ROOT: FIXTURE_ROOT });
    expect(exitCode, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      evidence: { claims: [{ outcome: "holds" }] },
      provenance: { engine: { name: engine } },
    });
  });

  test("decides a claim of its own by the kernels that it brings, with the reference's evidence", async () => {
    const run = async (engine: string) => {
      const words = ["run", "product-has-gamma-law", "--engine", engine, "--out", join(folder, `own-${engine}`)];
      const { exitCode, stderr } = await plateau(words);
      expect(exitCode, stderr).toBe(0);
      return JSON.parse(readFileSync(join(folder, `own-${engine}/result.json`), "utf8")) as Result;
    };
    const [fast, plain] = [await run("wasm"), await run("reference")];
    expect(fast.evidence).toEqual(plain.evidence);
    expect(fast.provenance.computed).toBe(plain.provenance.computed);
    expect(fast.provenance.computed).toBeGreaterThan(0);
  });

  test("says which command brings an engine, and the script that it names is there", async () => {
    const env = { PLATEAU_OPENBLAS: "/nowhere/libopenblas.so", PLATEAU_ROOT: FIXTURE_ROOT };
    const { stdout, exitCode } = await plateau(["doctor", "--json"], env);
    expect(exitCode).toBe(0);
    const { checks } = JSON.parse(stdout) as {
      readonly checks: readonly { readonly name: string; readonly state: string; readonly cure?: string }[];
    };
    const states = Object.fromEntries(checks.map(({ name, state }) => [name, state]));
    expect(states).toMatchObject({ "engine wasm": "works", "engine wasm-fast": "works", "engine openblas": "absent" });
    for (const { cure } of checks)
      expect(cure ?? "npm install").toMatch(/^(npm install|apt-get|bash node_modules\/plateau\/)/);
  });
});
