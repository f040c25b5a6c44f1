import { expect, test } from "vitest";
import { orderedColumn, sortedOnce } from "./group-column.ts";

test("a column is sorted once for all bounds of one answer, and the values stay as they were", () => {
  const values = Float64Array.of(3, Number.NEGATIVE_INFINITY, 2);
  const [group] = sortedOnce([{ columns: [values] }]);
  const ordered = orderedColumn("median", group!);
  expect([...ordered]).toEqual([Number.NEGATIVE_INFINITY, 2, 3]);
  expect(orderedColumn("median", group!)).toBe(ordered);
  expect([...values]).toEqual([3, Number.NEGATIVE_INFINITY, 2]);
});

test("a group that is judged anew after its values changed is sorted anew", () => {
  const values = Float64Array.of(3, 1, 2);
  const group = { columns: [values] };
  const first = sortedOnce([group]);
  expect([...orderedColumn("median", first[0]!)]).toEqual([1, 2, 3]);
  values[0] = 0;
  expect([...orderedColumn("median", group)]).toEqual([0, 1, 2]);
  expect([...orderedColumn("median", sortedOnce([group])[0]!)]).toEqual([0, 1, 2]);
});

test("a value without a rank is refused each time", () => {
  const [group] = sortedOnce([{ columns: [Float64Array.of(1, Number.NaN)] }]);
  for (const _ of [1, 2]) expect(() => orderedColumn("median", group!)).toThrow("got NaN at replicate 1");
});
