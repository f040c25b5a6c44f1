import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** In the folder of a project: what belongs to it and not to plateau. */
export const PROJECT_FILE = "plateau.json";

/** The folder itself or the nearest one above it that has such a file. */
export function folderAbove(start: string, file: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** Where paths of that module's experiments begin: the nearest folder above it with a plateau.json, else the module's own. */
export function folderOf(module: string): string {
  const own = dirname(fileURLToPath(module));
  return folderAbove(own, PROJECT_FILE) ?? own;
}
