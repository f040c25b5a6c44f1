import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** An import of a package as the code in `folder` would find it, with the installed version: `zod@4.6.7`; Node's own by name alone. */
export function installedImport(folder: string, specifier: string): string {
  if (specifier.startsWith("node:")) return specifier;
  const name = specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
  for (let at = folder; ; at = dirname(at)) {
    const manifest = join(at, "node_modules", name, "package.json");
    if (existsSync(manifest))
      return `${specifier}@${(JSON.parse(readFileSync(manifest, "utf8")) as Versioned).version}`;
    if (at === dirname(at)) return `${specifier}@missing`;
  }
}

/** The import without its version. */
export function specifierOf(installed: string): string {
  return installed.startsWith("node:") ? installed : installed.slice(0, installed.lastIndexOf("@"));
}

interface Versioned {
  readonly version: string;
}
