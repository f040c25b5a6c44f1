import { describe, expect, test } from "vitest";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import type { Primitives } from "../program/primitives.ts";
import { plainPrimitives } from "./plain-primitives.ts";

/** Primitives whose memory begins with standard normals: as many as asked for. */
function opened(length: number): { readonly primitives: Primitives; readonly memory: Float64Array } {
  const primitives = plainPrimitives();
  const memory = primitives.reserve(length);
  fillGaussian(openStream([71, 72, 73, 74], 0, 0), memory, 0, length);
  return { primitives, memory };
}

describe("multiply", () => {
  const shapes = [
    [1, 1, 1],
    [2, 3, 4],
    [5, 7, 9],
    [4, 4, 8],
    [3, 1, 6],
    [1, 9, 2],
  ] as const;
  const layouts = ["nn", "tn", "nt"] as const;
  const cases = layouts.flatMap((layout) =>
    shapes.flatMap(([m, n, k]) => [false, true].map((accumulate) => ({ layout, m, n, k, accumulate }))),
  );

  test.each(cases)(
    "$layout of $m x $n x $k, accumulate $accumulate: the plain sum, to the last bit",
    ({ layout, m, n, k, accumulate }) => {
      const { primitives, memory } = opened(200);
      const [a, b, c] = [3, 3 + m * k, 3 + m * k + k * n];
      const before = memory.slice();
      primitives.multiply(layout, m, n, k, a, b, c, accumulate);
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < n; j++) {
          let sum = accumulate ? before[c + i * n + j]! : 0;
          for (let p = 0; p < k; p++) {
            const left = before[a + (layout === "tn" ? p * m + i : i * k + p)]!;
            sum += left * before[b + (layout === "nt" ? j * k + p : p * n + j)]!;
          }
          expect(memory[c + i * n + j]).toBe(sum);
        }
      }
      before.set(memory.subarray(c, c + m * n), c);
      expect(memory).toEqual(before);
    },
  );
});

describe("patches", () => {
  const image = { channels: 1, height: 2, width: 3 };
  /** 0 1 2 over 3 4 5: what the upper left entry of a 3 x 3 kernel meets at each place. */
  test.each([
    ["circular", [5, 3, 4, 2, 0, 1]],
    ["zero", [0, 0, 0, 0, 0, 1]],
  ] as const)("by %s padding a kernel of 3 sees the neighbours written out by hand", (padding, corner) => {
    const primitives = plainPrimitives();
    const memory = primitives.reserve(60);
    for (let pixel = 0; pixel < 6; pixel++) memory[pixel] = pixel;
    const patches = { image, size: 3, padding };
    primitives.gatherPatches(patches, 0, 6);
    expect([...memory.subarray(6, 12)]).toEqual(corner);
    expect([...memory.subarray(6 + 4 * 6, 6 + 5 * 6)]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test.each(["circular", "zero"] as const)("scattering is the transpose of gathering, %s", (padding) => {
    const { primitives, memory } = opened(300);
    const patches = { image: { channels: 2, height: 3, width: 4 }, size: 3, padding };
    const [pixels, entries] = [24, 216];
    const x = memory.slice(0, pixels);
    const y = memory.slice(pixels, pixels + entries);
    memory.fill(0, pixels + entries, 2 * pixels + entries);
    primitives.scatterPatches(patches, pixels, pixels + entries);
    const scattered = memory.slice(pixels + entries, 2 * pixels + entries);
    primitives.gatherPatches(patches, 0, pixels);
    const product = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
    // A sum of 216 products of normals, rounded in another order.
    expect(product(memory.slice(pixels, pixels + entries), y)).toBeCloseTo(product(x, scattered), 11);
  });
});

describe("elementwise and by rows", () => {
  test("rows are added to and summed from 0 up", () => {
    const { primitives, memory } = opened(40);
    const before = memory.slice();
    primitives.addRow(3, 4, 0, 10);
    for (let r = 0; r < 3; r++) {
      for (let c = 0; c < 4; c++) expect(memory[10 + 4 * r + c]).toBe(before[10 + 4 * r + c]! + before[c]!);
    }
    const matrix = memory.slice(10, 22);
    primitives.sumRows(3, 4, 10, 0, false);
    primitives.sumRows(3, 4, 10, 30, true);
    for (let c = 0; c < 4; c++) {
      const column = [matrix[c]!, matrix[4 + c]!, matrix[8 + c]!];
      expect(memory[c]).toBe(column.reduce((sum, x) => sum + x, 0));
      expect(memory[30 + c]).toBe(column.reduce((sum, x) => sum + x, before[30 + c]!));
    }
  });

  test("products, scaling and multiples, in place where an output is an input", () => {
    const { primitives, memory } = opened(20);
    const x = memory.slice(0, 5);
    const y = memory.slice(5, 10);
    primitives.hadamard(5, 0, 5, 10);
    expect(memory.slice(10, 15)).toEqual(x.map((value, i) => value * y[i]!));
    primitives.addHadamard(5, 0, 5, 10);
    expect(memory.slice(10, 15)).toEqual(x.map((value, i) => 2 * (value * y[i]!)));
    primitives.hadamard(5, 0, 5, 0);
    expect(memory.slice(0, 5)).toEqual(x.map((value, i) => value * y[i]!));
    primitives.scale(5, -3, 0);
    expect(memory.slice(0, 5)).toEqual(x.map((value, i) => value * y[i]! * -3));
    const scaled = memory.slice(0, 5);
    primitives.axpy(5, 0.7, 0, 5);
    expect(memory.slice(5, 10)).toEqual(y.map((value, i) => value + 0.7 * scaled[i]!));
  });

  test("blocks of dot products and of subtractions are the single ones, row after row", () => {
    const { primitives, memory } = opened(40);
    const before = memory.slice();
    primitives.dots(3, 5, 0, 15, 20);
    for (let r = 0; r < 3; r++) expect(memory[20 + r]).toBe(primitives.dot(5, 5 * r, 15));
    let sum = 0;
    for (let i = 0; i < 5; i++) sum += before[i]! * before[15 + i]!;
    expect(memory[20]).toBe(sum);
    primitives.subtractRows(3, 5, 0, 20, 15);
    for (let i = 0; i < 5; i++) {
      let value = before[15 + i]!;
      for (let r = 0; r < 3; r++) value -= memory[20 + r]! * before[5 * r + i]!;
      expect(memory[15 + i]).toBe(value);
    }
  });

  test("eigenvalues of a matrix with known ones, ascending", () => {
    const { primitives, memory } = opened(20);
    memory.set([2, 1, 0, 1, 2, 0, 0, 0, -5]);
    primitives.eigenvalues(3, 0, 10);
    // Three rotations of a matrix of norm 5.
    for (const [index, value] of [-5, 1, 3].entries()) expect(memory[10 + index]).toBeCloseTo(value, 13);
  });

  test("memory that was reserved is there again, and more when more is needed", () => {
    const primitives = plainPrimitives();
    primitives.reserve(4)[0] = 3;
    expect(primitives.reserve(2)[0]).toBe(3);
    expect(primitives.reserve(1000).length).toBeGreaterThanOrEqual(1000);
  });
});

describe("activate", () => {
  const z = [-2, -0.5, -0, 0, 0.25, 3];

  test.each([
    ["linear", (x: number) => [x, 1, 0]],
    ["relu", (x: number) => [Math.max(x, 0), x > 0 ? 1 : 0, 0]],
    [{ leakySlope: 0.1 }, (x: number) => (x > 0 ? [x, 1, 0] : [0.1 * x, 0.1, 0])],
    [
      "tanh",
      (x: number) => {
        const h = Math.tanh(x);
        return [h, 1 - h * h, -2 * h * (1 - h * h)];
      },
    ],
  ] as const)("%o: value, derivative and second derivative, in place or not, wanted or not", (activation, expected) => {
    const { primitives, memory } = opened(40);
    memory.set(z);
    primitives.activate(activation, z.length, 0, 10, 20, 30);
    for (const [index, x] of z.entries()) {
      const [value, first, second] = expected(x);
      // Two ulps of tanh in numbers of size at most 1, twice over in the second derivative.
      expect(Math.abs(memory[10 + index]! - value!)).toBeLessThan(2 ** -51);
      expect(Math.abs(memory[20 + index]! - first!)).toBeLessThan(2 ** -50);
      expect(Math.abs(memory[30 + index]! - second!)).toBeLessThan(2 ** -49);
    }
    const separate = memory.slice(10, 10 + z.length);
    const others = memory.slice(20, 40);
    primitives.activate(activation, z.length, 0, 0, -1, -1);
    expect(memory.slice(0, z.length)).toEqual(separate);
    expect(memory.slice(20, 40)).toEqual(others);
  });

  test.each(["linear", "relu", { leakySlope: 0.1 }, "tanh"] as const)("%o: a NaN stays one", (activation) => {
    const { primitives, memory } = opened(2);
    memory[0] = Number.NaN;
    primitives.activate(activation, 1, 0, 1, -1, -1);
    expect(memory[1]).toBeNaN();
  });
});
