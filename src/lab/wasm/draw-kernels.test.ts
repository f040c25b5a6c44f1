import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { exp, log } from "../../numerics/elementary.ts";
import { KNOWN_ANSWERS, wordsOf } from "../../numerics/fixtures/threefry-known-answers.ts";
import { fillGaussian, fillRademacher, fillUniform, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { KEY_BYTES, placeKey } from "./draw-kernels.ts";
import { ensureMemory, instantiate } from "./module.ts";

const { functions, memory, heapBase } = instantiate("plain");
const KEY: StreamKey = [0x243f6a88, -2, 0x13198a2e, 7];
const OUT = heapBase + KEY_BYTES;
const MOST = 40_000;

beforeAll(() => {
  ensureMemory(memory, OUT + 8 * MOST);
  placeKey(functions, heapBase, KEY);
});

const doubles = (count: number) => new Float64Array(memory.buffer, OUT, count);
const bits = (values: Float64Array) => new BigInt64Array(values.slice().buffer);

describe("the Threefry kernel", () => {
  test.each(KNOWN_ANSWERS)(
    "gives Random123's known answer for %s in each of its lanes",
    (_name, counter, key, answer) => {
      const words = wordsOf(key);
      const [low, high, replicate, lane] = [...wordsOf(counter)] as [number, number, number, number];
      functions.prepareKey(heapBase, words[0]!, words[1]!, words[2]!, words[3]!);
      const first = (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
      for (let position = 0n; position < 8n; position++) {
        const start = BigInt.asUintN(64, first - position);
        functions.fillWords(
          Number(start & 0xffffffffn) | 0,
          Number(start >> 32n) | 0,
          replicate,
          lane,
          heapBase,
          OUT,
          8,
        );
        const block = new Uint32Array(memory.buffer, OUT + 16 * Number(position), 4);
        expect([...block].map((word) => word.toString(16).padStart(8, "0")).join(" ")).toBe(answer);
      }
      placeKey(functions, heapBase, KEY);
    },
  );
});

type Law = "Gaussian" | "Uniform" | "Rademacher";
const REFERENCE = { Gaussian: fillGaussian, Uniform: fillUniform, Rademacher: fillRademacher };

/** What the reference draws from uniform `position` of the stream on. */
function expected(law: Law, position: number, replicate: number, lane: number, count: number): Float64Array {
  const stream: Stream = openStream(KEY, replicate, lane as 0);
  stream.position = position;
  const out = new Float64Array(count);
  // A stream that stands in the middle of a block has drawn it.
  if (position % 2 === 1) {
    stream.position = position - 1;
    fillUniform(stream, out, 0, 1);
  }
  REFERENCE[law](stream, out, 0, count);
  return out;
}

function drawn(law: Law, position: number, replicate: number, lane: number, count: number): Float64Array {
  doubles(count + 1).fill(77);
  if (law === "Uniform") functions.fillUniform(position, replicate, lane, heapBase, OUT, count);
  else functions[`fill${law}`](position / 2, replicate, lane, heapBase, OUT, count);
  expect(doubles(count + 1)[count]).toBe(77);
  return doubles(count);
}

describe.each(["Gaussian", "Uniform", "Rademacher"] as const)("the fill%s kernel", (law) => {
  test.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 127, 129, 511, 512, 513, 1025, 4097, 33_000])(
    "gives the reference's bytes for %d values",
    (count) => {
      expect(bits(drawn(law, 0, 3, LANES.weights, count))).toEqual(bits(expected(law, 0, 3, LANES.weights, count)));
    },
  );

  test("gives the reference's bytes anywhere in any stream, where the counter's low word wraps too", () => {
    const block = fc.oneof(
      fc.integer({ min: 0, max: 10_000 }),
      fc.integer({ min: 2 ** 32 - 700, max: 2 ** 32 + 2 }),
      fc.integer({ min: 0, max: 2 ** 50 }),
    );
    const odd = law === "Uniform" ? fc.integer({ min: 0, max: 1 }) : fc.constant(0);
    const replicate = fc.integer({ min: 0, max: 2 ** 32 - 1 });
    const size = fc.integer({ min: 0, max: 1500 });
    fc.assert(
      fc.property(block, odd, replicate, fc.integer({ min: 0, max: 9 }), size, (first, half, row, lane, count) => {
        const position = 2 * first + half;
        expect(bits(drawn(law, position, row, lane, count))).toEqual(bits(expected(law, position, row, lane, count)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("the fillGaussianOfFour kernel", () => {
  test.each([1, 2, 3, 8, 127, 128, 129, 300])("gives %d values of four replicates side by side", (count) => {
    functions.fillGaussianOfFour(2 ** 32 - 30, 2 ** 32 - 5, LANES.noise, heapBase, OUT, count);
    const values = doubles(4 * count).slice();
    for (let j = 0; j < 4; j++) {
      const own = values.filter((_value, index) => index % 4 === j);
      expect(bits(own)).toEqual(bits(expected("Gaussian", 2 ** 33 - 60, 2 ** 32 - 5 + j, LANES.noise, count)));
    }
  });
});

/** Every exponent and sign, and the numbers at which a branch or a rounding changes. */
const NUMBERS = fc.oneof(
  fc.double(),
  fc.double({ min: -760, max: 760 }),
  fc.constantFrom(0, -0, 1, 2 ** -1022, 5e-324, 709.782712893384, 709.8, -707, -708.4, -745.13, -745.14, 709, Infinity),
);

describe.each([
  ["logArray", log],
  ["expArray", exp],
] as const)("the %s kernel", (name, reference) => {
  test("gives the reference's bytes for any numbers", () => {
    fc.assert(
      fc.property(fc.array(NUMBERS, { maxLength: 9 }), (numbers) => {
        doubles(numbers.length).set(numbers);
        functions[name](numbers.length, OUT, OUT);
        expect([...doubles(numbers.length)]).toEqual(numbers.map(reference));
      }),
      { numRuns: 2000 },
    );
  });
});
