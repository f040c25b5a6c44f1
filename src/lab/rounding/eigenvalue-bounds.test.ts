import { describe, expect, test } from "vitest";
import { denseEigenvalues, updateAndMultiply, workspaceOf } from "../../numerics/dense-eigenvalues.ts";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { eigenvalueRatioBounds, smallestEigenvalueBounds } from "./eigenvalue-bounds.ts";

const SIZE = 5;

/** Symmetric, of normals. */
function matrixOf(index: number): Float64Array {
  const numbers = new Float64Array(SIZE * SIZE);
  fillGaussian(openStream([9, 8, 7, 6], index, LANES.input), numbers, 0, numbers.length);
  return numbers.map((value, at) => value + numbers[(at % SIZE) * SIZE + Math.floor(at / SIZE)]!);
}

function eigenvaluesOf(matrix: Float64Array): Float64Array {
  const memory = new Float64Array(SIZE * SIZE + workspaceOf(SIZE) + SIZE);
  memory.set(matrix);
  const workspace = SIZE * SIZE;
  const out = workspace + workspaceOf(SIZE);
  denseEigenvalues(memory, SIZE, 0, workspace, out, updateAndMultiply(memory));
  return memory.slice(out);
}

interface Seen {
  readonly logNorm: number;
  readonly logNegative: number;
  readonly logRatio: number;
}

function seenOf(matrix: Float64Array): Seen {
  const eigenvalues = eigenvaluesOf(matrix);
  const [smallest, largest] = [-eigenvalues[0]!, eigenvalues.at(-1)!];
  return {
    logNorm: Math.log(Math.max(smallest, largest)),
    logNegative: smallest > 0 ? Math.log(smallest) : -Infinity,
    logRatio: smallest > 0 ? Math.log(smallest / largest) : -Infinity,
  };
}

/** A matrix and the same with an error of `share` of its norm, in the norm of matrices. */
function pairOf(index: number, share: number): readonly [Seen, Seen] {
  // the more positive definite, the smaller a part the smallest eigenvalue is
  const shift = (index % 5) / 2;
  const matrix = matrixOf(2 * index).map((value, at) => value + (at % (SIZE + 1) === 0 ? shift : 0));
  const error = matrixOf(2 * index + 1);
  const normOf = (of: Float64Array) => Math.exp(seenOf(of).logNorm);
  const size = (share * normOf(matrix)) / normOf(error);
  return [seenOf(matrix), seenOf(matrix.map((value, at) => value + size * error[at]!))];
}

const pairs = (share: number) => Array.from({ length: 200 }, (_, index) => pairOf(index, share));
const boundsOf = {
  logNegative: (share: number, seen: readonly Seen[]) =>
    smallestEigenvalueBounds(
      share,
      Float64Array.from(seen, ({ logNegative }) => logNegative),
      Float64Array.from(seen, ({ logNorm }) => logNorm),
    ),
  logRatio: (share: number, seen: readonly Seen[]) =>
    eigenvalueRatioBounds(
      share,
      Float64Array.from(seen, ({ logRatio }) => logRatio),
    ),
};

describe.each(["logNegative", "logRatio"] as const)("a bound on %s", (name) => {
  const shareOf = (found: number, bound: number) => (found === 0 ? 0 : found / bound);

  test.each([1e-6, 1e-3, 1e-2])(
    "holds for every matrix with an error of %f of its norm, and is of its size",
    (share) => {
      const seen = pairs(share);
      const { bounds, unbounded } = boundsOf[name](
        share,
        seen.map(([was]) => was),
      );
      const shares = seen.flatMap(([was, is], row) =>
        bounds[row] === 0 ? [] : [shareOf(Math.abs(was[name] - is[name]), bounds[row]!)],
      );
      expect(shares.length).toBe(seen.length - unbounded);
      expect(unbounded).toBeLessThan(20);
      for (const each of shares) expect(each).toBeLessThanOrEqual(1);
      expect(Math.max(...shares)).toBeGreaterThan(0.2);
    },
  );

  test("does not hold for an error a hundred times as large", () => {
    const seen = pairs(1e-3);
    const { bounds } = boundsOf[name](
      1e-5,
      seen.map(([was]) => was),
    );
    expect(seen.filter(([was, is], row) => Math.abs(was[name] - is[name]) > bounds[row]!).length).toBeGreaterThan(100);
  });

  test("does not follow where an eigenvalue is as small as its error, or not negative", () => {
    const tiny = { logNorm: 0, logNegative: Math.log(1e-7), logRatio: Math.log(1e-7) };
    const none = { logNorm: 0, logNegative: -Infinity, logRatio: -Infinity };
    expect(boundsOf[name](1e-6, [tiny, none])).toEqual({ bounds: Float64Array.of(0, 0), unbounded: 2 });
  });
});

test("a network without curvature on one engine has none on the other", () => {
  const dead = Float64Array.of(-Infinity);
  expect(smallestEigenvalueBounds(1e-6, dead, dead)).toEqual({ bounds: Float64Array.of(0), unbounded: 0 });
});
