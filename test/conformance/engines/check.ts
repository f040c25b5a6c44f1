import type { Engine } from "../../../src/lab/contract/engine.ts";
import type { ModelOperations } from "../../../src/lab/contract/model-operations.ts";

/** What the contract is about: everything an engine can be asked. */
export type Contractor = Engine & ModelOperations;

export type Operation = Exclude<keyof Contractor, "name" | "versions">;

/** With what precision an engine computes: what all tolerances are derived from. */
export interface Arithmetic {
  /** Unit roundoff of its products and sums. */
  readonly unit: number;
  /** Bound on the relative error of one standard draw (normal, uniform, Student), in the same terms. */
  readonly draw: number;
  /** Whether a replicate's network is the reference's, or one of the same law. */
  readonly streams: "shared" | "own";
}

/**
 * Float64 with our own elementary functions. A normal is sqrt(-2 log u) cos: logarithm 2 units of roundoff (1 ulp), doubling exact,
 * root half of that and 1 of its own, cosine 4, product 1; the weight's factor 2 more. 10 units, and some for Student's quotient.
 */
export const DOUBLE: Arithmetic = { unit: 2 ** -53, draw: 16 * 2 ** -53, streams: "shared" };

/** One thing that every engine must keep to. */
export interface Check {
  readonly name: string;
  /** The operations it calls: where an engine refuses one of them, it refuses the check. */
  readonly operations: readonly Operation[];
  /** Whether it looks at single replicates as the reference draws them: not to be asked of an operation with draws of its own. */
  readonly paired?: true;
  /** Whether it looks at laws where `paired` checks say more: to be asked of an operation with draws of its own only. */
  readonly unpaired?: true;
  /** What was found wrong, one line each; none where the engine keeps to it. */
  readonly violations: (engine: Contractor, arithmetic: Arithmetic) => readonly string[];
}

/** A line where |found - expected| exceeds the bound, or one of them is no number and the other is not the same. */
export function differs(what: string, found: number, expected: number, bound: number): readonly string[] {
  if (Object.is(found, expected) || found === expected) return [];
  if (Math.abs(found - expected) <= bound) return [];
  return [`${what}: ${found} instead of ${expected}, further than ${bound}`];
}

/** The first difference of two arrays entry by entry, within one bound or one each; and of their lengths. */
export function arraysDiffer(
  what: string,
  found: Float64Array,
  expected: ArrayLike<number>,
  bound: number | ArrayLike<number>,
): readonly string[] {
  if (found.length !== expected.length) return [`${what}: ${found.length} numbers instead of ${expected.length}`];
  for (let at = 0; at < found.length; at++) {
    const limit = typeof bound === "number" ? bound : bound[at]!;
    const wrong = differs(`${what}[${at}]`, found[at]!, expected[at]!, limit);
    if (wrong.length > 0) return wrong;
  }
  return [];
}

/** Bytes of all arrays of a result, by name. */
export function bytesOf(result: object): Readonly<Record<string, string>> {
  const arrays = result instanceof Float64Array ? { result } : result;
  return Object.fromEntries(
    Object.entries(arrays).map(([name, values]) => {
      const array = values as Float64Array;
      return [name, Buffer.from(array.buffer, array.byteOffset, array.byteLength).toString("base64")];
    }),
  );
}

/** Names of the arrays whose bytes differ. */
export function differentBytes(one: object, other: object): readonly string[] {
  const first = bytesOf(one);
  const second = bytesOf(other);
  const names = new Set([...Object.keys(first), ...Object.keys(second)]);
  return [...names].filter((name) => first[name] !== second[name]);
}
