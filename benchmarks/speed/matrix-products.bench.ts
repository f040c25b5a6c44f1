import { fillGaussian, openStream } from "../../src/numerics/random.ts";
import { LANES } from "../../src/numerics/stream.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";
import { kindOf, type PrimitivesEngine, primitivesOf } from "./engine-primitives.ts";

/** Products of square matrices in each of the three layouts. */

export const cases: readonly SpeedCase[] = (
  ["reference", "native", "native-fast", "wasm", "wasm-fast", "openblas"] as const
).flatMap((engine) =>
  [32, 128, 512].flatMap((n) => [
    product(n, engine, "nn", `product n=${n} float64, ${engine}`),
    product(n, engine, "tn", `product of the transpose n=${n} float64, ${engine}`),
    product(n, engine, "nt", `product with the transpose n=${n} float64, ${engine}`),
  ]),
);

function product(n: number, engine: PrimitivesEngine, layout: "nn" | "tn" | "nt", name: string): SpeedCase {
  return {
    name,
    unit: "products",
    needs: { double: 2 * n ** 3, ...kindOf(engine) },
    open: async () => {
      const primitives = await primitivesOf(engine);
      const values = primitives.reserve(3 * n * n);
      fillGaussian(openStream([1, 2, 3, 4], 0, LANES.weights), values, 0, 2 * n * n);
      return () => {
        primitives.multiply(layout, n, n, n, 0, n * n, 2 * n * n, false);
        return 1;
      };
    },
  };
}
