import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { gradientLogNorm } from "../../../benchmarks/gradient-log-norm.ts";
import { lossCurvature } from "../../../benchmarks/hessians/loss-curvature.ts";
import { layerFactor } from "../../../benchmarks/initialisation/layer-factor.ts";
import { weightGradients } from "../../../benchmarks/initialisation/weight-gradients.ts";
import { layerNormRatio } from "../../../benchmarks/layer-norm-ratio.ts";
import { layerSignals } from "../../../benchmarks/layer-signals.ts";
import { layerNormMoment } from "../../../benchmarks/relatives/layer-norm-moment.ts";
import { representationRank } from "../../../benchmarks/relatives/representation-rank.ts";
import type { Agreement } from "../../../src/claim/engines-apart.ts";
import { agreementBound } from "../../../src/lab/agreement.ts";
import type { Engine } from "../../../src/lab/contract/engine.ts";
import type { Experiment } from "../../../src/lab/contract/experiment.ts";
import { aboutEngine } from "../../../src/lab/engines.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import {
  heNormal,
  heUniform,
  type LayerDescription,
  type LayeredNetwork,
  mlp,
  xavierNormal,
} from "../../../src/lab/networks/network.ts";
import { residualNetwork } from "../../../src/lab/networks/residual-network.ts";
import { reference } from "../../../src/lab/reference/engine.ts";
import { arithmeticOf } from "./arithmetics.ts";
import type { Check, Contractor } from "./check.ts";
import { largerModels } from "./checks/larger-models.ts";
import { KEY, streamsOf } from "./fixtures.ts";
import { largest, modelError, vectorsOf } from "./model-error.ts";
import { models, requestOf } from "./models.ts";
import { drawInstance } from "./oracle/model-instance.ts";

/** One measure on an engine beside the reference, replicate by replicate. */
export interface AgreementRow {
  readonly what: string;
  readonly measure: string;
  readonly replicates: number;
  readonly bound: number;
  /** The median and the largest difference, as shares of the bound; 0 where all are equal. */
  readonly median: number;
  readonly largest: number;
  /** Replicates beyond the bound, and how many the derived rate allows (six standard deviations, and three). */
  readonly beyond: number;
  readonly allowed: number;
}

const REPLICATES = 128;
const FEWER = 32;
const NETWORKS = 10;

const HE = { activation: "relu", init: heNormal } as const;
const CURVED = { width: 16, depth: 12, activation: "tanh", init: xavierNormal } as const;
const NORMALISED = {
  ...HE,
  normalisation: { kind: "layer-normalisation", epsilon: 0 },
} as const;
const LINEAR = { activation: "linear", init: xavierNormal } as const;

/** One input, one output, squared loss to the target 1. */
const REGRESSION = {
  loss: "squared",
  iterations: 16,
  batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
} as const;

const blocks = residualNetwork({ ...HE, width: 8, depth: 8, scale: "1/sqrt(L)", matrices: 1 });

const convolutions: LayeredNetwork = {
  ...{ kind: "layered", init: heNormal, input: { channels: 4, height: 4, width: 4 } },
  layers: new Array<readonly LayerDescription[]>(6)
    .fill([
      { kind: "convolution", channels: 4, size: 3, padding: "circular", bias: "none" },
      { kind: "activation", activation: "relu" },
    ])
    .flat(),
};

const experiments: readonly (readonly [string, Experiment])[] = [
  ["d = 16, L = 16, ReLU", { width: 16, depth: 16, activation: "relu" } as const],
  ["d = 4, L = 32, linear", { width: 4, depth: 32, activation: "linear" } as const],
].flatMap(([name, shape]): readonly (readonly [string, Experiment])[] => {
  const options = shape as Pick<Parameters<typeof mlp>[0], "width" | "depth" | "activation">;
  const normal = mlp({ ...options, init: heNormal });
  const uniform = mlp({ ...options, init: heUniform });
  return [
    [`forward norms, ${name}`, forwardLogNorm(normal, { law: "sphere" })],
    [`gradient norms, ${name}`, gradientLogNorm(uniform)],
    [`layer ratios, ${name}`, layerNormRatio(normal)],
  ];
});

/** Through layers, there and back, and Hessians by Lanczos. */
const layered: readonly (readonly [string, Experiment])[] = [
  ["signals, d = 8, L = 16, ReLU, 4 examples", signalsOf({ ...HE, width: 8, depth: 16 }, 4)],
  ["signals, d = 4, L = 32, linear", signalsOf({ ...LINEAR, width: 4, depth: 32 }, 1)],
  ["signals, 8 residual blocks, d = 8", layerSignals(blocks, { from: 0, to: blocks.layers.length, layers: 8 })],
  ["signals, 6 circular convolutions of 4 channels", layerSignals(convolutions, { from: 0, to: 12, layers: 6 })],
  [
    "weight gradients, d = 8, L = 16, linear",
    weightGradients(multilayerPerceptron({ ...LINEAR, width: 8, depth: 16 })),
  ],
  ["squared layer ratios, d = 16, L = 16, ReLU", layerNormMoment(mlp({ ...HE, width: 16, depth: 16 }))],
  ["Hessians, d = 6, L = 8, ReLU", lossCurvature(multilayerPerceptron({ ...HE, widths: toOne(6, 8) }), REGRESSION)],
  [
    "Hessians, d = 4, L = 12, linear",
    lossCurvature(multilayerPerceptron({ ...LINEAR, widths: toOne(4, 12) }), REGRESSION),
  ],
];

/** Networks of which each is followed by itself. */
const followed: readonly (readonly [string, Experiment])[] = [
  [
    "signals, d = 16, L = 12, tanh in chaos",
    signalsOf({ ...CURVED, init: { law: "gaussian", gain: 4, fan: "in" } }, 1),
  ],
  ["signals, d = 16, L = 12, tanh with biases", signalsOf({ ...CURVED, bias: { standardDeviation: 0.3 } }, 4)],
  ["signals, d = 16, L = 12, sigmoid", signalsOf({ ...CURVED, activation: "sigmoid" }, 2)],
  ["signals, d = 16, L = 12, layer normalisation and ReLU", signalsOf({ ...CURVED, ...NORMALISED }, 8)],
  ["weight gradients, d = 16, L = 12, tanh", weightGradients(multilayerPerceptron(CURVED))],
  ["one layer, 64 to 24, forward", layerFactor({ from: 64, to: 24, init: heNormal, direction: "forward" })],
  ["one layer, 64 to 24, backward", layerFactor({ from: 64, to: 24, init: heNormal, direction: "backward" })],
  [
    "ranks, d = 12, L = 20, ReLU, 8 examples",
    representationRank(multilayerPerceptron({ ...HE, width: 12, depth: 20 }), 8),
  ],
];

function signalsOf(
  shape: Parameters<typeof multilayerPerceptron>[0] & { readonly depth: number },
  batch: number,
): Experiment {
  const network = multilayerPerceptron(shape);
  return layerSignals(network, { from: 0, to: network.layers.length, layers: shape.depth, batch });
}

/** Widths of `depth` matrices of which the last gives one output. */
function toOne(width: number, depth: number): readonly number[] {
  return [...new Array<number>(depth).fill(width), 1];
}

/** Every measure with a derived bound. */
export function ensembleRows(engine: Engine): readonly AgreementRow[] {
  return rowsOf(engine, experiments, REPLICATES);
}

/** The same of layered networks. */
export function layeredRows(engine: Engine): readonly AgreementRow[] {
  return rowsOf(engine, layered, FEWER);
}

/** The same of networks that are followed one by one. */
export function followedRows(engine: Engine): readonly AgreementRow[] {
  return rowsOf(engine, followed, FEWER);
}

function rowsOf(
  engine: Engine,
  measured: readonly (readonly [string, Experiment])[],
  count: number,
): readonly AgreementRow[] {
  return measured.flatMap(([what, experiment]) => {
    const context = (on: Engine) => ({ engine: on, streams: { key: KEY, first: 0, count }, data: {} });
    const found = experiment.observe(context(engine));
    const expected = experiment.observe(context(reference));
    return Object.keys(experiment.measures).flatMap((measure) => {
      const agreement = agreementBound(aboutEngine(engine.name), {
        ...{ experiment: experiment.name, setup: experiment.setup, measure, passes: experiment.passes },
        rounding: experiment.measures[measure]!.rounding,
        streams: { key: KEY, count },
        observed: (other) => expected[other],
      });
      if (agreement === undefined) return [];
      const gaps = Array.from(found[measure]!, (value, row) => gapOf(value, expected[measure]![row]!));
      return [rowOf(what, measure, gaps, agreement)];
    });
  });
}

/** Two infinities of one sign are no distance apart. */
const gapOf = (one: number, other: number): number => (one === other ? 0 : Math.abs(one - other));

function rowOf(
  what: string,
  measure: string,
  gaps: readonly number[],
  { bound, bounds, rate }: Pick<Agreement, "bound" | "bounds" | "rate">,
): AgreementRow {
  const shares = gaps.map((gap, row) => (gap === 0 ? 0 : gap / (bounds?.[row] ?? bound)));
  const sorted = shares.toSorted((a, b) => a - b);
  const expected = gaps.length * rate;
  return {
    ...{ what, measure, replicates: gaps.length, bound },
    median: sorted[gaps.length >> 1]!,
    largest: sorted.at(-1)!,
    beyond: shares.filter((share) => !(share <= 1)).length,
    // a rate that is below one in a billion allows none
    allowed: expected < 1e-9 ? 0 : Math.floor(expected + 6 * Math.sqrt(expected) + 3),
  };
}

/** Gradients and products of the contract's examples, against the bound that the contract holds them to. */
export function modelRows(
  engine: Contractor,
  refused: (check: Pick<Check, "name" | "operations">) => boolean,
): readonly AgreementRow[] {
  return [...models, ...largerModels].flatMap((example) => {
    const request = requestOf(example, streamsOf(NETWORKS, 300));
    const count = drawInstance(request, 300).parameters.length;
    const operations = ["gradients", "hessianVectorProducts"] as const;
    return operations.flatMap((operation) => {
      const check = { name: example.name, operations: [operation] };
      if (refused(check)) return [];
      const ask = (on: Contractor) =>
        operation === "gradients"
          ? on.gradients(request).gradients
          : on.hessianVectorProducts({ ...request, vectors: vectorsOf(count, 1) });
      const [found, expected] = [ask(engine), ask(reference)];
      const bound =
        2 *
        modelError(request, arithmeticOf(engine.name, { ...check, violations: () => [] })) *
        (1 + largest(expected));
      const gaps = Array.from({ length: NETWORKS }, (_, row) =>
        largest(found.subarray(row * count, (row + 1) * count).map((value, at) => value - expected[row * count + at]!)),
      );
      return [rowOf(example.name, operation, gaps, { bound, rate: 0 })];
    });
  });
}
