import fc from "fast-check";

/** One damage to a file, as data: places are fractions of its length. */
export interface Mutation {
  readonly kind: (typeof KINDS)[number];
  readonly at: number;
  readonly span: number;
  readonly byte: number;
  readonly value: number;
}

const KINDS = ["bit", "cut", "delete", "double", "insert", "digit", "drop", "replace", "nest", "key", "swap"] as const;

/** The same mutations for the same seed: flipped bits, cut and doubled pieces, changed digits, and damage to JSON's own tree. */
export function mutations(count: number, seed: number): readonly Mutation[] {
  const fraction = fc.noBias(fc.integer({ min: 0, max: 2 ** 30 - 1 })).map((part) => part / 2 ** 30);
  const mutation: fc.Arbitrary<Mutation> = fc.record({
    kind: fc.constantFrom(...KINDS),
    at: fraction,
    span: fc.integer({ min: 1, max: 200 }),
    byte: fc.integer({ min: 0, max: 255 }),
    value: fraction,
  });
  return fc.sample(mutation, { seed, numRuns: count });
}

/** The bytes with that damage. What asks for JSON's tree flips a bit where there is none. */
export function damaged(bytes: Buffer, mutation: Mutation): Buffer {
  const { kind, span, byte } = mutation;
  const at = Math.floor(mutation.at * bytes.length);
  const end = Math.min(bytes.length, at + span);
  switch (kind) {
    case "bit":
      return flipped(bytes, at, byte);
    case "cut":
      return Buffer.from(bytes.subarray(0, at));
    case "delete":
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]);
    case "double":
      return Buffer.concat([bytes.subarray(0, end), bytes.subarray(at)]);
    case "insert":
      return Buffer.concat([bytes.subarray(0, at), Buffer.alloc(span, byte), bytes.subarray(at)]);
    case "digit":
      return otherDigit(bytes, at, byte);
    default:
      return inLine(bytes, at, mutation) ?? flipped(bytes, at, byte);
  }
}

function flipped(bytes: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes);
  if (at < copy.length) copy[at] = copy[at]! ^ (1 << (byte % 8));
  return copy;
}

/** The next digit after that place is another one. */
function otherDigit(bytes: Buffer, at: number, byte: number): Buffer {
  const copy = Buffer.from(bytes);
  const found = copy.findIndex((each, index) => index >= at && each >= 0x30 && each <= 0x39);
  if (found >= 0) copy[found] = 0x30 + ((copy[found]! - 0x30 + 1 + (byte % 9)) % 10);
  return copy;
}

/** Damages the JSON of the whole file, or of the line at that place. Undefined where neither is JSON. */
function inLine(bytes: Buffer, at: number, mutation: Mutation): Buffer | undefined {
  const whole = damagedJson(bytes.toString("utf8"), mutation);
  if (whole !== undefined) return Buffer.from(whole);
  const from = bytes.lastIndexOf("\n", Math.max(0, at - 1)) + 1;
  const to = bytes.indexOf("\n", from);
  const end = to < 0 ? bytes.length : to;
  const line = damagedJson(bytes.subarray(from, end).toString("utf8"), mutation);
  if (line === undefined) return undefined;
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(line), bytes.subarray(end)]);
}

function damagedJson(text: string, { kind, value, byte }: Mutation): string | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const places = placesIn(json);
  if (places.length === 0) return undefined;
  const place = places[Math.floor(value * places.length)]!;
  const other = places[byte % places.length]!;
  if (kind === "drop") dropped(place);
  else if (kind === "replace") place.holder[place.key] = STRANGE[byte % STRANGE.length];
  else if (kind === "nest") place.holder[place.key] = nested(byte * 40);
  else if (kind === "key")
    Object.defineProperty(place.holder, NAMES[byte % NAMES.length]!, { value: 1, enumerable: true });
  else [place.holder[place.key], other.holder[other.key]] = [other.holder[other.key], place.holder[place.key]];
  try {
    return JSON.stringify(json);
  } catch {
    // a value was put into itself
    return undefined;
  }
}

const STRANGE = [
  null,
  true,
  -1,
  0,
  99,
  1e308,
  0.5,
  "",
  "supported",
  "holds",
  "../../../victim",
  [],
  {},
  "\u001b[2J::error::x",
];
const NAMES = ["__proto__", "constructor", "prototype", "toString", "extra", "1"];

interface Place {
  readonly holder: Record<PropertyKey, unknown>;
  readonly key: PropertyKey;
}

/** Each value of the tree, by what holds it. */
export function placesIn(json: unknown): readonly Place[] {
  if (typeof json !== "object" || json === null) return [];
  const holder = json as Record<PropertyKey, unknown>;
  return Object.keys(holder).flatMap((key) => [{ holder, key }, ...placesIn(holder[key])]);
}

function dropped({ holder, key }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}
