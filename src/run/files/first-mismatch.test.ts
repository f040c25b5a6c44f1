import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fitted } from "./first-mismatch.ts";

const schema = z.strictObject({
  list: z.array(z.strictObject({ name: z.string(), at: z.int().optional() })),
  table: z.record(z.string(), z.array(z.number().nullable())).optional(),
});
const items = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `n${at}` }));

/** Texts of more than a hundred thousand commas are searched, shorter ones handed to the library: both must agree. */
describe.each([
  ["short", 3],
  ["long", 120_000],
])("a %s text", (_, count) => {
  const check = (value: unknown) => fitted(schema, value, JSON.stringify(value));

  test("that fits is given back", () => {
    const value = { list: items(count), table: { a: [1, null] } };
    expect(check(value)).toEqual({ data: value });
  });

  test.each([
    ["an element of another kind", { list: [...items(count), 0, 0] }, "invalid_type", ["list", count]],
    ["a field of another kind", { list: [...items(count), { name: 1 }] }, "invalid_type", ["list", count, "name"]],
    ["a missing field", { list: [...items(count), {}] }, "invalid_type", ["list", count, "name"]],
    ["an unknown field", { list: [...items(count), { name: "", x: 1 }] }, "unrecognized_keys", ["list", count]],
    ["a wrong number in a table", { list: items(count), table: { a: [1, "2"] } }, "invalid_type", ["table", "a", 1]],
    ["no list at all", { list: null, more: items(count) }, undefined, undefined],
  ])("with %s is refused at its place", (_, value, code, path) => {
    const found = check(value);
    expect("mismatch" in found).toBe(true);
    if (code !== undefined) expect(found).toMatchObject({ mismatch: { code, path } });
  });
});

test("of five million wrong elements the first one is told, in little memory", () => {
  const value = { list: new Array(5_000_000).fill(0) };
  const before = process.memoryUsage().rss;
  const found = fitted(schema, value, "0,".repeat(5_000_000));
  expect(found).toMatchObject({ mismatch: { code: "invalid_type", path: ["list", 0] } });
  expect(process.memoryUsage().rss - before).toBeLessThan(200e6);
});
