import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cosSinTwoPi, log } from "./elementary.ts";
import {
  fillGaussian,
  fillRademacher,
  fillUniform,
  nextGaussian,
  nextUniform,
  openStream,
  type Stream,
} from "./random.ts";
import { LANES, type StreamKey } from "./stream.ts";
import { threefry4x32 } from "./threefry.ts";

/** The digits of pi: an address that nobody chose for its outcome. */
const KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const DRAWS = 1_000_000;
/** A seeded test cannot flake; five standard errors say what a wrong law would have to hide under. */
const ERRORS = 5;

const laws = [
  ["uniforms", fillUniform, 1],
  ["Gaussians", fillGaussian, 2],
  ["signs", fillRademacher, 128],
] as const;

describe("openStream", () => {
  test.each([-1, 0.5, 2 ** 32, Number.NaN])("refuses replicate %d", (replicate) => {
    expect(() => openStream(KEY, replicate, LANES.weights)).toThrow(
      `openStream requires a replicate from 0 to 2^32 - 1, got ${replicate}`,
    );
  });

  test("takes the words of a key signed or unsigned", () => {
    expect(drawn([-1, -2, 3, 4], 0)).toEqual(drawn([0xffffffff, 0xfffffffe, 3, 4], 0));
  });

  test("puts block, replicate and lane in the counter and the family in the key", () => {
    const stream = openStream(KEY, 7, LANES.noise);
    const words = blockAt([1, 0, 7, LANES.noise]);
    fillUniform(stream, new Float64Array(2), 0, 2);
    expect(nextUniform(stream)).toBe(uniformOf(words[0]!, words[1]!));
    expect(nextUniform(stream)).toBe(uniformOf(words[2]!, words[3]!));
  });

  test("carries into the counter's second word after 2^32 blocks", () => {
    const stream = openStream(KEY, 7, LANES.noise);
    stream.position = 2 * (3 * 2 ** 32 + 5);
    const words = blockAt([5, 3, 7, LANES.noise]);
    expect(nextUniform(stream)).toBe(uniformOf(words[0]!, words[1]!));
  });
});

describe("a stream is a function of its address", () => {
  test("so that the order in which replicates are drawn cannot matter", () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 });
    const alone = Array.from({ length: 8 }, (_, replicate) => drawn(KEY, replicate));
    fc.assert(
      fc.property(order, (replicates) => {
        for (const replicate of replicates) expect(drawn(KEY, replicate)).toEqual(alone[replicate]);
      }),
      { seed: 1, numRuns: 20 },
    );
  });

  test("so that interleaved streams do not disturb each other", () => {
    const a = openStream(KEY, 0, LANES.weights);
    const b = openStream(KEY, 1, LANES.weights);
    const interleaved = Array.from({ length: 50 }, () => [nextUniform(a), nextGaussian(b), nextUniform(a)]);
    const alone = openStream(KEY, 0, LANES.weights);
    expect(interleaved.flatMap(([first, , second]) => [first, second])).toEqual(
      Array.from({ length: 100 }, () => nextUniform(alone)),
    );
  });

  test("and any difference in key, replicate or lane gives other draws", () => {
    const addresses = [
      [KEY, 0, LANES.weights],
      [KEY, 1, LANES.weights],
      [KEY, 0, LANES.input],
      ...KEY.map((_, word) => [KEY.map((value, i) => (i === word ? value ^ 1 : value)), 0, LANES.weights] as const),
    ] as unknown as readonly [StreamKey, number, 0][];
    const firsts = addresses.map(([key, replicate, lane]) => nextUniform(openStream(key, replicate, lane)));
    expect(new Set(firsts).size).toBe(addresses.length);
  });

  test("and neighbouring replicates, lanes and keys are uncorrelated", () => {
    const base = gaussians(openStream(KEY, 0, LANES.weights), DRAWS);
    const neighbours = [
      openStream(KEY, 1, LANES.weights),
      openStream(KEY, 0, LANES.input),
      openStream([KEY[0] + 1, KEY[1], KEY[2], KEY[3]], 0, LANES.weights),
    ];
    for (const neighbour of neighbours) {
      const other = gaussians(neighbour, DRAWS);
      // A mean of products of independent standard normals has standard error 1 / sqrt(n).
      expect(Math.abs(mean(base.map((x, i) => x * other[i]!)))).toBeLessThan(ERRORS / Math.sqrt(DRAWS));
    }
  });
});

describe("what a draw consumes", () => {
  test.each(laws)("%s may be filled in pieces at any multiple of their block", (_name, fill, block) => {
    const cuts = fc.array(fc.nat({ max: 6 }), { maxLength: 6 });
    fc.assert(
      fc.property(cuts, fc.nat({ max: 200 }), (pieces, rest) => {
        const total = pieces.reduce((sum, piece) => sum + piece * block, rest);
        const whole = filled(fill, [total]);
        expect(filled(fill, [...pieces.map((piece) => piece * block), rest])).toEqual(whole);
      }),
      { seed: 2, numRuns: 50 },
    );
  });

  test.each(laws)("%s are written between `from` and `to` only", (_name, fill) => {
    const out = new Float64Array(20).fill(9);
    fill(openStream(KEY, 0, LANES.weights), out, 3, 16);
    expect([...out.slice(0, 3), ...out.slice(16)]).toEqual(new Array(7).fill(9));
    expect(out.slice(3, 16)).toEqual(filled(fill, [13]));
  });

  test.each(laws)("no %s are no draws", (_name, fill) => {
    const stream = openStream(KEY, 0, LANES.weights);
    fill(stream, new Float64Array(0), 0, 0);
    expect(stream.position).toBe(0);
  });

  test("Gaussian pair b is the cosine and the sine of uniforms 2b and 2b + 1", () => {
    const u = filled(fillUniform, [6]);
    const circle = new Float64Array(6);
    for (const at of [0, 2, 4]) cosSinTwoPi(u[at + 1]!, circle, at);
    const expected = circle.map((value, i) => Math.sqrt(-2 * log(u[i - (i % 2)]!)) * value);
    expect(filled(fillGaussian, [6])).toEqual(expected);
  });

  test("an odd number of Gaussians discards the partner of the last", () => {
    const whole = filled(fillGaussian, [8]);
    expect([...filled(fillGaussian, [3, 4])]).toEqual([...whole.slice(0, 3), ...whole.slice(4, 8)]);
  });

  test("nextGaussian is a fill of one", () => {
    const stream = openStream(KEY, 0, LANES.weights);
    expect([nextGaussian(stream), nextGaussian(stream)]).toEqual([...filled(fillGaussian, [1, 1])]);
  });

  test("Gaussians after an odd number of uniforms skip one and begin at the next block", () => {
    const stream = openStream(KEY, 0, LANES.weights);
    nextUniform(stream);
    const late = openStream(KEY, 0, LANES.weights);
    late.position = 2;
    expect(gaussians(stream, 4)).toEqual(gaussians(late, 4));
    expect(stream.position).toBe(6);
  });

  test("a uniform after Gaussians is the first of the next block", () => {
    const stream = openStream(KEY, 0, LANES.weights);
    gaussians(stream, 3);
    expect(nextUniform(stream)).toBe(filled(fillUniform, [5])[4]);
  });

  test("sign i of a fill is bit i mod 32 of word floor(i / 32) from the next whole block", () => {
    const words = [...blockAt([1, 0, 0, 0]), ...blockAt([2, 0, 0, 0])];
    const stream = openStream(KEY, 0, LANES.weights);
    nextUniform(stream);
    const signs = new Float64Array(200);
    fillRademacher(stream, signs, 0, 200);
    expect([...signs]).toEqual(Array.from({ length: 200 }, (_, i) => 1 - 2 * ((words[i >> 5]! >>> (i & 31)) & 1)));
    expect(stream.position).toBe(6);
  });
});

describe("uniforms", () => {
  test.each([
    ["least", 0, 0, 2 ** -53],
    ["least above a half", 0x80000000 | 0, 0, 0.5 + 2 ** -53],
    ["greatest", -1, -1, 1 - 2 ** -53],
  ])("the %s is exact and inside the open interval", (_name, high, low, value) => {
    // A stream whose current block holds the words, one uniform having been drawn from it.
    const stream: Stream = { ...openStream(KEY, 0, 0), block: Int32Array.of(0, 0, high, low), position: 1 };
    expect(nextUniform(stream)).toBe(value);
  });

  test("are odd multiples of 2^-53", () => {
    for (const u of filled(fillUniform, [1000])) expect((u * 2 ** 53) % 2).toBe(1);
  });

  test("never are 0 or 1 and have the moments and the independence of the law", () => {
    const u = filled(fillUniform, [DRAWS]);
    expect(u.every((value) => value > 0 && value < 1)).toBe(true);
    const centred = u.map((value) => value - 0.5);
    // Var U = 1/12; Var U^2 = 1/80 - 1/144 = 1/180; the fourth central moment is 1/80 with variance 1/2304 - 1/6400.
    expectMean(centred, 0, 1 / 12);
    expectMean(
      centred.map((x) => x * x),
      1 / 12,
      1 / 180,
    );
    expectMean(
      centred.map((x) => x ** 4),
      1 / 80,
      1 / 2304 - 1 / 6400,
    );
    for (const lag of [1, 2, 3, 4])
      expectMean(
        centred.slice(lag).map((x, i) => x * centred[i]!),
        0,
        1 / 144,
      );
  });

  test("fill 256 equal bins evenly, by their leading and by their trailing bits", () => {
    const leading = new Float64Array(256);
    const trailing = new Float64Array(256);
    for (const u of filled(fillUniform, [DRAWS])) {
      leading[Math.floor(u * 256)]!++;
      trailing[((u * 2 ** 53 - 1) / 2) % 256]!++;
    }
    // Chi-square with 255 degrees of freedom: mean 255, standard deviation sqrt(510) = 22.6.
    for (const bins of [leading, trailing]) {
      const chiSquare = bins.reduce((sum, count) => sum + (count - DRAWS / 256) ** 2 / (DRAWS / 256), 0);
      expect(Math.abs(chiSquare - 255)).toBeLessThan(ERRORS * 22.6);
    }
  });
});

describe("Gaussians", () => {
  test("have the first eight moments of the law and are independent of their neighbours", () => {
    const g = filled(fillGaussian, [DRAWS]);
    // E X^(2k) = (2k - 1)!!; the variance of X^k is E X^(2k) - (E X^k)^2.
    const moments = [1, 0, 1, 0, 3, 0, 15, 0, 105, 0, 945, 0, 10395, 0, 135135, 0, 2027025];
    for (let k = 1; k <= 8; k++)
      expectMean(
        g.map((x) => x ** k),
        moments[k]!,
        moments[2 * k]! - moments[k]! ** 2,
      );
    for (const lag of [1, 2, 3, 4])
      expectMean(
        g.slice(lag).map((x, i) => x * g[i]!),
        0,
        1,
      );
    // Squares of a Box-Muller pair share their radius; their correlation must vanish all the same. Var X^2 Y^2 = 9 - 1.
    expectMean(
      g.slice(1).map((x, i) => x ** 2 * g[i]! ** 2),
      1,
      8,
    );
  });

  test("lie below the published quantiles as often as they should", () => {
    const g = filled(fillGaussian, [DRAWS]);
    // NIST Handbook, table 1.3.6.7.1: P(X < x).
    const table = [
      [-3, 0.00135],
      [-1, 0.15866],
      [0, 0.5],
      [0.5, 0.69146],
      [1, 0.84134],
      [2, 0.97725],
      [3, 0.99865],
    ] as const;
    for (const [x, p] of table)
      expectMean(
        g.map((value) => (value < x ? 1 : 0)),
        p,
        p * (1 - p),
      );
  });

  test("reach no farther than sqrt(106 ln 2)", () => {
    // The radius at the least uniform, 2^-53.
    const furthest = Math.sqrt(-2 * log(2 ** -53));
    expect(furthest).toBeCloseTo(8.57167, 5);
    expect(filled(fillGaussian, [DRAWS]).every((value) => Math.abs(value) < furthest)).toBe(true);
  });
});

describe("signs", () => {
  test("are +1 or -1, balanced and independent of their neighbours", () => {
    const signs = filled(fillRademacher, [DRAWS]);
    expect(signs.every((value) => value === 1 || value === -1)).toBe(true);
    expectMean(signs, 0, 1);
    for (const lag of [1, 2, 31, 32, 33, 128])
      expectMean(
        signs.slice(lag).map((x, i) => x * signs[i]!),
        0,
        1,
      );
  });
});

function drawn(key: StreamKey, replicate: number): readonly number[] {
  const stream = openStream(key, replicate, LANES.weights);
  return [nextUniform(stream), nextGaussian(stream), nextUniform(stream), ...gaussians(stream, 5)];
}

function gaussians(stream: Stream, count: number): Float64Array {
  const out = new Float64Array(count);
  fillGaussian(stream, out, 0, count);
  return out;
}

/** Fills pieces of these lengths one after the other from a fresh stream. */
function filled(
  fill: (s: Stream, o: Float64Array, f: number, t: number) => void,
  pieces: readonly number[],
): Float64Array {
  const out = new Float64Array(pieces.reduce((sum, piece) => sum + piece, 0));
  const stream = openStream(KEY, 0, LANES.weights);
  let at = 0;
  for (const piece of pieces) {
    fill(stream, out, at, at + piece);
    at += piece;
  }
  return out;
}

function blockAt(counter: readonly number[]): Int32Array {
  const block = new Int32Array(4);
  threefry4x32(Int32Array.from(counter), Int32Array.from(KEY), block);
  return block;
}

/** The definition, (2k + 1) 2^-53 with k the upper 52 of 64 bits, in whole numbers. */
function uniformOf(high: number, low: number): number {
  const k = ((BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)) >> 12n;
  return Number(2n * k + 1n) / 2 ** 53;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function expectMean(values: Float64Array, expected: number, variance: number): void {
  expect(Math.abs(mean(values) - expected)).toBeLessThan(ERRORS * Math.sqrt(variance / values.length));
}
