import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillGaussian, nextUniform, openStream } from "../../numerics/random.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import { stateOf } from "../program/optimiser-state.ts";
import type { Primitives } from "../program/primitives.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { instantiate, type Kernels } from "./module.ts";
import { kernelPrimitives } from "./primitives.ts";

/*
 * Both implementations get the same numbers, guarded on both sides by numbers that no call may touch, and must leave the same in
 * the whole memory. A NaN may be any NaN: its sign and payload are the machine's.
 */

const kernels: Kernels = instantiate("plain");
const wasm = kernelPrimitives(kernels);
const plain = plainPrimitives();

const KEY = [1, 2, 3, 4] as const;
const GUARD = 9;
const SPECIAL = [0, -0, 1, -1, Number.NaN, Infinity, -Infinity, 5e-324, -1e-310, 1e308, -3e-160];

/** Lengths around every step that a loop takes, and nothing at all. */
const LENGTHS = [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 33];

const usual = fc.double({ min: -3, max: 3, noNaN: true });
const numbers = (length: number) =>
  fc.array(fc.oneof({ weight: 8, arbitrary: usual }, { weight: 1, arbitrary: fc.constantFrom(...SPECIAL) }), {
    minLength: length,
    maxLength: length,
  });

/** Same numbers, then the same call in both; buffers begin one after another with a guard between. */
function agree(
  sizes: readonly number[],
  fill: readonly number[],
  call: (p: Primitives, at: number[]) => unknown,
): void {
  const at: number[] = [];
  let total = GUARD;
  for (const size of sizes) {
    at.push(total);
    total += size + GUARD;
  }
  const [expected, found] = [plain, wasm].map((primitives) => {
    const memory = primitives.reserve(total);
    for (let i = 0; i < total; i++) memory[i] = fill[i % fill.length]!;
    const value = call(primitives, at);
    return [...primitives.reserve(total).subarray(0, total), value];
  });
  expect(found).toEqual(expected);
}

/** Deterministic numbers in (-1, 1) that are no short fractions. */
const filling = Array.from({ length: 997 }, (_, i) => Math.fround(Math.sin(i + 1)) * (1 + 2 ** -30));

describe("multiply", () => {
  const layouts = ["nn", "tn", "nt"] as const;
  const shapes: readonly (readonly [number, number, number])[] = [
    ...[0, 1, 2, 3].flatMap((m) => [0, 1, 8].flatMap((n) => [0, 1, 3].map((k) => [m, n, k] as const))),
    [5, 7, 6],
    [2, 9, 4],
    [17, 19, 23],
    [32, 32, 32],
    [3, 100, 40],
    [130, 9, 5],
    [34, 33, 65],
    [36, 260, 20],
    [131, 10, 259],
    [64, 40, 520],
  ];

  test.each(layouts.flatMap((layout) => shapes.map((shape) => [layout, shape] as const)))(
    "%s of shape %j has the bytes of the plain loops, from nothing and on top",
    (layout, [m, n, k]) => {
      for (const accumulate of [false, true]) {
        agree([m * k, n * k, m * n], filling, (p, [a, b, c]) => p.multiply(layout, m, n, k, a!, b!, c!, accumulate));
      }
    },
  );

  test.each(layouts)("%s carries NaN, infinities and signed zeros as the plain loops do", (layout) => {
    const size = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(size, size, size, fc.boolean(), numbers(101), (m, n, k, accumulate, fill) => {
        agree([m * k, n * k, m * n], fill, (p, [a, b, c]) => p.multiply(layout, m, n, k, a!, b!, c!, accumulate));
      }),
      { numRuns: 60 },
    );
  });
});

describe("rows", () => {
  const shapes = [0, 1, 3, 8].flatMap((rows) => LENGTHS.map((columns) => [rows, columns] as const));

  test.each(shapes)("%d x %d: a row is added to all and all are summed into one", (rows, columns) => {
    agree([columns, rows * columns], filling, (p, [row, matrix]) => p.addRow(rows, columns, row!, matrix!));
    for (const accumulate of [false, true]) {
      agree([columns, rows * columns], filling, (p, [row, matrix]) =>
        p.sumRows(rows, columns, matrix!, row!, accumulate),
      );
    }
  });

  test.each([0, 1, 4, 7, 8, 9, 19].flatMap((rows) => [0, 1, 2, 5, 40].map((length) => [rows, length] as const)))(
    "%d rows of %d: blocks of dot products and of subtractions keep each sum's order",
    (rows, length) => {
      const sizes = [rows * length, length, rows];
      agree(sizes, filling, (p, [matrix, x, out]) => p.dots(rows, length, matrix!, x!, out!));
      agree(sizes, filling, (p, [matrix, x, out]) => p.subtractRows(rows, length, matrix!, out!, x!));
    },
  );
});

describe("patches", () => {
  const images = [
    [1, 1, 1, 1],
    [2, 3, 3, 3],
    [3, 4, 7, 3],
    [1, 6, 5, 5],
    [2, 8, 16, 3],
    [1, 7, 9, 7],
  ] as const;

  test.each(images)(
    "%d images of %d x %d under a kernel of %d: gathered and scattered as pixel by pixel",
    (...shape) => {
      const [channels, height, width, size] = shape;
      const pixels = channels * height * width;
      for (const padding of ["circular", "zero"] as const) {
        const patches = { image: { channels, height, width }, size, padding };
        agree([pixels, size * size * pixels], filling, (p, [image, out]) => p.gatherPatches(patches, image!, out!));
        agree([size * size * pixels, pixels], filling, (p, [matrix, out]) => p.scatterPatches(patches, matrix!, out!));
      }
    },
  );
});

describe("normalisation", () => {
  /** Count, stride, outer, outer stride and inner: units of a batch, examples, channels of images; odd ones and single ones. */
  const groupings = [
    [7, 1, 5, 7, 1],
    [8, 1, 3, 8, 1],
    [5, 9, 1, 0, 9],
    [9, 4, 1, 0, 4],
    [3, 10, 4, 30, 10],
    [6, 9, 2, 54, 9],
    [1, 1, 1, 1, 1],
    [1, 6, 3, 6, 6],
  ] as const;

  test.each(groupings)("%d groups, stride %d, %d times %d, of %d: the bytes of the plain loops", (...sizes) => {
    const [count, stride, outer, outerStride, inner] = sizes;
    const groups = { count, stride, outer, outerStride, inner };
    const n = count * outer * inner;
    for (const epsilon of [0, 1e-3]) {
      agree([n, n, count], filling, (p, [x, y, scales]) => p.normaliseGroups(groups, x!, y!, epsilon, scales!));
    }
    agree([n, n, count, count], filling, (p, [a, y, means, products]) =>
      p.meansOfGroups(groups, a!, y!, means!, products!),
    );
    for (const inPlace of [false, true]) {
      agree([n, n, n, count, count, count], filling, (p, [a, y, out, scales, means, products]) =>
        p.projectGroups(groups, a!, y!, inPlace ? a! : out!, scales!, means!, products!),
      );
    }
  });

  test("a group whose numbers are all the same becomes zeros where epsilon is 0", () => {
    const groups = { count: 3, stride: 4, outer: 1, outerStride: 0, inner: 4 };
    agree([12, 12, 3], [2.5], (p, [x, y, scales]) => p.normaliseGroups(groups, x!, y!, 0, scales!));
  });
});

describe("elementwise", () => {
  const activations = ["relu", "linear", "tanh", "gelu", "selu", { leakySlope: 0.2 }, { leakySlope: 0 }] as const;
  const length = fc.integer({ min: 0, max: 40 });

  test.each(activations)("%j: values and two derivatives, in place or not, have the bytes of the plain loops", (f) => {
    fc.assert(
      fc.property(length, fc.boolean(), fc.boolean(), fc.boolean(), numbers(61), (n, inPlace, one, two, fill) => {
        agree([n, n, n, n], fill, (p, [z, h, first, second]) =>
          p.activate(f, n, z!, inPlace ? z! : h!, one ? first! : -1, two ? second! : -1),
        );
      }),
      { numRuns: 60 },
    );
  });

  test("tanh has the reference's bytes over its whole range", () => {
    const fill = Array.from({ length: 4001 }, (_, i) => (i - 2000) / 80 + Math.sin(i) * 1e-3);
    agree([4001, 4001], fill, (p, [z, h]) => p.activate("tanh", 4001, z!, h!, -1, -1));
  });

  test("products, scalings and sums have the bytes of the plain loops", () => {
    fc.assert(
      fc.property(length, usual, numbers(61), (n, alpha, fill) => {
        agree([n, n, n], fill, (p, [a, b, out]) => p.hadamard(n, a!, b!, out!));
        agree([n, n], fill, (p, [a, b]) => p.hadamard(n, a!, b!, b!));
        agree([n, n, n], fill, (p, [a, b, out]) => p.addHadamard(n, a!, b!, out!));
        agree([n], fill, (p, [x]) => p.scale(n, alpha, x!));
        agree([n, n], fill, (p, [x, y]) => p.axpy(n, alpha, x!, y!));
        agree([n, n], fill, (p, [x, y]) => p.dot(n, x!, y!));
      }),
    );
  });
});

describe("descend", () => {
  const optimisers: readonly Optimiser[] = [
    { name: "gradient-descent", rate: 0.1 },
    { name: "momentum", rate: 0.1, momentum: 0.9 },
    { name: "sign-descent", rate: 0.1 },
    { name: "normalised-descent", rate: 0.1, epsilon: 1e-8 },
    { name: "normalised-descent", rate: 0.1, epsilon: 0 },
    { name: "clipped-descent", rate: 0.1, threshold: 0.5 },
    { name: "rmsprop", rate: 0.1, decay: 0.99, epsilon: 1e-8 },
    { name: "rmsprop", rate: 0.1, decay: 0.99, epsilon: 0 },
    { name: "adam", rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    { name: "adam", rate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 0 },
    { name: "adagrad", rate: 0.1, epsilon: 0 },
  ];

  test.each(optimisers)("$name with epsilon $epsilon has the bytes of the plain step, state and all", (optimiser) => {
    const { first, second } = stateOf(optimiser);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 5000 }), numbers(47), (n, step, fill) => {
        agree([n, n, n, n], fill, (p, [w, g, m, v]) =>
          p.descend(optimiser, step, n, w!, g!, first ? m! : -1, second ? v! : -1),
        );
      }),
      { numRuns: 60 },
    );
  });

  test.each(optimisers.filter((optimiser) => "epsilon" in optimiser && optimiser.epsilon === 0))(
    "$name with epsilon 0 leaves every entry where gradient and state are 0",
    (optimiser) => {
      const memory = wasm.reserve(12);
      memory.set([1, -2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
      wasm.descend(optimiser, 1, 3, 0, 3, 6, 9);
      expect([...memory.subarray(0, 3)]).toEqual([1, -2, 3]);
    },
  );
});

describe("eigenvalues", () => {
  test.each([0, 1, 2, 3, 4, 7, 8, 33])("of a matrix of %d rows have the bytes of the plain loops", (n) => {
    const [expected, found] = [plain, wasm].map((primitives) => {
      const memory = primitives.reserve(n * n + n);
      for (let i = 0; i < n; i++) {
        for (let j = 0; j <= i; j++) memory[i * n + j] = memory[j * n + i] = filling[(31 * i + j) % filling.length]!;
      }
      primitives.eigenvalues(n, 0, n * n);
      return [...memory.subarray(n * n, n * n + n)];
    });
    expect(found).toEqual(expected);
  });
});

test("fillGaussian draws what the reference draws and leaves the stream where it does", () => {
  const [drawn, reference] = [openStream(KEY, 3, 0), openStream(KEY, 3, 0)];
  const expected = new Float64Array(1100);
  for (const [from, to] of [
    [0, 0],
    [0, 5],
    [5, 1030],
    [1031, 1100],
  ] as const) {
    const memory = wasm.reserve(1101);
    memory[1100] = 9;
    wasm.fillGaussian!(drawn, from, to);
    fillGaussian(reference, expected, from, to);
    expect([...memory.subarray(from, to)]).toEqual([...expected.subarray(from, to)]);
    expect(memory[1100]).toBe(9);
    // A single uniform between two fills leaves half a block behind.
    expect(nextUniform(drawn)).toBe(nextUniform(reference));
    expect(drawn.position).toBe(reference.position);
  }
});

describe("reserve", () => {
  test("follows the memory when somebody else grows it", () => {
    const before = wasm.reserve(10);
    kernels.memory.grow(1);
    expect(before.length).toBe(0);
    const after = wasm.reserve(10);
    after.fill(2, 0, 10);
    wasm.scale(10, 3, 0);
    expect([...after.subarray(0, 10)]).toEqual(new Array(10).fill(6));
  });

  test("grows to what is asked for", () => {
    expect(wasm.reserve(3_000_000).length).toBeGreaterThanOrEqual(3_000_000);
  });
});
