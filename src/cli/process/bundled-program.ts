import { readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const BUNDLE = fileURLToPath(new URL("../../../bundle", import.meta.url));

/**
 * URL of the program that scripts/bundle-programs.mjs made of `program.ts` and what it imports, which loads in a third of the time; undefined
 * where there is none, or where a module has been written since, so that it never stands for code that is no more. In an installed
 * package, whose files npm writes in any order, a module that has another length tells of it. Cost: 3 ms.
 */
export function bundledProgram(folder = BUNDLE): string | undefined {
  const program = join(folder, "program.js");
  try {
    const made = statSync(program).mtimeMs;
    const bytes = JSON.parse(readFileSync(join(folder, "inputs.json"), "utf8")) as Readonly<Record<string, number>>;
    const isInstalled = folder.split(sep).includes("node_modules");
    const isCurrent = Object.entries(bytes).every(([path, length]) => {
      const { size, mtimeMs } = statSync(`${folder}/${path}`);
      return size === length && (isInstalled || mtimeMs <= made);
    });
    return isCurrent ? pathToFileURL(program).href : undefined;
  } catch {
    return undefined;
  }
}
