import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { expect, test } from "vitest";

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

test(`a million draws of each law have the committed digests on the current Node, ${process.version}`, async () => {
  await expectDigests(process.execPath, process.versions.node);
});

test.each(OTHERS)("a million draws of each law have the committed digests on Node %s", async (major) => {
  const node = inMatrix(`node_modules/node${major}/bin/node`);
  if (!existsSync(node)) {
    throw new Error(`the matrix requires Node ${major}, found none: run \`node test/node-matrix/install.mjs\``);
  }
  await expectDigests(node, major);
});

async function expectDigests(node: string, version: string): Promise<void> {
  if (!existsSync(inMatrix("../../dist/src/numerics/random.js"))) {
    throw new Error("the matrix requires the built files, found none in dist: run `npm run build`");
  }
  const { stdout } = await execa(node, [inMatrix("draw-digests.mjs")]);
  const drawn = JSON.parse(stdout) as { node: string; digests: Record<string, string> };
  expect(`${drawn.node}.`).toMatch(new RegExp(`^${version.replaceAll(".", "\\.")}\\.`));
  expect(drawn.digests).toEqual(DIGESTS);
}

function inMatrix(path: string): string {
  return fileURLToPath(new URL(`node-matrix/${path}`, import.meta.url));
}
