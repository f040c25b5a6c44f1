import { forwardLogNorm } from "../../../benchmarks/forward-log-norm.ts";
import { gradientLogNorm } from "../../../benchmarks/gradient-log-norm.ts";
import { layerNormRatio } from "../../../benchmarks/layer-norm-ratio.ts";
import { agreementBound } from "../../../src/lab/agreement.ts";
import type { Engine } from "../../../src/lab/contract/engine.ts";
import type { Experiment } from "../../../src/lab/contract/experiment.ts";
import { aboutEngine } from "../../../src/lab/engines.ts";
import { heNormal, heUniform, mlp } from "../../../src/lab/networks/network.ts";
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
const NETWORKS = 10;

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

/** Every measure with a derived bound. */
export function ensembleRows(engine: Engine): readonly AgreementRow[] {
  return experiments.flatMap(([what, experiment]) => {
    const context = (on: Engine) => ({ engine: on, streams: { key: KEY, first: 0, count: REPLICATES }, data: {} });
    const found = experiment.observe(context(engine));
    const expected = experiment.observe(context(reference));
    return Object.keys(experiment.measures).flatMap((measure) => {
      const agreement = agreementBound(aboutEngine(engine.name), {
        ...{ experiment: experiment.name, setup: experiment.setup, measure },
        rounding: experiment.measures[measure]!.rounding,
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
  { bound, rate }: { readonly bound: number; readonly rate: number },
): AgreementRow {
  const sorted = gaps.toSorted((a, b) => a - b);
  const share = (gap: number) => (gap === 0 ? 0 : gap / bound);
  const expected = gaps.length * rate;
  return {
    ...{ what, measure, replicates: gaps.length, bound },
    median: share(sorted[gaps.length >> 1]!),
    largest: share(sorted.at(-1)!),
    beyond: gaps.filter((gap) => !(gap <= bound)).length,
    allowed: rate === 0 ? 0 : Math.floor(expected + 6 * Math.sqrt(expected) + 3),
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
