import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { execa } from "execa";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

/**
 * SHA-256 of a million draws of each law, as node-matrix/draw-digests.mjs makes them: every Node version, and every
 * machine with little-endian bytes, has to give these. A new value here is a new law of every committed baseline.
 *
 * `uniform` and `rademacher` were found equal by a separate implementation of the documented layout in Python with
 * NumPy; the others are what this code first gave, on Node 20, 22 and 24, compiled and interpreted (--jitless).
 */
const DIGESTS = {
  uniform: "cf29070bdd09ae90fad1efd335e88763a324b4c799e86674c46fa6f0168c38d2",
  gaussian: "0c4fdb54bf35029d987121ec87ff7be58130258d0ed8d76681bb70f31fcafe81",
  rademacher: "f4feff92b24f556e835f6066d9f23bbb7f1fafb7fb2fff6670f13365b9f53b22",
  haar: "3280c23dd9d6c64797dececfce5ab2f8b76e2d73a5e20e4328cb696a29abea0e",
  sphere: "2e90483bb76326483ca54cb38a8168ab8b6ce79759c7b6aa295f76f88b9ffef1",
  logarithm: "26483796a88fd9a6f3a44d82e978228869f93afbd8b3d4e607eb13242102950b",
  exponential: "8a2fe1aa72b3934f62641bde50528f4901ff1c2ee444bf55f2f6e247afdbd692",
};

/** The packages that bring a Node of another version exist for Linux on x64; elsewhere the current one is the matrix. */
const OTHERS = process.platform === "linux" && process.arch === "x64" ? ["22", "24"] : [];

/** The current Node first. */
const NODES: readonly (readonly [name: string, program: string, version: string])[] = [
  [`the current Node, ${process.version}`, process.execPath, process.versions.node],
  ...OTHERS.map((major) => [`Node ${major}`, inMatrix(`node_modules/node${major}/bin/node`), major] as const),
];

test.each(NODES)("a million draws of each law have the committed digests on %s", async (_name, node, version) => {
  const drawn = await answerOf<{ readonly digests: Record<string, string> }>(node, ["draw-digests.mjs"]);
  expectVersion(drawn, version);
  expect(drawn.digests).toEqual(DIGESTS);
});

test.each(NODES)("a worker serves the next experiment too, unless one changed a built-in, on %s", async (...row) => {
  const [, node, version] = row;
  const seen = await answerOf<Record<"untouched" | "touched", string | null>>(node, ["untouched-globals.mjs"]);
  expectVersion(seen, version);
  expect(seen).toMatchObject({ untouched: null, touched: "Array.prototype.planted" });
});

describe("engines", () => {
  interface Computed {
    readonly node: string;
    readonly reference: Readonly<Record<string, string>>;
    readonly otherBytes: readonly string[];
    readonly wasm: Readonly<Record<string, string>>;
    readonly native: Readonly<Record<string, string>>;
    readonly fast: { readonly versions: Readonly<Record<string, string>>; readonly calls: number };
  }

  let folder: string;
  let table: string;
  let current: Computed;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "plateau-matrix-"));
    table = join(folder, "engine-calls.mjs");
    const entryPoints = [inMatrix("engine-calls.ts")];
    await build({ entryPoints, outfile: table, bundle: true, format: "esm", platform: "node", target: "node20" });
    current = await answerOf<Computed>(process.execPath, ["engine-digests.mjs", table]);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(NODES)(
    "wasm and native give the reference's bytes, and fused multiply-adds are there, on %s",
    async (...row) => {
      const [, node, version] = row;
      const computed =
        node === process.execPath ? current : await answerOf<Computed>(node, ["engine-digests.mjs", table]);
      expectVersion(computed, version);
      expect(Object.keys(computed.reference).length).toBeGreaterThan(40);
      expect(computed.wasm).toEqual(computed.reference);
      expect(computed.native).toEqual(computed.reference);
      expect(computed.otherBytes).toEqual([]);
      expect(computed.reference).toEqual(current.reference);
      expect(computed.fast.versions).toMatchObject({ "multiply-add": "fused" });
      expect(computed.fast.calls).toBe(Object.keys(current.reference).length);
    },
  );
});

/** What a script of the matrix answers; one that says anything besides, such as a warning of Node's, fails. */
async function answerOf<Answer>(node: string, [script, ...words]: readonly [string, ...string[]]) {
  if (!existsSync(inMatrix("../../dist/src/numerics/random.js"))) {
    throw new Error("the matrix requires the built files, found none in dist: run `npm run build`");
  }
  if (!existsSync(node)) {
    throw new Error(`the matrix requires ${node}, found none: run \`node test/node-matrix/install.mjs\``);
  }
  const { stdout, stderr } = await execa(node, [inMatrix(script), ...words]);
  expect(stderr).toBe("");
  return JSON.parse(stdout) as Answer & { readonly node: string };
}

function expectVersion({ node }: { readonly node: string }, version: string): void {
  expect(`${node}.`).toMatch(new RegExp(`^${version.replaceAll(".", "\\.")}\\.`));
}

function inMatrix(path: string): string {
  return fileURLToPath(new URL(`node-matrix/${path}`, import.meta.url));
}
