import { cosSinTwoPi, log } from "./elementary.ts";
import type { Lane, StreamKey } from "./stream.ts";
import { threefry4x32 } from "./threefry.ts";

/**
 * An infinite sequence of 32-bit words, a pure function of its address (key, replicate, lane), and a position in it.
 *
 * Block b of the stream is Threefry4x32-20 of the counter (b mod 2^32, floor(b / 2^32), replicate, lane) under the key;
 * word w is word w mod 4 of block floor(w / 4). What each draw consumes (an engine that vectorises must keep to this):
 *
 * - Uniform i of the stream is made of words 2i (high) and 2i + 1 (low). `position` counts uniforms. `fillUniform` of n
 *   values is exactly n calls of `nextUniform`, however it is cut into pieces.
 * - Gaussian pair b is made of block b: its uniforms 2b and 2b + 1 are the radius and the angle, the cosine comes first.
 *   A Gaussian draw begins at the next whole block (a uniform left over before it is skipped), and the partner of an odd
 *   last one is discarded: n values take ceil(n / 2) blocks. So `fillGaussian` may be cut anywhere after an even number
 *   of values and nowhere else, and `nextGaussian` is `fillGaussian` of one value: a block each.
 * - Signs begin at the next whole block; sign i of a fill is bit i mod 32 of word floor(i / 32) from there (0 is +1,
 *   1 is -1), and n of them take ceil(n / 128) blocks. Fills may be cut at multiples of 128.
 */
export interface Stream {
  readonly key: Int32Array;
  readonly counter: Int32Array;
  readonly block: Int32Array;
  position: number;
}

/** The stream of one replicate and lane, at its beginning. Words are 32-bit, signed or unsigned. */
export function openStream(key: StreamKey, replicate: number, lane: Lane): Stream {
  if (!(Number.isInteger(replicate) && replicate >= 0 && replicate < 2 ** 32)) {
    throw new RangeError(`openStream requires a replicate from 0 to 2^32 - 1, got ${replicate}`);
  }
  return {
    key: Int32Array.of(key[0], key[1], key[2], key[3]),
    counter: Int32Array.of(0, 0, replicate, lane),
    block: new Int32Array(4),
    position: 0,
  };
}

/**
 * A uniform on the open interval (0, 1): an odd multiple of 2^-53, (2k + 1) 2^-53 with 52 random bits k. Every value has
 * 53 significant bits and is exact, mean and symmetry are exact, 0 and 1 cannot occur. (53 random bits and a half, as in
 * (k + 1/2) 2^-53, would need 54 bits above one half: the largest, 1 - 2^-54, would round to 1.)
 */
export function nextUniform(stream: Stream): number {
  const position = stream.position;
  stream.position = position + 1;
  if (position % 2 === 1) return secondUniform(stream.block);
  generate(stream, position / 2);
  return firstUniform(stream.block);
}

/** Uniforms into out[from], ..., out[to - 1]. */
export function fillUniform(stream: Stream, out: Float64Array, from: number, to: number): void {
  for (let i = from; i < to; i++) out[i] = nextUniform(stream);
}

/** A standard normal; takes a whole block, so that a fill is the better choice for many. */
export function nextGaussian(stream: Stream): number {
  fillGaussian(stream, pair, 0, 1);
  return pair[0]!;
}

/**
 * Standard normals into out[from], ..., out[to - 1] by Box-Muller in pairs: sqrt(-2 ln u1) times the cosine and the sine
 * of 2 pi u2. Largest absolute value 8.572 (u1 = 2^-53), beyond which the law has 1e-17 of its mass.
 */
export function fillGaussian(stream: Stream, out: Float64Array, from: number, to: number): void {
  const { block } = stream;
  let index = nextBlock(stream);
  let i = from;
  for (; i + 1 < to; i += 2) {
    generate(stream, index++);
    gaussianPair(block, out, i);
  }
  if (i < to) {
    generate(stream, index++);
    gaussianPair(block, pair, 0);
    out[i] = pair[0]!;
  }
  stream.position = 2 * index;
}

/** Independent signs, +1 or -1, into out[from], ..., out[to - 1]. */
export function fillRademacher(stream: Stream, out: Float64Array, from: number, to: number): void {
  const { block } = stream;
  let index = nextBlock(stream);
  for (let start = from; start < to; start += 128) {
    generate(stream, index++);
    const end = Math.min(start + 128, to);
    for (let i = start; i < end; i++) {
      const bit = i - start;
      out[i] = 1 - 2 * ((block[bit >>> 5]! >>> (bit & 31)) & 1);
    }
  }
  stream.position = 2 * index;
}

const pair = new Float64Array(2);

function gaussianPair(block: Int32Array, out: Float64Array, at: number): void {
  const radius = Math.sqrt(-2 * log(firstUniform(block)));
  cosSinTwoPi(secondUniform(block), out, at);
  out[at] = radius * out[at]!;
  out[at + 1] = radius * out[at + 1]!;
}

function firstUniform(block: Int32Array): number {
  return uniformOf(block[0]!, block[1]!);
}

function secondUniform(block: Int32Array): number {
  return uniformOf(block[2]!, block[3]!);
}

/** (2k + 1) 2^-53, where k is all of the high word and the upper 20 bits of the low one. */
function uniformOf(high: number, low: number): number {
  return ((high >>> 0) * 2097152 + ((low >>> 12) * 2 + 1)) * 1.1102230246251565e-16;
}

function nextBlock(stream: Stream): number {
  return Math.ceil(stream.position / 2);
}

function generate(stream: Stream, index: number): void {
  const { counter } = stream;
  counter[0] = index;
  counter[1] = index / 4294967296;
  threefry4x32(counter, stream.key, stream.block);
}
