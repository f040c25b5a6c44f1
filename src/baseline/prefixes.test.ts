import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { firstContradiction, firstDifferingSpan, prefixCounts, prefixesOf } from "./prefixes.ts";

/** Samples of so many replicates, in blocks named by their place; from block `from` on they are others. */
const cell = (replicates: number, from = Infinity) => {
  const blocks = Array.from({ length: Math.ceil(replicates / 64) }, (_, at) => `${at < from ? "a" : "b"}${at}`);
  return { replicates, blocks: blocks.map((block) => (replicates % 64 === 0 ? block : `${block} of ${replicates}`)) };
};

describe("a stream is digested", () => {
  test.each([
    [0, []],
    [40, [40]],
    [64, [64]],
    [100, [64, 100]],
    [512, [64, 128, 256, 512]],
    [26624, [64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 26624]],
  ])("of %d replicates at powers of two of 64 and at its end", (replicates, counts) => {
    expect(prefixCounts(replicates)).toEqual(counts);
  });

  test("alike at what a shorter tier shares with a longer one", () => {
    const [smoke, full] = [prefixesOf(cell(512)), prefixesOf(cell(4096))];
    for (const [count, digest] of smoke) expect(full.get(count)).toBe(digest);
  });
});

describe("samples that differ from accepted ones", () => {
  test.each([
    ["equal ones", 4096, cell(4096), undefined],
    ["the first block", 4096, cell(4096, 0), [0, 63]],
    ["a block that ends at a power of two", 4096, cell(4096, 1), [64, 127]],
    ["a block in the middle", 4096, cell(4096, 20), [1024, 2047]],
    ["the last block", 4160, cell(4160, 64), [4096, 4159]],
    ["a shorter run, a prefix", 4096, cell(512), undefined],
    ["a shorter run, other from its third block on", 4096, cell(512, 2), [128, 255]],
    ["a longer run whose beginning is the same", 512, cell(4096, 8), undefined],
    ["a longer run, other from its fifth block on", 512, cell(4096, 4), [256, 511]],
  ] as const)("%s: located within a factor of two", (_, accepted, now, span) => {
    expect(firstDifferingSpan(prefixesOf(cell(accepted)), now)).toEqual(span);
  });

  test("a last block that is not full is compared only where it is as long on both sides", () => {
    const partial = (replicates: number, last: string) => ({ replicates, blocks: ["a0", last] });
    expect(firstDifferingSpan(prefixesOf(partial(100, "x")), partial(100, "x"))).toBeUndefined();
    expect(firstDifferingSpan(prefixesOf(partial(100, "x")), partial(100, "y"))).toEqual([64, 99]);
    expect(firstDifferingSpan(prefixesOf(partial(100, "x")), partial(90, "y"))).toBeUndefined();
  });

  test("the first differing block lies in the span, and the span's end is at most twice its beginning", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(399), (blocks, from) => {
        const span = firstDifferingSpan(prefixesOf(cell(64 * blocks)), cell(64 * blocks, from));
        if (from >= blocks) return span === undefined;
        const [first, last] = span!;
        return first <= 64 * from && 64 * from + 63 <= last && last + 1 <= Math.max(64, 2 * first);
      }),
    );
  });
});

test("two tables contradict each other only where both have a digest", () => {
  const one = new Map([
    [64, "a"],
    [128, "b"],
  ]);
  expect(firstContradiction(one, new Map([[64, "a"]]))).toBeUndefined();
  expect(firstContradiction(one, new Map([[100, "z"]]))).toBeUndefined();
  expect(firstContradiction(one, new Map([[128, "z"]]))).toEqual([0, 127]);
});
