import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

/** Where scripts/build-native.mjs leaves the library, and what it says of it. */
export const LIBRARY = new URL("../../../native/build/kernels.so", import.meta.url);
export const DESCRIPTION = new URL("../../../native/build/kernels.json", import.meta.url);

/**
 * What has become of the library since the build, which opened it once: `absent` where none was built, else whether it still opens.
 * It does not where it was copied to another system, was damaged, or koffi has gone.
 */
export type Presence = "absent" | "opens" | { readonly fault: string };

/** Cost: opens the library, some 20 milliseconds the first time. */
export function presenceOf(library = LIBRARY, description = DESCRIPTION): Presence {
  if (!existsSync(library)) return "absent";
  try {
    requireWhole(library, (JSON.parse(readFileSync(description, "utf8")) as { readonly bytes: number }).bytes);
    (createRequire(import.meta.url)("koffi") as typeof import("koffi")["default"]).load(fileURLToPath(library));
    return "opens";
  } catch (error) {
    return { fault: (error as Error).message.split("\n")[0]! };
  }
}

/**
 * The loader maps what a library says that it has, and a process that then reads past the file's end is killed.
 * @throws RangeError for a library that is not as long as it was built
 */
export function requireWhole(library: URL, bytes: number): void {
  const { size } = statSync(library);
  if (size !== bytes) throw new RangeError(`a library of ${bytes} bytes was built, got ${size}`);
}
