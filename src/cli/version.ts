import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../project/roots.ts";

/** Version of package.json. */
export function version(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    readonly version: string;
  };
  return manifest.version;
}
