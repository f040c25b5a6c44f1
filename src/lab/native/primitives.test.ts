import { describe, expect, test } from "vitest";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import type { Primitives } from "../program/primitives.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { kernelPrimitives } from "../wasm/primitives.ts";
import { openLibrary } from "./library.ts";
import { sizedPrimitives } from "./sized-primitives.ts";

const widest = await openLibrary();
const opened = [
  ...(await Promise.all(
    widest.sets.map(async (set) => ({
      set,
      primitives: kernelPrimitives((await openLibrary({ wanted: set })).instantiate("plain")),
    })),
  )),
  { set: "each call's kernels by its size", primitives: sizedPrimitives((near) => widest.instantiate("plain", near)) },
];

/** Around a lane, a vector of each width, a tile of 4 or 6 rows, a panel of 4, 8 or 24 columns. */
const EDGES = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 24, 25, 31, 32, 33, 47, 49];
/** Beyond a block of 128 or 256 terms, of 80 or 120 rows, of 240 columns. */
const LARGE: readonly (readonly [number, number, number])[] = [
  ...([
    [121, 17, 9],
    [5, 250, 3],
    [3, 4, 300],
    [130, 33, 260],
    [131, 245, 130],
  ] as const),
];
const SHAPES = [
  ...EDGES.map((edge, at) => [edge, EDGES[(7 * at + 3) % 19]!, EDGES[(5 * at + 11) % 19]!] as const),
  ...LARGE,
];

describe.each(opened)("the primitives with $set have the bytes of the plain ones", ({ primitives }) => {
  const plain = plainPrimitives();

  /** Names the first number that differs after the same call on the same normals. */
  function difference(length: number, call: (on: Primitives) => void): string {
    const memories = [primitives, plain].map((on) => {
      const memory = on.reserve(length);
      fillGaussian(openStream([5, 6, 7, 8], length, LANES.noise), memory, 0, length);
      call(on);
      return memory;
    });
    const [ours, theirs] = memories as [Float64Array, Float64Array];
    for (let at = 0; at < length; at++) {
      if (!Object.is(ours[at], theirs[at])) return `${ours[at]} for ${theirs[at]} at ${at} of ${length}`;
    }
    return "none";
  }

  const layouts = (["nn", "tn", "nt"] as const).flatMap((layout) => SHAPES.map((shape) => [layout, ...shape] as const));
  test.each(layouts)("%s, %i x %i, %i terms, from nothing and on top", (layout, m, n, k) => {
    const [b, c] = [m * k, m * k + k * n];
    for (const accumulate of [false, true]) {
      expect(difference(c + m * n, (on) => on.multiply(layout, m, n, k, 0, b, c, accumulate))).toBe("none");
    }
  });

  test.each(EDGES)("rows of %i, and as many of them", (edge) => {
    for (const [rows, length] of [
      [edge, 37],
      [37, edge],
      [edge, edge],
    ] as const) {
      const [x, out] = [rows * length, rows * length + length];
      expect(difference(out + rows, (on) => on.dots(rows, length, 0, x, out))).toBe("none");
      expect(difference(out + rows, (on) => on.subtractRows(rows, length, 0, out, x))).toBe("none");
      expect(difference(out + rows, (on) => on.addRow(rows, length, x, 0))).toBe("none");
      for (const on of [true, false]) {
        expect(difference(out, (primitives) => primitives.sumRows(rows, length, 0, x, on))).toBe("none");
      }
    }
  });

  test.each(EDGES)("images %i wide, under kernels of every size up to 5 that fits", (width) => {
    const [channels, height] = [2, 5];
    for (const size of [1, 3, 5].filter((length) => length <= width)) {
      const [pixels, entries] = [channels * height * width, size * size * channels * height * width];
      for (const padding of ["circular", "zero"] as const) {
        const patches = { image: { channels, height, width }, size, padding };
        expect(difference(pixels + entries, (on) => on.gatherPatches(patches, 0, pixels))).toBe("none");
        expect(difference(pixels + entries, (on) => on.scatterPatches(patches, pixels, 0))).toBe("none");
      }
    }
  });

  test.each(EDGES)("%i groups, and as many numbers in each, of units, examples and channels", (edge) => {
    for (const [count, inner] of [
      [edge, 3],
      [3, edge],
    ] as const) {
      for (const groups of [
        { count, stride: 1, outer: inner, outerStride: count, inner: 1 },
        { count, stride: inner, outer: 1, outerStride: 0, inner },
        { count, stride: inner, outer: 2, outerStride: count * inner, inner },
      ]) {
        const n = count * groups.outer * groups.inner;
        const [out, own] = [2 * n, 3 * n];
        expect(difference(own + count, (on) => on.normaliseGroups(groups, 0, n, 1e-5, own))).toBe("none");
        expect(difference(own + 2 * count, (on) => on.meansOfGroups(groups, 0, n, own, own + count))).toBe("none");
        for (const to of [0, out]) {
          const call = (on: Primitives) => on.projectGroups(groups, 0, n, to, own, own + count, own + 2 * count);
          expect(difference(own + 3 * count, call)).toBe("none");
        }
      }
    }
  });

  test.each(EDGES)("vectors of %i", (n) => {
    expect(difference(3 * n, (on) => on.hadamard(n, 0, n, 2 * n))).toBe("none");
    expect(difference(3 * n, (on) => on.hadamard(n, 0, n, 0))).toBe("none");
    expect(difference(3 * n, (on) => on.addHadamard(n, 0, n, 2 * n))).toBe("none");
    expect(difference(2 * n, (on) => on.axpy(n, 0.3, 0, n))).toBe("none");
    expect(difference(2 * n, (on) => on.scale(n, -1.7, 0))).toBe("none");
    for (const activation of ["tanh", "relu", "linear", { leakySlope: 0.2 }] as const) {
      expect(difference(4 * n, (on) => on.activate(activation, n, 0, n, 2 * n, 3 * n))).toBe("none");
      expect(difference(4 * n, (on) => on.activate(activation, n, 0, 0, 2 * n, -1))).toBe("none");
      expect(difference(4 * n, (on) => on.activate(activation, n, 0, n, -1, -1))).toBe("none");
    }
  });

  test.each(EDGES)("steps of every optimiser on %i parameters", (n) => {
    const optimisers: readonly Optimiser[] = [
      { name: "gradient-descent", rate: 0.3 },
      { name: "momentum", rate: 0.3, momentum: 0.9 },
      { name: "sign-descent", rate: 0.3 },
      { name: "normalised-descent", rate: 0.3, epsilon: 1e-8 },
      { name: "clipped-descent", rate: 0.3, threshold: 0.5 },
      { name: "rmsprop", rate: 0.3, decay: 0.9, epsilon: 1e-8 },
      { name: "adam", rate: 0.3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      { name: "adagrad", rate: 0.3, epsilon: 1e-8 },
    ];
    for (const optimiser of optimisers) {
      const twoSteps = (on: Primitives) => {
        const memory = on.reserve(4 * n);
        memory.fill(0, 2 * n, 4 * n);
        for (const step of [1, 2]) on.descend(optimiser, step, n, 0, n, 2 * n, 3 * n);
      };
      expect(difference(4 * n, twoSteps)).toBe("none");
    }
  });

  test("normals from any place of a stream, beside others in the memory", () => {
    for (const count of [1, 2, 7, 47, 48, 49, 200]) {
      const draw = (on: Primitives) => {
        const stream = openStream([1, 2, 3, 4], 5, LANES.noise);
        const memory = on.reserve(count + 10);
        for (const [from, to] of [
          [3, 4],
          [4, 4 + count],
        ] as const) {
          if (on.fillGaussian === undefined) fillGaussian(stream, memory, from, to);
          else on.fillGaussian(stream, from, to);
        }
      };
      expect(difference(count + 10, draw)).toBe("none");
    }
  });

  test.each(EDGES)("eigenvalues of %i rows", (n) => {
    const symmetric = (on: Primitives) => {
      const memory = on.reserve(n * n + n);
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) memory[i * n + j] = memory[j * n + i]!;
      on.eigenvalues(n, 0, n * n);
      // What is left of the matrix is nobody's business.
      memory.fill(0, 0, n * n);
    };
    expect(difference(n * n + n, symmetric)).toBe("none");
  });
});
