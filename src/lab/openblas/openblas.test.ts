import { env } from "node:process";
import { afterEach, describe, expect, test } from "vitest";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { UnsupportedError } from "../contract/engine.ts";
import type { Primitives } from "../program/primitives.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { openLibrary } from "./library.ts";
import { openblasPrimitives } from "./primitives.ts";

const blas = await openLibrary();
const UNIT = 2 ** -53;

/** Both implementations with the same normals from 0 on, and what lies behind them full of NaN. */
function filled(draws: number, length: number) {
  const pair = [openblasPrimitives(blas, plainPrimitives()), plainPrimitives()] as const;
  const memories = pair.map((primitives) => primitives.reserve(length).fill(Number.NaN));
  for (const memory of memories) fillGaussian(openStream([1, 2, 3, 4], 0, LANES.noise), memory, 0, draws);
  return { pair, memories };
}

/** Largest difference after the same call of both; NaN where one has a NaN that the other has not. */
function difference(draws: number, length: number, call: (primitives: Primitives) => void): number {
  const { pair, memories } = filled(draws, length);
  for (const primitives of pair) call(primitives);
  const [ours, plain] = memories as [Float64Array, Float64Array];
  return ours.reduce(
    (most, value, at) => (Object.is(value, plain[at]) ? most : Math.max(most, Math.abs(value - plain[at]!))),
    0,
  );
}

describe("primitives by OpenBLAS", () => {
  const sizes = [
    [1, 1, 1],
    [17, 31, 23],
    [64, 32, 32],
    [1, 200, 50],
    [200, 1, 50],
    [33, 40, 1],
  ] as const;
  const layouts = (["nn", "tn", "nt"] as const).flatMap((layout) =>
    sizes.flatMap((size) => [true, false].map((accumulate) => [layout, ...size, accumulate] as const)),
  );

  test.each(layouts)(
    "%s %i x %i x %i, accumulating %s: the plain product to rounding",
    (layout, m, n, k, accumulate) => {
      const [b, c] = [m * k, m * k + k * n];
      const draws = accumulate ? c + m * n : c;
      const off = difference(draws, c + m * n, (p) => p.multiply(layout, m, n, k, 0, b, c, accumulate));
      // k + 1 roundings in each of two sums whose terms are products of normals, none above 6 in absolute value.
      expect(off).toBeLessThanOrEqual(2 * (k + 1) * (k + 1) * 36 * UNIT);
    },
  );

  test("dot products of rows, and rows taken off: the plain sums to rounding", () => {
    const [rows, length] = [7, 301];
    const x = rows * length;
    const bound = 2 * length * length * 36 * UNIT;
    expect(
      difference(x + length, x + length + rows, (p) => p.dots(rows, length, 0, x, x + length)),
    ).toBeLessThanOrEqual(bound);
    expect(
      difference(x + length + rows, x + length + rows, (p) => p.subtractRows(rows, length, 0, x + length, x)),
    ).toBeLessThanOrEqual(bound);
  });

  test.each([1, 2, 5, 64, 130])("all eigenvalues of a symmetric matrix of %i rows, ascending", (n) => {
    const { pair, memories } = filled(n * n, n * n + n);
    for (const memory of memories) {
      for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) memory[i * n + j] = memory[j * n + i]!;
    }
    for (const primitives of pair) primitives.eigenvalues(n, 0, n * n);
    const [ours, plain] = memories.map((memory) => memory.slice(n * n)) as [Float64Array, Float64Array];
    // Both solvers are backward stable: off by a small multiple of n units of the norm, itself below 2 sqrt(n) and a bit.
    for (const [at, value] of ours.entries())
      expect(Math.abs(value - plain[at]!)).toBeLessThanOrEqual(64 * n * 3 * Math.sqrt(n) * UNIT);
    expect([...ours]).toEqual([...ours].sort((a, b) => a - b));
  });

  test("memory that was not reserved is refused, never handed to native code", () => {
    const primitives = openblasPrimitives(blas, plainPrimitives());
    expect(() => primitives.eigenvalues(3, 0, 9)).toThrow(TypeError);
  });

  test("memory that moved since is refused, too", () => {
    const buffer = new ArrayBuffer(800);
    const primitives = openblasPrimitives(blas, { ...plainPrimitives(), reserve: () => new Float64Array(buffer) });
    primitives.reserve(100);
    structuredClone(buffer, { transfer: [buffer] });
    expect(() => primitives.dots(1, 2, 0, 2, 4)).toThrow(
      "openblas requires memory that is reserved and has not moved since",
    );
  });
});

describe("finding an OpenBLAS", () => {
  const before = env["PLATEAU_OPENBLAS"];
  afterEach(() => {
    if (before === undefined) delete env["PLATEAU_OPENBLAS"];
    else env["PLATEAU_OPENBLAS"] = before;
  });

  test("it says which it is, for which processor, and that it has one thread", () => {
    expect(blas.versions).toMatchObject({
      openblas: expect.stringMatching(/^\d+\.\d+\.\d+/),
      kernel: expect.stringMatching(/\w/),
      threads: "1",
      koffi: expect.stringMatching(/^\d+\.\d+/),
    });
  });

  test("a library that is not there is unsupported, with the reason and the cure, and no other is taken", async () => {
    env["PLATEAU_OPENBLAS"] = "/nowhere/libopenblas.so";
    const error = await openLibrary().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsupportedError);
    expect((error as Error).message).toMatch(
      /^engine openblas requires an OpenBLAS \(apt-get install libopenblas0-pthread/,
    );
    expect((error as Error).message).toContain("/nowhere/libopenblas.so");
  });

  test("a library without OpenBLAS's functions is unsupported, too", async () => {
    env["PLATEAU_OPENBLAS"] = "libc.so.6";
    const error = await openLibrary().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UnsupportedError);
    expect((error as Error).message).toContain("libc.so.6: ");
  });
});
