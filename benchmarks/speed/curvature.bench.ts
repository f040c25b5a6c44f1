import type { ModelRequest } from "../../src/lab/contract/model-request.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { xavierNormal } from "../../src/lab/networks/network.ts";
import { compileProgram } from "../../src/lab/program/program.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";
import { kindOf, type PrimitivesEngine, primitivesOf } from "./engine-primitives.ts";

/** W2: gradients and Hessian-vector products of a tanh network of width 32 and depth 16 without biases, the output activated too, a batch of 64. */

const WIDTH = 32;
const DEPTH = 16;
const BATCH = 64;

const hidden = multilayerPerceptron({ width: WIDTH, depth: DEPTH, activation: "tanh", init: xavierNormal });

const REQUEST: ModelRequest = {
  network: { ...hidden, layers: [...hidden.layers, { kind: "activation", activation: "tanh" }] },
  loss: "squared",
  batch: { size: BATCH, inputs: "gaussian", targets: "gaussian" },
  streams: { key: [1, 2, 3, 4], first: 0, count: 1 },
};

/** A product of the batch with one layer's weights. */
const PRODUCT = 2 * BATCH * WIDTH * WIDTH;
/** Forward, and backward to weights and inputs, the first layer's inputs left out; a tanh with derivative takes 40 operations. */
const GRADIENT = (3 * DEPTH - 1) * PRODUCT + 40 * BATCH * WIDTH * DEPTH;
/** Tangents forward (2 a layer) and backward (2 to weights, 2 to inputs), the first layer's inputs left out. */
const HESSIAN_VECTOR = (6 * DEPTH - 3) * PRODUCT;

export const cases: readonly SpeedCase[] = (
  ["reference", "native", "native-fast", "wasm", "wasm-fast", "openblas"] as const
).flatMap((engine) => [
  curvature("gradient float64", "gradients", engine, GRADIENT, 1),
  curvature("hessian-vector float64", "products", engine, HESSIAN_VECTOR, 2),
]);

function curvature(name: string, unit: string, engine: PrimitivesEngine, double: number, order: 1 | 2): SpeedCase {
  return {
    name: `${name}, ${engine}`,
    unit,
    needs: { double, ...kindOf(engine) },
    open: async () => {
      const program = compileProgram(await primitivesOf(engine), REQUEST, { order });
      const values = program.open();
      program.load(0);
      program.evaluate();
      if (order === 2) for (let i = 0; i < program.count; i++) values[program.vector + i] = 1 / (i + 1);
      const work = order === 1 ? program.evaluate : program.differentiate;
      return () => {
        work();
        return 1;
      };
    },
  };
}
