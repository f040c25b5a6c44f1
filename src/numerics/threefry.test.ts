import { describe, expect, test } from "vitest";
import { threefry4x32 } from "./threefry.ts";

/** Lines "threefry4x32 20" of Random123's tests/kat_vectors: counter, key, result. */
const KNOWN_ANSWERS = [
  [
    "zeros",
    "00000000 00000000 00000000 00000000",
    "00000000 00000000 00000000 00000000",
    "9c6ca96a e17eae66 fc10ecd4 5256a7d8",
  ],
  [
    "ones",
    "ffffffff ffffffff ffffffff ffffffff",
    "ffffffff ffffffff ffffffff ffffffff",
    "2a881696 57012287 f6c7446e a16a6732",
  ],
  [
    "the digits of pi",
    "243f6a88 85a308d3 13198a2e 03707344",
    "a4093822 299f31d0 082efa98 ec4e6c89",
    "59cd1dbb b8879579 86b5d00c ac8b6d84",
  ],
] as const;

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

function wordsOf(text: string): Int32Array {
  return Int32Array.from(text.split(" "), (word) => Number.parseInt(word, 16) | 0);
}

function hexadecimal(words: Int32Array): string {
  return Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, "0")).join(" ");
}

function bitsSet(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}
