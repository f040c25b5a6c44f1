#!/usr/bin/env node
// Compiles kernels/ to WebAssembly: build/plain.wasm, whose float64 bytes are those of the reference, and build/relaxed.wasm,
// the same source with fused multiply-adds. Beside the sources and, where dist/ is, in dist/kernels/build/, so that
// one relative URL holds from both. What the modules export is declared in build/plain.d.ts, from which
// write-kernel-functions.mjs writes it for the engines.
import { copyFile, mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

const root = fileURLToPath(new URL("..", import.meta.url));
const variants = { plain: [], relaxed: ["--enable", "relaxed-simd"] };

await mkdir(`${root}kernels/build`, { recursive: true });
await Promise.all(Object.entries(variants).map(([name, flags]) => build(name, flags)));

/** @param {string} name @param {readonly string[]} flags */
async function build(name, flags) {
  const target = `${root}kernels/build/${name}.wasm`;
  const types = `${root}kernels/build/${name}.d.ts`;
  if (!(await isCurrent(target))) {
    // Written aside and renamed: a process that loads the module meanwhile sees the old one or the new one, never half of it.
    const draft = `${root}kernels/build/${name}.${process.pid}`;
    const options = [
      "--runtime",
      "stub",
      "--optimizeLevel",
      "3",
      "--noAssert",
      "--enable",
      "simd",
      "--initialMemory",
      "1",
      // Vectors pass between kernels, never to JavaScript, which the compiler cannot know.
      "--disableWarning",
      "112",
    ];
    await execa(
      "npx",
      [
        "--no-install",
        "asc",
        "kernels/index.ts",
        ...options,
        ...flags,
        "--use",
        "abort=",
        "--bindings",
        "raw",
        "--outFile",
        `${draft}.wasm`,
      ],
      {
        cwd: root,
        stdio: "inherit",
      },
    );
    await rm(`${draft}.js`);
    await rename(`${draft}.d.ts`, types);
    await rename(`${draft}.wasm`, target);
  }
  if (await exists(`${root}dist`)) {
    await mkdir(`${root}dist/kernels/build`, { recursive: true });
    await copyFile(target, `${root}dist/kernels/build/${name}.wasm`);
  }
}

/** Whether the module is newer than every source and than this script. @param {string} target */
async function isCurrent(target) {
  if (!(await exists(target))) return false;
  const sources = (await readdir(`${root}kernels`, { recursive: true })).filter((path) => path.endsWith(".ts"));
  const files = [
    ...sources.map((path) => `${root}kernels/${path}`),
    fileURLToPath(import.meta.url),
    `${root}package-lock.json`,
  ];
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  return (await stat(target)).mtimeMs > Math.max(...times);
}

/** @param {string} path */
async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
