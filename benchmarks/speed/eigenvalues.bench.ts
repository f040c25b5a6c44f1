import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { LANES } from "../../src/numerics/stream.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";
import { kindOf, type PrimitivesEngine, primitivesOf } from "./engine-primitives.ts";

/** All eigenvalues of a dense symmetric matrix with Gaussian entries. */

export const cases: readonly SpeedCase[] = (
  ["reference", "native", "native-fast", "wasm", "openblas"] as const
).flatMap((engine) => [256, 512].map((n) => eigenvalues(n, engine)));

function eigenvalues(n: number, engine: PrimitivesEngine): SpeedCase {
  return {
    name: `eigenvalues n=${n}, ${engine}`,
    unit: "spectra",
    // The reduction to tridiagonal form takes 4/3 n^3, half of it products of the matrix, read once a column, with a vector.
    needs: { double: (4 / 3) * n ** 3, ...kindOf(engine) },
    open: async () => {
      const primitives = await primitivesOf(engine);
      const values = primitives.reserve(n * n + n);
      const matrix = symmetric(n);
      return () => {
        values.set(matrix);
        primitives.eigenvalues(n, 0, n * n);
        return 1;
      };
    },
  };
}

function symmetric(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  fillGaussian(openStream([1, 2, 3, 4], 0, LANES.weights), matrix, 0, n * n);
  for (let row = 0; row < n; row++)
    for (let column = 0; column < row; column++) matrix[row * n + column] = matrix[column * n + row]!;
  return matrix;
}
