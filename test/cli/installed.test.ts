import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { FIXTURE_ROOT } from "./recording-io.ts";

const root = resolve(import.meta.dirname, "../..");

test("npx --no -- plateau runs this clone's build, not a package of that name from elsewhere", async () => {
  const { stdout } = await execa("npx", ["--no", "plateau", "list", "--json"], { cwd: root });
  expect(JSON.parse(stdout)).toBeTruthy();
});

describe("the packed package", () => {
  let folder: string;
  let installed: string;
  let paths: readonly string[];

  /** Unpacked, with what `npm install` brings beside it: the dependencies, and none that only this repository's work needs. */
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plateau-pack-"));
    installed = join(folder, "node_modules/plateau");
    const { stdout } = await execa("npm", ["pack", "--json", "--pack-destination", folder], { cwd: root });
    const listed = JSON.parse(stdout) as unknown;
    const [packed] = (Array.isArray(listed) ? listed : Object.values(listed as object)) as [
      { readonly filename: string; readonly files: readonly { readonly path: string }[] },
    ];
    paths = packed.files.map(({ path }) => path);
    mkdirSync(installed, { recursive: true });
    await execa("tar", ["-xzf", join(folder, packed.filename), "-C", installed, "--strip-components=1"]);
    for (const name of shippedDependencies()) {
      const link = join(folder, "node_modules", name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(root, "node_modules", name), link);
    }
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

  test("holds no test, no other project's comparison, no source but the kernels that are compiled where they run", () => {
    const allowed =
      /^(dist|schemas|baselines|docs|cluster|native)\/|^[A-Z]+\.(md|cff)$|^LICENSE$|^(package|plateau)\.json$/;
    const others = paths.filter((path) => !allowed.test(path) || /\.test\.|fixtures|\/peers\/|\.ts$|\.py$/.test(path));
    expect(others).toEqual(["scripts/build-native.mjs", "scripts/install-tensorflow.sh"]);
    expect(paths.filter((path) => path.endsWith(".so"))).toEqual([]);
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
    const env = { PLATEAU_OPENBLAS: "/nowhere/libopenblas.so" };
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

/** Names at the top of node_modules that an installation without development dependencies has. */
function shippedDependencies(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
    readonly packages: Readonly<
      Record<string, { readonly dev?: true; readonly devOptional?: true; readonly optional?: true }>
    >;
  };
  return Object.entries(packages).flatMap(([path, { dev, devOptional, optional }]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined || dev || devOptional || optional ? [] : [name];
  });
}
