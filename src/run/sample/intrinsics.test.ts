import { afterEach, expect, test } from "vitest";
import { changedSince, intrinsics } from "./intrinsics.ts";

const { max } = Math;
const { map } = Array.prototype;
const shared = Object.prototype as { added?: unknown };

afterEach(() => {
  delete shared.added;
  Object.defineProperty(Math, "max", { value: max, writable: true, enumerable: false, configurable: true });
  Object.defineProperty(Array.prototype, "map", { value: map, writable: true, enumerable: false, configurable: true });
});

test("built-in objects as they were are unchanged, also where a property was taken away and put back", () => {
  const before = intrinsics();
  expect(changedSince(before)).toBeUndefined();
  const descriptor = Object.getOwnPropertyDescriptor(Math, "max")!;
  delete (Math as { max?: unknown }).max;
  Object.defineProperty(Math, "max", descriptor);
  expect(changedSince(before)).toBeUndefined();
});

test.each<[string, string, () => void]>([
  ["added", "Object.prototype.added", () => Object.assign(shared, { added: 1 })],
  ["taken away", "Math.max", () => void delete (Math as { max?: unknown }).max],
  ["replaced", "Array.prototype.map", () => Object.assign(Array.prototype, { map: () => [] })],
  ["a getter now", "Math.max", () => void Object.defineProperty(Math, "max", { get: () => max, configurable: true })],
  [
    "replaced beside one that was taken away and put back",
    "Math.max",
    () => {
      const { min } = Math;
      delete (Math as { min?: unknown }).min;
      Object.defineProperty(Math, "min", { value: min, writable: true, enumerable: false, configurable: true });
      Object.assign(Math, { max: () => 0 });
    },
  ],
])("a property that is %s is named", (_, name, change) => {
  const before = intrinsics();
  change();
  expect(changedSince(before)).toBe(name);
});
