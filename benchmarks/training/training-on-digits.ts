import type { Cost } from "../../src/claim/experiment.ts";
import { dataOf, type NamedInput } from "../../src/claim/named-input.ts";
import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { BatchLaw, Trajectories } from "../../src/lab/contract/model-request.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import type { Dataset } from "../../src/numerics/dataset.ts";
import { log } from "../../src/numerics/elementary.ts";

export type TrainingMeasure =
  | "leaves"
  | "learns"
  | "stepsToLeave"
  | "stepsToLearn"
  | "logTimeToLeave"
  | "startLoss"
  | "endLoss"
  | "logGradientStart"
  | "logGradientLeast";

/** Of ln(classes), the loss of equal chances: above the loss of the batch's label frequencies, and far below it. */
const LEAVES = 0.9;
const LEARNS = 0.7;

const measures: Experiment<TrainingMeasure>["measures"] = {
  leaves: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the loss falls below 0.9 ln(classes) within the steps",
  },
  learns: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when it falls below 0.7 ln(classes), which no output that ignores the picture can reach",
  },
  stepsToLeave: {
    kind: "raw",
    rounding: "underived",
    description:
      "steps until the loss is below 0.9 ln(classes), in whole epochs of mini-batches; Infinity when it never is",
  },
  stepsToLearn: {
    kind: "raw",
    rounding: "underived",
    description:
      "steps until the loss is below 0.7 ln(classes), in whole epochs of mini-batches; Infinity when it never is",
  },
  logTimeToLeave: {
    kind: "log",
    rounding: "underived",
    description: "ln of 1 and the steps until the loss is below 0.9 ln(classes)",
  },
  startLoss: { kind: "raw", rounding: "underived", description: "loss at the start over ln(classes)" },
  endLoss: {
    kind: "raw",
    rounding: "underived",
    description: "loss after the last step over ln(classes); Infinity when it diverged",
  },
  logGradientStart: {
    kind: "log",
    rounding: "underived",
    description: "ln of the norm of the whole gradient at the start",
  },
  logGradientLeast: {
    kind: "log",
    rounding: "underived",
    description: "ln of the least norm of the whole gradient before the loss is below 0.9",
  },
};

export interface Training {
  readonly network: LayeredNetwork;
  readonly optimiser: Optimiser;
  /** Distinct pictures that a replicate draws and keeps: every step sees them all, unless in mini-batches. */
  readonly batch: number;
  /** Of them so many a step, each of them once an epoch in an order of its own; the losses of all are recorded once an epoch. */
  readonly miniBatch?: number;
  readonly steps: number;
  /** The pictures' own, or classes drawn at random, which no rule connects with the pictures. */
  readonly labels: "own" | "random";
}

/** Steps from one record to the next: one, or an epoch. */
export function stepsPerRecord({ batch, miniBatch }: Training): number {
  return miniBatch === undefined ? 1 : batch / miniBatch;
}

/** Training of a fresh classifier on its own batch of real digits, cross-entropy, full batch or mini-batches. */
export function trainingOnDigits(training: Training, digits: NamedInput): Experiment<TrainingMeasure> {
  return {
    name: "training-on-digits",
    module: import.meta.url,
    setup: { ...training } as never,
    measures,
    data: [digits],
    cost: trainingCost(training),
    observe: (context) => {
      const data = dataOf(context.data, digits);
      const { losses, logGradients } = trajectoriesOnDigits(training, data, context);
      const every = stepsPerRecord(training);
      const records = 1 + training.steps / every;
      return trainingObservations(losses, logGradients, { records, every, classes: data.classes });
    },
  };
}

/** Loss and ln of the squared gradient norm before step 1 and after each step, or each epoch of mini-batches, one row a replicate. */
export function trajectoriesOnDigits(
  training: Training,
  data: Dataset,
  { engine, streams }: Pick<Context, "engine" | "streams">,
): Trajectories {
  const { network, optimiser, batch, miniBatch, steps, labels } = training;
  const law: BatchLaw = { size: batch, inputs: "pictures", targets: labels === "own" ? "labels" : "classes" };
  return engine.trajectories({
    network,
    loss: "cross-entropy",
    batch: law,
    optimiser,
    steps,
    recordEvery: stepsPerRecord(training),
    ...(miniBatch === undefined ? {} : { miniBatch }),
    streams,
    data,
  });
}

/** A forward pass and two products backwards for each picture and step; convolutions and normalisations cost more. */
function trainingCost(training: Training): Cost {
  const { network, batch, miniBatch, steps } = training;
  const weights = parameterCount(network);
  // An epoch of mini-batches and its record see each picture twice.
  const passes = miniBatch === undefined ? batch * steps : 2 * miniBatch * steps;
  return { draws: weights, multiplyAdds: 3 * weights * passes, transcendentals: 10 * passes };
}

/** The measures from losses and logarithms of squared gradient norms, `records` of each a replicate, one `every` so many steps. */
export function trainingObservations(
  losses: Float64Array,
  logGradients: Float64Array,
  { records, every, classes }: { readonly records: number; readonly every: number; readonly classes: number },
) {
  const count = losses.length / records;
  const chance = log(classes);
  const column = (value: (losses: Float64Array, logGradients: Float64Array) => number) =>
    Float64Array.from({ length: count }, (_, row) => {
      const [from, to] = [row * records, (row + 1) * records];
      return value(losses.subarray(from, to), logGradients.subarray(from, to));
    });
  const stepsToLeave = column((loss) => every * recordsUntil(loss, LEAVES * chance));
  const stepsToLearn = column((loss) => every * recordsUntil(loss, LEARNS * chance));
  return {
    leaves: stepsToLeave.map(isFinite01),
    learns: stepsToLearn.map(isFinite01),
    stepsToLeave,
    stepsToLearn,
    logTimeToLeave: stepsToLeave.map((steps) => log(1 + steps)),
    startLoss: column((loss) => orInfinity(loss[0]!) / chance),
    endLoss: column((loss) => orInfinity(loss[records - 1]!) / chance),
    logGradientStart: column((_, gradient) => gradient[0]! / 2),
    logGradientLeast: column((loss, gradient) => leastBefore(gradient, recordsUntil(loss, LEAVES * chance)) / 2),
  };
}

/** Index of the first loss below `level`; a NaN is not below anything. */
function recordsUntil(losses: Float64Array, level: number): number {
  const at = losses.findIndex((loss) => loss < level);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function isFinite01(steps: number): number {
  return steps < Infinity ? 1 : 0;
}

/** A loss that is not a number has left the numbers at its upper end. */
function orInfinity(loss: number): number {
  return Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss;
}

/** NaN and infinite gradients, of a trajectory that diverged, are left out. */
function leastBefore(logGradients: Float64Array, record: number): number {
  let least = Number.POSITIVE_INFINITY;
  const last = Math.min(record, logGradients.length - 1);
  for (let at = 0; at <= last; at++) if (logGradients[at]! < least) least = logGradients[at]!;
  return least;
}
