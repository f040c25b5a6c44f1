import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, type LayeredNetwork } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { trajectories } from "../../src/lab/program/trajectories.ts";
import type { SpeedCase } from "../../src/speed/speed-case.ts";
import { kindOf, type PrimitivesEngine, primitivesOf } from "./engine-primitives.ts";

/** W3: steps of an optimiser on a ReLU network of width 32 and depth 32 without biases, the output activated too, squared loss, a batch of 128. */

const WIDTH = 32;
const DEPTH = 32;
const BATCH = 128;
const STEPS = 100;

const hidden = multilayerPerceptron({ width: WIDTH, depth: DEPTH, activation: "relu", init: heNormal });
const network: LayeredNetwork = { ...hidden, layers: [...hidden.layers, { kind: "activation", activation: "relu" }] };
const PRODUCTS = (3 * DEPTH - 1) * 2 * BATCH * WIDTH * WIDTH;
const PARAMETERS = DEPTH * WIDTH * WIDTH;

const OPTIMISERS: readonly { readonly label: string; readonly optimiser: Optimiser; readonly operations: number }[] = [
  { label: "SGD", optimiser: { name: "gradient-descent", rate: 1e-6 }, operations: 2 },
  {
    label: "Adam",
    optimiser: { name: "adam", rate: 1e-6, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    operations: 13,
  },
];

export const cases: readonly SpeedCase[] = (
  ["reference", "native", "native-fast", "wasm", "wasm-fast", "openblas"] as const
).flatMap((engine) =>
  OPTIMISERS.map(({ label, optimiser, operations }) => training(label, optimiser, operations, engine)),
);

function training(label: string, optimiser: Optimiser, operations: number, engine: PrimitivesEngine): SpeedCase {
  return {
    name: `training ${label} float64, ${engine}`,
    unit: "steps",
    needs: { double: PRODUCTS + operations * PARAMETERS, ...kindOf(engine) },
    open: async () => {
      const primitives = await primitivesOf(engine);
      return () => {
        trajectories(primitives, {
          ...{ network, loss: "squared", optimiser, steps: STEPS, recordEvery: STEPS },
          batch: { size: BATCH, inputs: "gaussian", targets: "gaussian" },
          streams: { key: [1, 2, 3, 4], first: 0, count: 1 },
        });
        return STEPS;
      };
    },
  };
}
