import { type Training, trainingOnDigits } from "../../../benchmarks/training/training-on-digits.ts";
import type { Optimiser } from "../../../src/lab/networks/optimiser.ts";
import { mnistDigits } from "../digits/mnist-digits.ts";
import { type Architecture, classifier } from "./classifiers.ts";

/** Without its rate, which is tuned. */
type Method = (rate: number) => Optimiser;

const descent: Method = (rate) => ({ name: "gradient-descent", rate });
const momentum: Method = (rate) => ({ name: "momentum", rate, momentum: 0.9 });
const clipped: Method = (rate) => ({ name: "clipped-descent", rate, threshold: 1 });
const normalised: Method = (rate) => ({ name: "normalised-descent", rate, epsilon: 0 });
const sign: Method = (rate) => ({ name: "sign-descent", rate });
const adagrad: Method = (rate) => ({ name: "adagrad", rate, epsilon: 0 });
const rmsprop: Method = (rate) => ({ name: "rmsprop", rate, decay: 0.99, epsilon: 0 });
const adam: Method = (rate) => ({ name: "adam", rate, beta1: 0.9, beta2: 0.999, epsilon: 0 });

/** One way to train, whose rate was chosen among `rates` on networks and pictures that no claim sees. */
export interface Arm {
  readonly method: Method;
  readonly width: number;
  readonly depth: number;
  readonly architecture: Architecture;
  readonly steps: number;
  /** Pictures a step; absent: all. */
  readonly miniBatch?: number;
  readonly rates: readonly number[];
  /** What the rate was chosen for: to leave the label frequencies' loss behind, or to fit the pictures; see the experiment. */
  readonly aim: "leaves" | "learns";
  /** The best of them by `tuning-grid.json`; a test holds it to that. */
  readonly rate: number;
}

const narrow = { width: 16, depth: 24, architecture: "plain", steps: 200, aim: "learns" } as const;
const deepest = { ...narrow, depth: 64 } as const;
/** A quarter of the pictures a step: an epoch is four steps, so that the same number of pictures is seen as in 100 full-batch steps. */
const mini = { ...narrow, steps: 400, miniBatch: 16 } as const;
/** Too few steps to learn in, enough to leave. */
const hasty = { ...deepest, steps: 40, aim: "leaves" } as const;

/**
 * Width 16 and 24 weight matrices unless an arm says otherwise. Methods that are expected to stay on the plateau are given the
 * longer lists of rates: what the choice of a rate can do, it does for them.
 */
export const ARMS = {
  descent: { ...narrow, method: descent, rates: [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1], rate: 0.1 },
  momentum: { ...narrow, method: momentum, rates: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3], rate: 0.03 },
  clipped: { ...narrow, method: clipped, rates: [0.02, 0.05, 0.1, 0.2, 0.5, 1], rate: 0.5 },
  normalised: { ...narrow, method: normalised, rates: [0.01, 0.03, 0.1, 0.2, 0.3, 1], rate: 0.2 },
  adam: { ...narrow, method: adam, rates: [0.001, 0.002, 0.004, 0.008], rate: 0.002 },
  rmsprop: { ...narrow, method: rmsprop, rates: [0.0003, 0.001, 0.002], rate: 0.002 },
  sign: { ...narrow, method: sign, rates: [0.001, 0.003, 0.006, 0.01], rate: 0.01 },
  adagrad: { ...narrow, method: adagrad, rates: [0.003, 0.01, 0.03], rate: 0.01 },
  shallow: { ...narrow, depth: 8, method: descent, rates: [0.1, 0.3, 0.6], rate: 0.3 },
  wide: { ...narrow, width: 96, method: descent, rates: [0.03, 0.05, 0.1], rate: 0.03 },
  residual: { ...narrow, architecture: "residual", method: descent, rates: [0.1, 0.3, 1, 3], rate: 1 },
  "batch-normalised": {
    ...narrow,
    architecture: "batch-normalised",
    method: descent,
    rates: [0.1, 0.2, 0.5, 1],
    rate: 1,
  },
  "layer-normalised": {
    ...narrow,
    architecture: "layer-normalised",
    method: descent,
    rates: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
    rate: 0.01,
  },
  "layer-normalised-adam": {
    ...narrow,
    architecture: "layer-normalised",
    method: adam,
    rates: [0.001, 0.002, 0.004],
    rate: 0.004,
  },
  "deepest-descent": { ...hasty, method: descent, rates: [0.005, 0.01, 0.02, 0.05, 0.1, 0.2], rate: 0.02 },
  "deepest-adam": { ...hasty, method: adam, rates: [0.001, 0.002, 0.004, 0.008], rate: 0.002 },
  "deepest-normalised": { ...deepest, method: normalised, rates: [0.03, 0.1, 0.2, 0.3, 1], rate: 0.3 },
  "deepest-residual": { ...deepest, architecture: "residual", method: descent, rates: [0.3, 1, 3], rate: 1 },
  "mini-batch-descent": { ...mini, method: descent, rates: [0.01, 0.02, 0.05, 0.1, 0.2, 0.4, 1], rate: 0.1 },
  "mini-batch-momentum": { ...mini, method: momentum, rates: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3], rate: 0.003 },
  "mini-batch-adam": { ...mini, method: adam, rates: [0.0005, 0.001, 0.002, 0.004], rate: 0.001 },
  "mini-batch-shallow": { ...mini, depth: 8, method: descent, rates: [0.1, 0.3, 0.6], rate: 0.3 },
} as const satisfies Readonly<Record<string, Arm>>;

export type ArmName = keyof typeof ARMS;

/**
 * Pictures in a batch. The loss of the label frequencies alone is 0.97 of ln 10 on average and hardly ever below 0.9 for so
 * many (0.93 on average for 32), so that 0.9 is below what an output without the picture can reach.
 */
const BATCH = 64;

/** What an experiment may have otherwise than its arm. */
interface Otherwise {
  readonly rate?: number;
  readonly labels?: Training["labels"];
  readonly architecture?: Architecture;
  readonly steps?: number;
  readonly depth?: number;
}

/** Training of an arm: at its own rate, on the pictures' own labels, unless said otherwise. */
export function trainingOf(name: ArmName, otherwise: Otherwise = {}): Training {
  const arm: Arm = ARMS[name];
  const { rate = arm.rate, labels = "own", architecture = arm.architecture } = otherwise;
  const { steps = arm.steps, depth = arm.depth } = otherwise;
  return {
    network: classifier(arm.width, depth, architecture),
    optimiser: arm.method(rate),
    batch: BATCH,
    ...(arm.miniBatch === undefined ? {} : { miniBatch: arm.miniBatch }),
    steps,
    labels,
  };
}

/** The experiment of an arm. */
export const train = (name: ArmName, otherwise: Otherwise = {}) =>
  trainingOnDigits(trainingOf(name, otherwise), mnistDigits);
