/**
 * A sorted copy, ascending, -0 before 0; NaN is not allowed. From some thousand values on by radixes, which is the sort of
 * typed arrays about three times as fast: 25 ns a value.
 */
export function sorted(values: Float64Array): Float64Array {
  return values.length < FEWEST_BY_RADIX ? values.slice().sort() : sortedByRadix(values);
}

/** Below, clearing and summing the counters costs more than it saves. */
const FEWEST_BY_RADIX = 4096;

/** Digits of 11 bits: six passes over 64 bits, and counters that stay in the first cache. */
const RADIX = 2 ** 11;
const PASSES = 6;

/** Stable passes from the lowest digit to the highest, over keys that are ordered as the numbers are. */
function sortedByRadix(values: Float64Array): Float64Array {
  const count = values.length;
  const result = values.slice();
  // The machine's byte order decides which word is which.
  const words = new Uint32Array(result.buffer);
  let from: Keys = { low: new Uint32Array(count), high: new Uint32Array(count) };
  let to: Keys = { low: new Uint32Array(count), high: new Uint32Array(count) };
  fillKeys(words, from);
  for (let pass = 0; pass < PASSES; pass++) {
    distribute(from, to, pass);
    [from, to] = [to, from];
  }
  readKeys(from, words);
  return result;
}

/** A number's bits as an unsigned integer of two words that grows with it: all flipped of negative ones, the sign of others. */
interface Keys {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
}

const HIGH = new Uint8Array(Int32Array.of(1).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;
const SIGN = 0x80000000;

function fillKeys(words: Uint32Array, { low, high }: Keys): void {
  for (let i = 0; i < low.length; i++) {
    const word = words[2 * i + HIGH]!;
    const flipped = word >= SIGN ? 0xffffffff : 0;
    high[i] = word ^ (flipped | SIGN);
    low[i] = words[2 * i + LOW]! ^ flipped;
  }
}

function readKeys({ low, high }: Keys, words: Uint32Array): void {
  for (let i = 0; i < low.length; i++) {
    const word = high[i]!;
    const flipped = word >= SIGN ? 0 : 0xffffffff;
    words[2 * i + HIGH] = word ^ (flipped | SIGN);
    words[2 * i + LOW] = low[i]! ^ flipped;
  }
}

function distribute(from: Keys, to: Keys, pass: number): void {
  const shift = 11 * pass;
  const places = new Uint32Array(RADIX);
  const { low, high } = from;
  for (let i = 0; i < low.length; i++) places[digitOf(low[i]!, high[i]!, shift)]!++;
  let place = 0;
  for (let digit = 0; digit < RADIX; digit++) {
    const counted = places[digit]!;
    places[digit] = place;
    place += counted;
  }
  for (let i = 0; i < low.length; i++) {
    const at = places[digitOf(low[i]!, high[i]!, shift)]!++;
    to.low[at] = low[i]!;
    to.high[at] = high[i]!;
  }
}

/** Bits `shift` to `shift + 10` of the two words; those beyond the highest are 0. */
function digitOf(low: number, high: number, shift: number): number {
  if (shift >= 32) return (high >>> (shift - 32)) & (RADIX - 1);
  const below = low >>> shift;
  return (shift > 21 ? below | (high << (32 - shift)) : below) & (RADIX - 1);
}
