import type { z } from "zod";

/** JSON of a stranger that is not read: what was found, what was needed. */
export class HostileJsonError extends Error {
  override readonly name = "HostileJsonError";
}

/** A result nests seven deep: result, evidence, claims, claim, arms, arm, units, unit, interval. Twice that is no result. */
const MOST_DEPTH = 20;
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
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, code } = parsed.error.issues[0]!;
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

/** Deepest nesting of brackets outside strings. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (inString) {
      if (mark === 0x5c) at++;
      else if (mark === 0x22) inString = false;
    } else if (mark === 0x22) inString = true;
    else if (mark === 0x5b || mark === 0x7b) deepest = Math.max(deepest, ++depth);
    else if (mark === 0x5d || mark === 0x7d) depth--;
  }
  return deepest;
}

function placeOf(path: readonly PropertyKey[]): string {
  const words = path.map((part) =>
    typeof part === "number" || /^[a-zA-Z]{1,30}$/.test(String(part)) ? String(part) : "?",
  );
  return words.length === 0 ? "its top" : words.join(".");
}
