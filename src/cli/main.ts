#!/usr/bin/env node
import { readFileSync } from "node:fs";
import * as modules from "node:module";

// Nothing is imported before it is known that this process may open files: Node would end with a stack and status 1, which
// means that a claim failed.

/** The program's modules, its streams and two workers; each further worker takes eight. */
const NEEDED_FILES = 128;
/** Exit status of wrong use, as `report/exit-code.ts` has it. */
const MISUSE = 2;

const limit = openFilesLimit();
if (limit < NEEDED_FILES) refuse(`${limit} files`);
// Node 22 and later keep what they have compiled for the next time, in the folder for temporary files (or NODE_COMPILE_CACHE)
(modules as { readonly enableCompileCache?: () => void }).enableCompileCache?.();
try {
  const { bundledProgram } = await import("./process/bundled-program.ts");
  const bundled = bundledProgram();
  await (bundled === undefined ? import("./process/program.ts") : import(bundled));
} catch (error) {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "EMFILE" && code !== "ENFILE") throw error;
  refuse("no more files");
}

function refuse(allowed: string): never {
  process.stderr.write(
    `plateau: this process may open ${allowed} (ulimit -n), needed ${NEEDED_FILES} or more: raise the limit\n`,
  );
  process.exit(MISUSE);
}

/** Infinity where the system does not tell. */
function openFilesLimit(): number {
  try {
    return Number(
      /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8"))?.[1] ?? Number.POSITIVE_INFINITY,
    );
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EMFILE" ? 0 : Number.POSITIVE_INFINITY;
  }
}
