#!/usr/bin/env node
// Compiles native/ with the machine's C compiler, where there is one, into native/build/kernels.so: the same kernels for several
// sets of instructions, of which the engine chooses when it opens the library, and beside it what their functions take. Copied to
// dist/native/build/ where dist/ is, so that one relative URL holds from both. Without a compiler nothing is built and nothing
// fails: engine `native` then says what is missing.
//   CC       the compiler, else cc
//   CFLAGS   further flags, for builds with sanitizers, whose runtime PLATEAU_PRELOAD then names
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { arch, env, execPath, pid } from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { scriptWords } from "./script-words.mjs";

scriptWords("build-native.mjs, with CC=COMPILER for another than cc; it takes nothing");

const root = fileURLToPath(new URL("..", import.meta.url));
const build = `${root}native/build/`;
const compiler = env["CC"] || "cc";
const extra = (env["CFLAGS"] ?? "").split(" ").filter((flag) => flag !== "");

/** How it is built, as far as it differs from one build to another. */
const built = [compiler, ...extra].join(" ");

// Each rounding is the reference's: no fused multiply-adds unless the fast kernels ask for one by name, no flag of the kind of
// -ffast-math. What is switched off below are side effects of arithmetic that nobody reads.
const flags = [
  ...["-std=c11", "-O3", "-fPIC", "-fvisibility=hidden", "-ffp-contract=off", "-fno-math-errno", "-fno-trapping-math"],
  ...extra,
];

/** The narrowest set first: the numbers of native/choose.c. @type {readonly (readonly [string, readonly string[]])[]} */
const SETS =
  arch === "x64"
    ? [
        ["sse42", ["-msse4.2", "-mpopcnt"]],
        ["avx2", ["-mavx2", "-mfma", "-mbmi", "-mbmi2", "-mpopcnt"]],
        [
          "avx512",
          [
            ...["-mavx512f", "-mavx512dq", "-mavx512bw", "-mavx512vl", "-mavx512cd", "-mprefer-vector-width=512"],
            ...["-mavx2", "-mfma", "-mbmi", "-mbmi2", "-mpopcnt"],
          ],
        ],
      ]
    : [[arch === "arm64" ? "neon" : "scalar", []]];

/** Sets that fuse a multiplication and an addition have fast kernels, too. */
const FUSED = new Set(["avx2", "avx512", "neon"]);

/** A kernel's head, which may take several lines: native/kernel.h. */
const DECLARATION = /^KERNEL(|_WITHOUT_MEMORY)\((\w+), (\w+), ([^)]*)\)/gm;

if (!(await isCurrent())) await compile();
if (await exists(`${root}dist`)) await publish();

async function compile() {
  await mkdir(build, { recursive: true });
  if (!(await answers())) {
    await rm(`${build}kernels.so`, { force: true });
    console.error(`native kernels are left out: there is no C compiler ${compiler} (gcc 10 or clang 14, or later)`);
    return;
  }
  const objects = await Promise.all([
    objectOf("choose", [], `${root}native/choose.c`),
    ...SETS.map(([set, options]) => objectOf(set, [...options, `-DVARIANT=${set}`], `${root}native/kernels.c`)),
    ...SETS.filter(([set]) => FUSED.has(set)).map(([set, options]) =>
      objectOf(`${set}fast`, [...options, "-DFUSED", `-DVARIANT=${set}fast`], `${root}native/fast-kernels.c`),
    ),
  ]);
  const draft = `${build}kernels.${pid}`;
  await execa(compiler, ["-shared", ...extra, "-o", draft, ...objects, "-lm"], { stdio: "inherit" });
  await Promise.all(objects.map((object) => rm(object)));
  const fault = await faultOf(draft);
  if (fault !== undefined) {
    await Promise.all([rm(draft), rm(`${build}kernels.so`, { force: true })]);
    console.error(`native kernels are left out: ${fault}`);
    return;
  }
  const { size: bytes } = await stat(draft);
  await writeFile(`${build}kernels.json`, `${JSON.stringify({ ...(await description()), bytes }, undefined, 1)}\n`);
  // Written aside and renamed: a process that opens the library meanwhile sees the old one or the new one, never half of it.
  await rename(draft, `${build}kernels.so`);
}

/**
 * Why the library cannot be used here, or undefined. In a process of its own, which it may take down.
 * @param {string} path
 */
async function faultOf(path) {
  const program =
    "const { default: koffi } = await import('koffi'); koffi.load(process.argv[1]).func('plateau_runs', 'int', ['int'])(0);";
  const preload = env["PLATEAU_PRELOAD"];
  const variables = preload === undefined ? {} : { LD_PRELOAD: preload, ASAN_OPTIONS: "detect_leaks=0" };
  const options = { cwd: root, reject: false, env: variables };
  const { failed, stderr, shortMessage } = await execa(execPath, ["--input-type=module", "-e", program, path], options);
  if (!failed) return undefined;
  return stderr.split("\n").find((line) => line.includes("Error: ")) ?? shortMessage;
}

/** @param {string} name @param {readonly string[]} options @param {string} source */
async function objectOf(name, options, source) {
  const object = `${build}${name}.${pid}.o`;
  await execa(compiler, [...flags, ...options, "-c", source, "-o", object], { stdio: "inherit" });
  return object;
}

async function answers() {
  const { failed } = await execa(compiler, ["--version"], { reject: false });
  return !failed;
}

/** What the library holds, in the words of the bridge that calls it. */
async function description() {
  const files = (await sources()).filter((file) => file.endsWith(".c") && !file.endsWith("kernels.c"));
  const fast = await readFile(`${root}native/fast-kernels.c`, "utf8");
  /** @type {Record<string, unknown>} */
  const functions = {};
  for (const file of files) {
    const text = await readFile(`${root}native/${file}`, "utf8");
    for (const [, memory, result, name, parameters] of text.matchAll(DECLARATION)) {
      functions[name ?? ""] = {
        result: typeOf(result ?? ""),
        memory: memory === "",
        fast: fast.includes(`#include "${file}"`),
        parameters: (parameters ?? "").split(",").flatMap((parameter) => {
          const words = parameter.trim().split(/\s+/);
          return words[0] === "void" ? [] : [typeOf(words[0] ?? "")];
        }),
      };
    }
  }
  return {
    built,
    sets: SETS.map(([set]) => set),
    fast: SETS.map(([set]) => set).filter((set) => FUSED.has(set)),
    functions,
  };
}

/** @param {string} type */
function typeOf(type) {
  const names = {
    ...{ void: "void", bool: "bool", double: "double", float: "float" },
    ...{ int32_t: "int32", uint32_t: "uint32", address: "uint32" },
  };
  const name = names[/** @type {keyof typeof names} */ (type)];
  if (name === undefined) throw new Error(`kernels take numbers, addresses and truth values, got type ${type}`);
  return name;
}

async function publish() {
  await mkdir(`${root}dist/native/build`, { recursive: true });
  for (const file of ["kernels.so", "kernels.json"]) {
    if (await exists(build + file)) await copyFile(build + file, `${root}dist/native/build/${file}`);
  }
}

/** Whether the library is newer than every source and than this script, built as it would be now, whole, and of this machine. */
async function isCurrent() {
  if (!(await exists(`${build}kernels.so`)) || !(await exists(`${build}kernels.json`))) return false;
  const last = JSON.parse(await readFile(`${build}kernels.json`, "utf8"));
  if (last.built !== built || last.bytes !== (await stat(`${build}kernels.so`)).size) return false;
  const files = [...(await sources()).map((file) => `${root}native/${file}`), fileURLToPath(import.meta.url)];
  const times = await Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  if ((await stat(`${build}kernels.so`)).mtimeMs <= Math.max(...times)) return false;
  return (await faultOf(`${build}kernels.so`)) === undefined;
}

/** Files of C, relative to native/. */
async function sources() {
  return (await readdir(`${root}native`, { recursive: true })).filter((file) => /\.[ch]$/.test(file));
}

/** @param {string} path */
async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
