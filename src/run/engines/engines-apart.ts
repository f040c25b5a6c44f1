import { BYTE_EQUAL_ENGINES } from "../../lab/engines.ts";

/** Whether evidence of two engines, by name, may be compared byte for byte. */
export function promiseEqualBytes(first: string, second: string): boolean {
  return [first, second].every((name) => (BYTE_EQUAL_ENGINES as readonly string[]).includes(name));
}
