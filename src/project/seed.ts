import { randomBytes } from "node:crypto";
import { ProjectError } from "./project-error.ts";

/** Seeds are written as whole numbers below this. */
const LIMIT = 2n ** 64n;

/** A seed in its one spelling; `fresh` draws 64 bits. Throws `ProjectError`. */
export function parseSeed(text: string): string {
  if (text === "fresh") return randomBytes(8).readBigUInt64BE().toString();
  if (isSeed(text)) return BigInt(text).toString();
  throw new ProjectError(`a seed is a whole number from 0 to 2^64 - 1, or fresh, got ${text}`);
}

export function isSeed(text: string): boolean {
  return /^\d+$/.test(text) && BigInt(text) < LIMIT;
}
