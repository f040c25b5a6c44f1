import { existsSync } from "node:fs";

/** Whether the library has been built here, which the build tries before it leaves it. Opens nothing: it is asked at every start. */
export function isBuilt(): boolean {
  return existsSync(new URL("../../../native/build/kernels.so", import.meta.url));
}
