import { describe, expect, test } from "vitest";
import { openNative } from "../../../src/lab/native/engine.ts";
import { openLibrary } from "../../../src/lab/native/library.ts";
import { DOUBLE } from "./check.ts";
import { bytes } from "./checks/bytes.ts";

const { sets } = await openLibrary();
const opened = await Promise.all(sets.map(async (set) => ({ set, engine: await openNative(set) })));

/** The widest set is what every other test of the engine runs on. */
describe.each(opened.slice(0, -1))("native with $set", ({ engine }) => {
  test.each(bytes)("$name", ({ violations }) => {
    expect(violations(engine, DOUBLE)).toEqual([]);
  });
});

test("instructions that the machine has not are refused with those that it has", async () => {
  await expect(openNative("abacus")).rejects.toThrow(
    `engine native requires instructions among ${sets.join(", ")}, got abacus`,
  );
});
