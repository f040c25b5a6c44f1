#!/usr/bin/env node
// Builds native/ with each compiler that is named (gcc and clang without names) and runs the engine's tests on it; then once more
// with AddressSanitizer and UBSan, whose first finding ends the tests. Leaves the library of the ordinary build behind.
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { misuse, scriptWords } from "./script-words.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const USAGE = "test-native.mjs [COMPILER…] (default: gcc clang)";
const { words } = scriptWords(USAGE, { most: Infinity });
const compilers = words.length > 0 ? words : ["gcc", "clang"];
for (const compiler of compilers) {
  if ((await execa(compiler, ["--version"], { reject: false })).failed)
    misuse(`${compiler}, which does not run`, USAGE);
}
/** Its runtime has one name wherever it lies. */
const sanitizing = "gcc";
const CONTRACT = ["test/conformance/engines/native", "test/conformance/engines/bytes.test.ts", "src/lab/native"];
const SANITIZERS = "-O1 -fsanitize=address,undefined -fno-sanitize-recover=all -g";

try {
  for (const compiler of compilers) {
    console.log(`native built with ${compiler}`);
    await build({ CC: compiler });
    await test({});
  }
  console.log("native with AddressSanitizer and UBSan");
  const { stdout: runtime } = await execa(sanitizing, ["-print-file-name=libasan.so"]);
  // Node itself is not built with them: the runtime has to come first, and what V8 never frees is no finding.
  const sanitized = { LD_PRELOAD: runtime, ASAN_OPTIONS: "detect_leaks=0", UBSAN_OPTIONS: "print_stacktrace=1" };
  await build({ CC: sanitizing, CFLAGS: SANITIZERS, PLATEAU_PRELOAD: runtime });
  await test(sanitized);
} finally {
  await build({});
}

/** @param {Record<string, string>} variables */
async function build(variables) {
  const { stderr } = await execa("node", ["scripts/build-native.mjs"], { cwd: root, env: { ...env, ...variables } });
  if (stderr !== "") throw new Error(stderr);
}

/** @param {Record<string, string>} variables */
async function test(variables) {
  await execa("npx", ["vitest", "run", ...CONTRACT], { cwd: root, env: { ...env, ...variables }, stdio: "inherit" });
}
