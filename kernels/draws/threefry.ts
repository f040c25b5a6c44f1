/**
 * Threefry 4x32 with 20 rounds (src/numerics/threefry.ts), four counters side by side in the lanes of i32x4: a group.
 * A buffer holds groups one after another, 64 bytes each: four vectors, one a word of the counter, which become the four
 * words of the block. In the first two vectors stand the counter's first two words; replicate and lane are given apart.
 */

/** Skein's key-schedule parity word. */
const PARITY: i32 = 0x1bd11bda;

/** Bytes of what `prepareKey` writes: for each of the six injections four words, each in all lanes. */
export const SCHEDULE_BYTES: usize = 384;

/** The key and its parity. */
const KEY_WORDS = memory.data(20);

/** Bytes of one group in a buffer. */
export const GROUP_BYTES: usize = 64;

/** Expands the four words of a key, once, into the form that the other functions take as `key`. */
export function prepareKey(key: usize, k0: i32, k1: i32, k2: i32, k3: i32): void {
  const words = KEY_WORDS;
  store<i32>(words, k0);
  store<i32>(words, k1, 4);
  store<i32>(words, k2, 8);
  store<i32>(words, k3, 12);
  store<i32>(words, PARITY ^ k0 ^ k1 ^ k2 ^ k3, 16);
  for (let injection = 0; injection < 6; injection++) {
    for (let word = 0; word < 4; word++) {
      const value = load<i32>(words + 4 * ((injection + word) % 5)) + (word == 3 ? injection : 0);
      v128.store(key + 64 * injection + 16 * word, i32x4.splat(value));
    }
  }
}

// @ts-ignore: decorator
@inline
function rotate(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}

/**
 * Replaces the counters in `groups` groups at `buffer` by their blocks. Groups go two at a time, because one alone leaves
 * the processor waiting for its own last result: an odd last one has its neighbour overwritten too.
 */
export function threefry(key: usize, replicates: v128, lanes: v128, buffer: usize, groups: i32): void {
  const k2 = i32x4.add(replicates, v128.load(key, 32));
  const k3 = i32x4.add(lanes, v128.load(key, 48));
  const last = key + 320;
  const end = buffer + <usize>groups * GROUP_BYTES;
  for (let at = buffer; at < end; at += 2 * GROUP_BYTES) {
    let a0 = i32x4.add(v128.load(at), v128.load(key));
    let b0 = i32x4.add(v128.load(at, 64), v128.load(key));
    let a1 = i32x4.add(v128.load(at, 16), v128.load(key, 16));
    let b1 = i32x4.add(v128.load(at, 80), v128.load(key, 16));
    let a2 = k2;
    let b2 = k2;
    let a3 = k3;
    let b3 = k3;
    for (let injection = key + 64; ; injection += 128) {
      a0 = i32x4.add(a0, a1);
      b0 = i32x4.add(b0, b1);
      a2 = i32x4.add(a2, a3);
      b2 = i32x4.add(b2, b3);
      a1 = v128.xor(rotate(a1, 10), a0);
      b1 = v128.xor(rotate(b1, 10), b0);
      a3 = v128.xor(rotate(a3, 26), a2);
      b3 = v128.xor(rotate(b3, 26), b2);

      a0 = i32x4.add(a0, a3);
      b0 = i32x4.add(b0, b3);
      a2 = i32x4.add(a2, a1);
      b2 = i32x4.add(b2, b1);
      a3 = v128.xor(rotate(a3, 11), a0);
      b3 = v128.xor(rotate(b3, 11), b0);
      a1 = v128.xor(rotate(a1, 21), a2);
      b1 = v128.xor(rotate(b1, 21), b2);

      a0 = i32x4.add(a0, a1);
      b0 = i32x4.add(b0, b1);
      a2 = i32x4.add(a2, a3);
      b2 = i32x4.add(b2, b3);
      a1 = v128.xor(rotate(a1, 13), a0);
      b1 = v128.xor(rotate(b1, 13), b0);
      a3 = v128.xor(rotate(a3, 27), a2);
      b3 = v128.xor(rotate(b3, 27), b2);

      a0 = i32x4.add(a0, a3);
      b0 = i32x4.add(b0, b3);
      a2 = i32x4.add(a2, a1);
      b2 = i32x4.add(b2, b1);
      a3 = v128.xor(rotate(a3, 23), a0);
      b3 = v128.xor(rotate(b3, 23), b0);
      a1 = v128.xor(rotate(a1, 5), a2);
      b1 = v128.xor(rotate(b1, 5), b2);

      a0 = i32x4.add(a0, v128.load(injection, 0));
      b0 = i32x4.add(b0, v128.load(injection, 0));
      a1 = i32x4.add(a1, v128.load(injection, 16));
      b1 = i32x4.add(b1, v128.load(injection, 16));
      a2 = i32x4.add(a2, v128.load(injection, 32));
      b2 = i32x4.add(b2, v128.load(injection, 32));
      a3 = i32x4.add(a3, v128.load(injection, 48));
      b3 = i32x4.add(b3, v128.load(injection, 48));

      if (injection == last) break;

      a0 = i32x4.add(a0, a1);
      b0 = i32x4.add(b0, b1);
      a2 = i32x4.add(a2, a3);
      b2 = i32x4.add(b2, b3);
      a1 = v128.xor(rotate(a1, 6), a0);
      b1 = v128.xor(rotate(b1, 6), b0);
      a3 = v128.xor(rotate(a3, 20), a2);
      b3 = v128.xor(rotate(b3, 20), b2);

      a0 = i32x4.add(a0, a3);
      b0 = i32x4.add(b0, b3);
      a2 = i32x4.add(a2, a1);
      b2 = i32x4.add(b2, b1);
      a3 = v128.xor(rotate(a3, 17), a0);
      b3 = v128.xor(rotate(b3, 17), b0);
      a1 = v128.xor(rotate(a1, 11), a2);
      b1 = v128.xor(rotate(b1, 11), b2);

      a0 = i32x4.add(a0, a1);
      b0 = i32x4.add(b0, b1);
      a2 = i32x4.add(a2, a3);
      b2 = i32x4.add(b2, b3);
      a1 = v128.xor(rotate(a1, 25), a0);
      b1 = v128.xor(rotate(b1, 25), b0);
      a3 = v128.xor(rotate(a3, 10), a2);
      b3 = v128.xor(rotate(b3, 10), b2);

      a0 = i32x4.add(a0, a3);
      b0 = i32x4.add(b0, b3);
      a2 = i32x4.add(a2, a1);
      b2 = i32x4.add(b2, b1);
      a3 = v128.xor(rotate(a3, 18), a0);
      b3 = v128.xor(rotate(b3, 18), b0);
      a1 = v128.xor(rotate(a1, 20), a2);
      b1 = v128.xor(rotate(b1, 20), b2);

      a0 = i32x4.add(a0, v128.load(injection, 64));
      b0 = i32x4.add(b0, v128.load(injection, 64));
      a1 = i32x4.add(a1, v128.load(injection, 80));
      b1 = i32x4.add(b1, v128.load(injection, 80));
      a2 = i32x4.add(a2, v128.load(injection, 96));
      b2 = i32x4.add(b2, v128.load(injection, 96));
      a3 = i32x4.add(a3, v128.load(injection, 112));
      b3 = i32x4.add(b3, v128.load(injection, 112));
    }
    v128.store(at, a0);
    v128.store(at, a1, 16);
    v128.store(at, a2, 32);
    v128.store(at, a3, 48);
    v128.store(at, b0, 64);
    v128.store(at, b1, 80);
    v128.store(at, b2, 96);
    v128.store(at, b3, 112);
  }
}
