import { existsSync } from "node:fs";

/** Endings of modules that Node loads, in the order in which they are taken where several stand side by side. */
export const SCRIPT_ENDINGS = [".js", ".mjs", ".cjs"] as const;
/** Likewise of sources, which a Node that strips types loads as they are. */
export const SOURCE_ENDINGS = [".ts", ".mts"] as const;

/** Whether TypeScript is loaded as it is: by Node 22.18, 23.6 and later, and by whatever runs this very file as a source. */
export function stripsTypes(features: object = process.features): boolean {
  if (import.meta.url.endsWith(".ts")) return true;
  return "typescript" in features && features.typescript !== false && features.typescript !== undefined;
}

/** What to do about a module in TypeScript that this Node cannot load. */
export function typeScriptCure(version: string = process.version): string {
  return `Node 22.18 or later loads TypeScript as it is, this is ${version}; else compile it: JavaScript beside it, or in a folder that plateau.json names as "compiled"`;
}

/** The module of that path without its ending; undefined where there is none that this Node loads. */
export function moduleFile(stem: string, loadsSources: boolean): string | undefined {
  const endings = loadsSources ? [...SCRIPT_ENDINGS, ...SOURCE_ENDINGS] : SCRIPT_ENDINGS;
  return endings.map((ending) => `${stem}${ending}`).find((path) => existsSync(path));
}
