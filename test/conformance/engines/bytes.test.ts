import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BYTE_EQUAL_ENGINES, openEngine } from "../../../src/lab/engines.ts";
import { DOUBLE } from "./check.ts";
import { bytes, laws, otherBytes, passes } from "./checks/bytes.ts";

const promised = BYTE_EQUAL_ENGINES.filter((name) => name !== "reference");
const opened = await Promise.all(promised.map(async (name) => ({ name, engine: await openEngine(name) })));

test("there is an engine that promises equal bytes", () => {
  expect(promised).toContain("wasm");
});

describe.each(opened)("$name", ({ engine }) => {
  test.each(bytes)("$name", ({ violations }) => {
    expect(violations(engine, DOUBLE)).toEqual([]);
  });

  test("bytes of the reference: random networks, inputs and seeds", () => {
    const slope = fc.double({ min: 0, max: 1, noNaN: true }).map((leakySlope) => ({ leakySlope }));
    const gain = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
    const networkOf = fc.record({
      widths: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 2, maxLength: 6 }),
      activation: fc.oneof(fc.constantFrom("linear" as const, "relu" as const), slope),
      init: fc.tuple(fc.constantFrom(...laws), gain).map(([law, gain]) => ({ ...law, gain })),
    });
    const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(
        networkOf,
        fc.tuple(word, word, word, word),
        fc.integer({ min: 1, max: 6 }),
        (network, key, count) => {
          for (const pass of passes({ kind: "mlp", ...network }, count, key))
            expect(otherBytes(engine, pass)).toEqual([]);
        },
      ),
      { numRuns: 60, seed: 2021 },
    );
  });
});
