import type { BatchLaw, ModelRequest, TrajectoryRequest } from "../../src/lab/contract/model-request.ts";
import { convolutionalNetwork } from "../../src/lab/networks/convolutional-network.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, type LayeredNetwork } from "../../src/lab/networks/network.ts";
import { residualNetwork } from "../../src/lab/networks/residual-network.ts";
import { extremeEigenvalues } from "../../src/lab/program/lanczos.ts";
import type { Primitives } from "../../src/lab/program/primitives.ts";
import { compileProgram } from "../../src/lab/program/program.ts";
import { trajectories } from "../../src/lab/program/trajectories.ts";
import type { SpeedCase, SpeedWork } from "../../src/speed/speed-case.ts";
import { kindOf, type PrimitivesEngine, primitivesOf } from "./engine-primitives.ts";

/**
 * W5: what the claims on digits and architectures do. A classifier in the shape of the digits (784 pixels, 23 ReLU layers of width
 * 16, ten classes, 64 pictures, cross-entropy) is trained, and the ends of its Hessian's spectrum are sought; gradients of a
 * convolutional network and of a residual one with batch normalisation. No loop depends on the pictures, so they are random.
 */

const CLASSES = 10;
const STEPS = 100;
/** Products with the Hessian for one pair of extreme eigenvalues. */
const ITERATIONS = 40;

const perceptron = classifierOf(
  multilayerPerceptron({
    widths: [784, ...new Array<number>(23).fill(16), CLASSES],
    activation: "relu",
    init: heNormal,
  }),
  64,
);

const convolutional = classifierOf(
  convolutionalNetwork({
    ...{ image: { channels: 3, height: 16, width: 16 }, channels: 16, size: 3, padding: "circular", depth: 8 },
    ...{ activation: "relu", init: heNormal, outputs: CLASSES },
  }),
  16,
);

const residual = classifierOf(
  residualNetwork({
    ...{ width: 64, depth: 16, activation: "relu", init: heNormal, scale: "1", matrices: 2, outputs: CLASSES },
    normalisation: { kind: "batch-normalisation", epsilon: 1e-5 },
  }),
  64,
);

const RATE = { rate: 1e-6 };
const sgd = { name: "gradient-descent", ...RATE } as const;
const adam = { name: "adam", ...RATE, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Multiply-adds of one example forward, and of the first layer among them, whose input needs no gradient. */
const PERCEPTRON = { all: 784 * 16 + 22 * 16 * 16 + 16 * CLASSES, first: 784 * 16 };
const CONVOLUTIONAL = {
  all: 16 * 16 * 9 * (3 * 16 + 7 * 16 * 16) + 16 * 16 * 16 * CLASSES,
  first: 16 * 16 * 9 * 3 * 16,
};
const RESIDUAL = { all: 32 * 64 * 64 + 64 * CLASSES, first: 64 * 64 };

const gradientOf = ({ all, first }: typeof PERCEPTRON, { size }: BatchLaw) => 2 * size * (3 * all - first);
const STEP = gradientOf(PERCEPTRON, perceptron.batch);
/** Tangents and cotangents of each product, and two re-orthogonalisations against all vectors so far. */
const SPECTRUM = ITERATIONS * (2 * STEP + 4 * PERCEPTRON.all * (ITERATIONS - 1));

interface Workload {
  readonly name: string;
  readonly unit: string;
  readonly double: number;
  readonly open: (primitives: Primitives) => SpeedWork;
}

const WORKLOADS: readonly Workload[] = [
  { name: "digits SGD", unit: "steps", double: STEP, open: (primitives) => train(primitives, sgd) },
  { name: "digits Adam", unit: "steps", double: STEP, open: (primitives) => train(primitives, adam) },
  { name: "extreme eigenvalues", unit: "spectra", double: SPECTRUM, open: spectrum },
  {
    ...{ name: "convolution gradient", unit: "gradients" },
    double: gradientOf(CONVOLUTIONAL, convolutional.batch),
    open: (primitives) => gradient(primitives, convolutional),
  },
  {
    ...{ name: "residual gradient", unit: "gradients" },
    double: gradientOf(RESIDUAL, residual.batch),
    open: (primitives) => gradient(primitives, residual),
  },
];

export const cases: readonly SpeedCase[] = (
  ["reference", "native", "native-fast", "wasm", "wasm-fast", "openblas"] as const
).flatMap((engine) => WORKLOADS.map((workload) => layered(workload, engine)));

function layered({ name, unit, double, open }: Workload, engine: PrimitivesEngine): SpeedCase {
  return {
    name: `${name} float64, ${engine}`,
    unit,
    needs: { double, ...kindOf(engine) },
    open: async () => open(await primitivesOf(engine)),
  };
}

function classifierOf(network: LayeredNetwork, size: number): ModelRequest {
  return {
    network,
    loss: "cross-entropy",
    batch: { size, inputs: "sphere", targets: "classes" },
    streams: { key: [1, 2, 3, 4], first: 0, count: 1 },
  };
}

function train(primitives: Primitives, optimiser: TrajectoryRequest["optimiser"]): SpeedWork {
  return () => {
    trajectories(primitives, { ...perceptron, optimiser, steps: STEPS, recordEvery: STEPS });
    return STEPS;
  };
}

function spectrum(primitives: Primitives): SpeedWork {
  return () => {
    extremeEigenvalues(primitives, { ...perceptron, iterations: ITERATIONS });
    return 1;
  };
}

function gradient(primitives: Primitives, request: ModelRequest): SpeedWork {
  const program = compileProgram(primitives, request, { order: 1 });
  program.open();
  program.load(0);
  program.evaluate();
  return () => {
    program.evaluate();
    return 1;
  };
}
