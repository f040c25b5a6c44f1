#!/usr/bin/env node
// Writes src/lab/wasm/kernel-functions.ts: the functions and constants that the built kernels export, as TypeScript.
//   --check   only says, by exit 1, whether the file is what the kernels say
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scriptWords } from "./script-words.mjs";

const USAGE =
  "write-kernel-functions.mjs [--check] writes the file, or with --check fails where it is another one and writes nothing";
const { values } = scriptWords(USAGE, { options: { check: { type: "boolean" } } });

const root = fileURLToPath(new URL("..", import.meta.url));
const target = `${root}src/lab/wasm/kernel-functions.ts`;
const declarations = readFileSync(`${root}kernels/build/plain.d.ts`, "utf8");
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(`${root}kernels/build/plain.wasm`)));

const FUNCTION = /\/\*\*\n\s+\* (\S+)\n(?:\s+\* @\S+.*\n)*\s+\*\/\n\s+export function (\w+)\(([^)]*)\): (\w+);/g;
const functions = [...declarations.matchAll(FUNCTION)].map(([, place, name, parameters, result]) => {
  const line = `  ${name}(${parameters}): ${result};`;
  const parts = (parameters ?? "").split(", ").map((part) => `    ${part},\n`);
  const head = line.length <= 120 ? line : `  ${name}(\n${parts.join("")}  ): ${result};`;
  return `  /** ${(place ?? "").split("/").slice(0, -1).join("/")}.ts */\n${head}\n`;
});
const constants = Object.entries(exports)
  .filter(([, value]) => value instanceof WebAssembly.Global)
  .map(([name, global]) => `  ${name}: ${/** @type {WebAssembly.Global} */ (global).value},\n`);
const text = `// Written from kernels/ by npm run kernel-functions; a test holds it to them.

/** What the modules of kernels/ export: addresses and lengths in bytes where they say nothing else. */
export interface KernelFunctions {
${functions.join("")}}

export const KERNEL_CONSTANTS = {
${constants.sort().join("")}} as const;
`;

if (!values.check) writeFileSync(target, text);
else if (readFileSync(target, "utf8") !== text) {
  console.error(
    "src/lab/wasm/kernel-functions.ts is not what the kernels say: npm run kernel-functions writes it anew",
  );
  process.exitCode = 1;
}
