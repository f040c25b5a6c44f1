import { expect, test } from "vitest";
import { canonicalJson, canonicalJsonOf } from "./canonical-json.ts";
import type { Json } from "./experiment.ts";

test("canonicalJson sorts keys at every depth, keeps the order of lists, and refuses what JSON has not", () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: "x" } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  expect(canonicalJson([-0, 1e21, 1e-7, true, 'a "quoted" line\n'])).toBe(
    '[0,1e+21,1e-7,true,"a \\"quoted\\" line\\n"]',
  );
  expect(() => canonicalJson({ a: Number.NaN })).toThrow("canonical JSON has no NaN");
  expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow("canonical JSON has no Infinity");
});

test("keys are sorted by their code units, those that look like numbers among them", () => {
  const keys = { é: 1, Z: 2, a: 3, "10": 4, "9": 5, "": 6, "😀": 7, "\uffee": 8 };
  expect(canonicalJson(keys)).toBe('{"":6,"10":4,"9":5,"Z":2,"a":3,"é":1,"😀":7,"\uffee":8}');
});

test("texts are escaped as JSON.stringify does, short and long, and many keys are sorted as few are", () => {
  const texts = [
    "",
    "plain",
    'a"b',
    "a\\b",
    "tab\t",
    "\u0000",
    "\u001f",
    "\u007f",
    "é",
    "\u2028",
    "😀",
    "\ud800",
    "x".repeat(99),
  ];
  for (const text of texts) {
    expect(canonicalJson(text)).toBe(JSON.stringify(text));
    expect(canonicalJsonOf({ [text]: [text] })).toBe(JSON.stringify({ [text]: [text] }));
  }
  const names = Array.from({ length: 40 }, (_, at) => `k${(at * 7) % 40}`);
  const many = Object.fromEntries(names.map((name, at) => [name, at]));
  const entries = [...names].sort().map((name) => `${JSON.stringify(name)}:${many[name]}`);
  expect(canonicalJson(many)).toBe(`{${entries.join(",")}}`);
  expect(canonicalJson(Object.fromEntries(Object.entries(many).slice(0, 16)))).toBe(
    `{${entries.filter((entry) => Number(entry.split(":")[1]) < 16).join(",")}}`,
  );
});

// the streams of every experiment are keyed by such text: another would change all samples
test("a setup with a part left undefined has the text that it always had", () => {
  expect(canonicalJson({ b: undefined, a: 1 } as unknown as Json)).toBe('{"a":1,"b":undefined}');
  expect(canonicalJson([1, undefined, 2] as unknown as Json)).toBe("[1,,2]");
});

class Point {
  readonly x = 1;
  readonly y: undefined;
  toJSON() {
    return { of: "a point", x: this.x };
  }
}

test.each<[string, unknown]>([
  ["undefined entries", { b: undefined, a: [undefined, 1], c: { d: undefined } }],
  ["functions and symbols", { a: () => 1, b: [() => 1, Symbol("s")], c: Symbol("t") }],
  ["numbers that JSON has not", { a: Number.NaN, b: [Number.POSITIVE_INFINITY, -0] }],
  // biome-ignore lint/suspicious/noSparseArray: the case
  ["holes", [1, , 2]],
  ["objects with toJSON", { at: new URL("file:///a"), point: new Point(), nested: [new Point()] }],
  ["plain objects with toJSON", { a: { toJSON: () => ({ z: 1, b: Number.NaN }) } }],
  ["boxed values", { a: Object(1), b: Object("x"), c: Object(true) }],
  ["maps, sets and typed arrays", { a: new Map([[1, 2]]), b: new Set([1]), c: Float64Array.of(1.5, Number.NaN) }],
  ["objects without a prototype", Object.assign(Object.create(null), { b: 1, a: [{}] })],
  ["a key of a prototype's name", JSON.parse('{"__proto__": {"b": 1, "a": 2}, "constructor": 3}')],
  ["nothing", null],
])("canonicalJsonOf writes %s as JSON.stringify does, with sorted keys", (_, value) => {
  expect(canonicalJsonOf(value)).toBe(canonicalJson(JSON.parse(JSON.stringify(value))));
});

test("canonicalJsonOf refuses what JSON has no text for", () => {
  expect(() => canonicalJsonOf(1n)).toThrow(TypeError);
  expect(() => canonicalJsonOf({ a: [1n] })).toThrow(TypeError);
  expect(() => canonicalJsonOf(undefined)).toThrow();
});
