/** All kinds of a thing: a record, so that TypeScript asks for a kind that is new. */
export type Kinds<Kind extends string> = { readonly [kind in Kind]: true };

/**
 * Refuses a kind from outside that nothing here knows, by its name: types hold within this repository alone.
 * @throws RangeError naming it and those that are known
 */
export function requireKnown(what: string, found: unknown, kinds: Kinds<string>): void {
  if (typeof found === "string" && Object.hasOwn(kinds, found)) return;
  throw new RangeError(`${what} requires one of ${Object.keys(kinds).join(", ")}, got ${JSON.stringify(found)}`);
}

/**
 * Ends a choice among all kinds of a thing. TypeScript refuses it where a kind is left out; what passes it all the same, from
 * outside, is refused by its name.
 */
export function refuseUnknown(what: string, found: never): never {
  throw new RangeError(`${what} that is not known here: ${JSON.stringify(found)}`);
}
