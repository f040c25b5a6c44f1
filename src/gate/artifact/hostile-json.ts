import type { z } from "zod";
import { fitted } from "../../run/files/first-mismatch.ts";
import { depthOf, MOST_DEPTH } from "../../run/files/json-depth.ts";

/** JSON of a stranger that is not read: what was found, what was needed. */
export class HostileJsonError extends Error {
  override readonly name = "HostileJsonError";
}

/** Keys that change what an object is. */
const PROTOTYPE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/**
 * Reads a stranger's JSON: depth is counted before parsing, keys that reach into prototypes are refused wherever they stand,
 * and the schema, which must be strict, says the rest. Throws `HostileJsonError`.
 */
export function readHostileJson<S extends z.ZodType>(name: string, bytes: Buffer, schema: S): z.infer<S> {
  const text = decode(name, bytes);
  if (depthOf(text) > MOST_DEPTH) throw new HostileJsonError(`${name} nests deeper than ${MOST_DEPTH}`);
  let value: unknown;
  try {
    value = JSON.parse(text, (key, inner: unknown) => {
      if (PROTOTYPE_KEYS.has(key)) throw new HostileJsonError(`${name} has the key ${key}, which no result has`);
      return inner;
    });
  } catch (error) {
    if (error instanceof HostileJsonError) throw error;
    throw new HostileJsonError(`${name} is not JSON`, { cause: error });
  }
  const found = fitted(schema, value, text);
  if ("data" in found) return found.data;
  const { path, code } = found.mismatch;
  // the schema's own words may quote the stranger: only where and what kind of problem is said
  throw new HostileJsonError(`${name} does not fit its schema: ${code} at ${placeOf(path)}`);
}

function decode(name: string, bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new HostileJsonError(`${name} is not UTF-8`, { cause: error });
  }
}

function placeOf(path: readonly PropertyKey[]): string {
  const words = path.map((part) =>
    typeof part === "number" || /^[a-zA-Z]{1,30}$/.test(String(part)) ? String(part) : "?",
  );
  return words.length === 0 ? "its top" : words.join(".");
}
