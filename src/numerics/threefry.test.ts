import { describe, expect, test } from "vitest";
import { KNOWN_ANSWERS, wordsOf } from "./fixtures/threefry-known-answers.ts";
import { threefry4x32 } from "./threefry.ts";

describe("threefry4x32", () => {
  test.each(KNOWN_ANSWERS)("gives Random123's known answer for %s", (_name, counter, key, answer) => {
    const block = new Int32Array(4);
    threefry4x32(wordsOf(counter), wordsOf(key), block);
    expect(hexadecimal(block)).toBe(answer);
  });

  test("may write its result over its counter", () => {
    const [, counter, key, answer] = KNOWN_ANSWERS[2];
    const words = wordsOf(counter);
    threefry4x32(words, wordsOf(key), words);
    expect(hexadecimal(words)).toBe(answer);
  });

  test("turns over about half of the result's bits when one bit of counter or key is turned over", () => {
    const [, counter, key] = KNOWN_ANSWERS[2];
    const plain = new Int32Array(4);
    threefry4x32(wordsOf(counter), wordsOf(key), plain);
    let turned = 0;
    for (let bit = 0; bit < 256; bit++) {
      const changed = [wordsOf(counter), wordsOf(key)] as const;
      changed[bit >> 7]![(bit >> 5) & 3]! ^= 1 << (bit & 31);
      const block = new Int32Array(4);
      threefry4x32(changed[0], changed[1], block);
      for (let i = 0; i < 4; i++) turned += bitsSet(block[i]! ^ plain[i]!);
    }
    // 256 * 128 fair bits: mean 16384, standard deviation 90.5; five of them.
    expect(Math.abs(turned - 16384)).toBeLessThan(453);
  });
});

function hexadecimal(words: Int32Array): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ");
}

function bitsSet(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
