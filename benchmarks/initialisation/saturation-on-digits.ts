import { dataOf, type NamedInput } from "../../src/claim/named-input.ts";
import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import type { Initialisation, LayeredNetwork } from "../../src/lab/networks/network.ts";
import type { Dataset } from "../../src/numerics/dataset.ts";

export type SaturationMeasure = "topSlope" | "lowerLessTop" | "topMeanGained";

const measures: Experiment<SaturationMeasure>["measures"] = {
  topSlope: {
    kind: "raw",
    rounding: "underived",
    description: "slope of the top hidden layer's units, mean over units and pictures, over the slope in the middle",
  },
  lowerLessTop: {
    kind: "raw",
    rounding: "underived",
    description: "the same of the second hidden layer, less that of the top one",
  },
  topMeanGained: {
    kind: "raw",
    rounding: "underived",
    description: "mean activation of the top hidden layer after the last step, less that after the earlier one",
  },
};

/** Gradient descent at one rate; hidden layers of one width, biases from 0, and a softmax at the end. */
export interface SaturatingTraining {
  readonly activation: "sigmoid" | "tanh";
  readonly init: Initialisation;
  readonly width: number;
  readonly hidden: number;
  readonly rate: number;
  /** Distinct pictures that a replicate draws and keeps: every step sees them all. */
  readonly batch: number;
  readonly steps: number;
  /** The earlier step of `topMeanGained`; 0, the start, where absent. */
  readonly since?: number;
}

/**
 * How far from saturation units of hidden layers are after some steps of training a classifier on its own batch of real digits:
 * 1 where all are in the middle of their activation, 0 where all are at its ends. Cost: the training, and a pass for each layer.
 */
export function saturationOnDigits(training: SaturatingTraining, digits: NamedInput): Experiment<SaturationMeasure> {
  const { batch, steps, since = 0 } = training;
  const weights = 784 * training.width + (training.hidden - 1) * training.width ** 2;
  return {
    name: "saturation-on-digits",
    module: import.meta.url,
    setup: { ...training, init: { ...training.init } as never },
    measures,
    data: [digits],
    cost: {
      draws: weights,
      multiplyAdds: 3 * weights * batch * (steps + since + 1),
      transcendentals: batch * (steps + since) * (10 + training.hidden * training.width),
    },
    observe: (context) => observe(training, dataOf(context.data, digits), context),
  };
}

function observe(training: SaturatingTraining, data: Dataset, { engine, streams }: Context) {
  const { hidden, steps, since = 0 } = training;
  const at = { training, data, engine, streams };
  const last = parametersAfter(steps, at);
  const top = unitsOf(hidden, last, at);
  const topSlope = top.map((units) => meanSlope(training, units));
  const lowerSlope = unitsOf(2, last, at).map((units) => meanSlope(training, units));
  const before = unitsOf(hidden, since === 0 ? undefined : parametersAfter(since, at), at);
  return {
    topSlope: Float64Array.from(topSlope),
    lowerLessTop: Float64Array.from(lowerSlope, (slope, row) => slope - topSlope[row]!),
    topMeanGained: Float64Array.from(top, (units, row) => mean(units) - mean(before[row]!)),
  };
}

interface Trained extends Pick<Context, "engine" | "streams"> {
  readonly training: SaturatingTraining;
  readonly data: Dataset;
}

function classifier({ activation, init, width, hidden }: SaturatingTraining, { width: pixels, classes }: Dataset) {
  const widths = [pixels, ...new Array<number>(hidden).fill(width), classes];
  return multilayerPerceptron({ widths, activation, init, bias: { standardDeviation: 0 } });
}

/** One row of all parameters a replicate. */
function parametersAfter(steps: number, { training, data, engine, streams }: Trained): Float64Array {
  return engine.trajectories({
    network: classifier(training, data),
    loss: "cross-entropy",
    batch: { size: training.batch, inputs: "pictures", targets: "labels" },
    optimiser: { name: "gradient-descent", rate: training.rate },
    steps,
    recordEvery: steps,
    streams,
    data,
  }).parameters;
}

/** Units of hidden layer `layer`, which counts from 1, on all pictures of the batch, one array a replicate; of fresh networks where no parameters are given. */
function unitsOf(
  layer: number,
  parameters: Float64Array | undefined,
  { training, data, engine, streams }: Trained,
): readonly Float64Array[] {
  const fresh = upTo(layer, classifier(training, data));
  const network = parameters === undefined ? fresh : atZero(fresh);
  const known = parameterCount(network);
  return Array.from({ length: streams.count }, (_, row) => {
    const from = row * ((parameters?.length ?? 0) / streams.count);
    return engine.outputs({
      network,
      loss: "squared",
      batch: { size: training.batch, inputs: "pictures", targets: { constant: 0 } },
      streams: { ...streams, first: streams.first + row, count: 1 },
      data,
      ...(parameters === undefined ? {} : { offset: parameters.slice(from, from + known) }),
    });
  });
}

function upTo(layer: number, network: LayeredNetwork): LayeredNetwork {
  return { ...network, layers: network.layers.slice(0, 2 * layer) };
}

/** Nothing is drawn: what is added to its parameters is what they are. */
function atZero(network: LayeredNetwork): LayeredNetwork {
  return {
    ...network,
    layers: network.layers.map((one) => (one.kind === "dense" ? { ...one, initial: "zero" as const } : one)),
  };
}

/** Over the slope in the middle of the activation. */
function meanSlope({ activation }: SaturatingTraining, units: Float64Array): number {
  return mean(units.map((unit) => (activation === "sigmoid" ? 4 * unit * (1 - unit) : 1 - unit * unit)));
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
