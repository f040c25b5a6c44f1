import type { ModelRequest } from "../../../../src/lab/contract/model-request.ts";
import { xavierNormal } from "../../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../../src/lab/networks/optimiser.ts";
import { reference } from "../../../../src/lab/reference/engine.ts";
import { fillGaussian, nextUniform, openStream } from "../../../../src/numerics/random.ts";
import { LANES } from "../../../../src/numerics/stream.ts";
import { type Arithmetic, arraysDiffer, type Check, type Contractor } from "../check.ts";
import { KEY, streamsOf } from "../fixtures.ts";
import { modelError } from "../model-error.ts";
import { activation, dense, layered, type ModelExample, models, requestOf } from "../models.ts";
import { naiveOptimiser, nameOf, optimisers } from "../naive/optimiser.ts";
import { drawInstance, type ModelInstance } from "../oracle/model-instance.ts";
import { oracleGradient, oracleLoss } from "../oracle/model-oracle.ts";
import { distanceOf } from "./laws.ts";

const FIRST = 4;
const COUNT = 2;
const STEPS = 4;
const rows = Array.from({ length: COUNT }, (_, row) => row);

const small = {
  network: layered(2, [dense(3, { standardDeviation: 0.2 }), activation("tanh"), dense(1)], xavierNormal),
  loss: "squared",
  batch: { size: 3, inputs: "gaussian", targets: "gaussian" },
} as const;

interface Way {
  readonly optimiser: Optimiser;
  readonly noise: number;
  readonly miniBatch?: number;
}

/** What each step sees of so many examples: in an epoch each of them once, what is drawn from a list whose last entry fills the gap. */
function examplesOf(replicate: number, batch: number, miniBatch: number): readonly (readonly number[])[] {
  const stream = openStream(KEY, replicate, LANES.order);
  const seen: number[][] = [];
  while (seen.length < STEPS) {
    const left = Array.from({ length: batch }, (_, example) => example);
    const epoch: number[] = [];
    while (left.length > 0) {
      const chosen = left.length === 1 ? 0 : Math.floor(nextUniform(stream) * left.length);
      const last = left.pop()!;
      epoch.unshift(chosen === left.length ? last : left[chosen]!);
      if (chosen < left.length) left[chosen] = last;
    }
    for (let from = 0; from < batch; from += miniBatch) seen.push(epoch.slice(from, from + miniBatch));
  }
  return seen;
}

/** The request and the instance with only those examples. */
function partOf(request: ModelRequest, instance: ModelInstance, examples: readonly number[]) {
  const { inputs, targets } = instance;
  return [
    { ...request, batch: { ...request.batch, size: examples.length } },
    { ...instance, inputs: examples.map((at) => inputs[at]!), targets: examples.map((at) => targets[at]!) },
  ] as const;
}

/** Instances before step 1 and after each step: the oracle's gradients, the noise, and the optimiser entry by entry. */
function pathOf(
  request: ModelRequest,
  { optimiser, noise, miniBatch }: Way,
  replicate: number,
): readonly ModelInstance[] {
  const { size } = request.batch;
  const seen = miniBatch === undefined ? undefined : examplesOf(replicate, size, miniBatch);
  const next = naiveOptimiser(optimiser);
  const stream = openStream(KEY, replicate, LANES.noise);
  const path = [drawInstance(request, replicate)];
  for (let step = 0; step < STEPS; step++) {
    const instance = path[step]!;
    const draws = new Float64Array(instance.parameters.length);
    if (noise > 0) fillGaussian(stream, draws, 0, draws.length);
    const part = seen === undefined ? ([request, instance] as const) : partOf(request, instance, seen[step]!);
    const gradient = oracleGradient(...part).map((value, at) => value + noise * draws[at]!);
    path.push({ ...instance, parameters: next(instance.parameters, gradient) });
  }
  return path;
}

/**
 * Each step adds the error of a gradient times how strongly the optimiser answers: by its rate, or where it divides by |g|, by the
 * rate over the smallest entry, which here is above 1e-3 of 1; and stretches what was there by at most 2.
 */
const bound = (request: ModelRequest, optimiser: Optimiser, arithmetic: Arithmetic): number => {
  const divides = !["gradient-descent", "momentum", "clipped-descent"].includes(optimiser.name);
  return 2 ** STEPS * STEPS * modelError(request, arithmetic) * (divides ? 1000 * optimiser.rate : 1);
};

const followed: readonly Check[] = [
  ...optimisers.map((optimiser) => ({ example: small, optimiser, noise: 0 })),
  ...optimisers.slice(0, 2).map((optimiser) => ({ example: small, optimiser, noise: 0.3 })),
  { example: small, optimiser: optimisers[9]!, noise: 0.05 },
  { example: { ...small, batch: { ...small.batch, size: 6 } }, optimiser: optimisers[0]!, noise: 0, miniBatch: 2 },
  { example: { ...small, batch: { ...small.batch, size: 4 } }, optimiser: optimisers[1]!, noise: 0.1, miniBatch: 1 },
  { example: small, optimiser: optimisers[9]!, noise: 0, miniBatch: 3 },
  ...["batch normalisation", "leaky ReLU with biases, classes"].map((name) => ({
    example: models.find((model) => model.name === name)!,
    optimiser: optimisers[0]!,
    noise: 0,
  })),
].map(({ example, ...way }: Way & { readonly example: Omit<ModelExample, "name"> & { readonly name?: string } }) => {
  const { optimiser, noise, miniBatch } = way;
  const request = requestOf(example, streamsOf(COUNT, FIRST));
  let known: readonly (readonly ModelInstance[])[] | undefined;
  const paths = () => (known ??= rows.map((row) => pathOf(request, way, FIRST + row)));
  return {
    name: `trajectories by ${nameOf(optimiser)}${noise > 0 ? `, noise ${noise}` : ""}${miniBatch === undefined ? "" : `, mini-batches of ${miniBatch} of ${example.batch.size}`}, ${example.name ?? "tanh"}: a scalar oracle`,
    operations: ["trajectories"],
    violations: (engine, arithmetic) => {
      const found = engine.trajectories({
        ...request,
        optimiser,
        steps: STEPS,
        recordEvery: 2,
        ...(noise > 0 ? { noise } : {}),
        ...(miniBatch === undefined ? {} : { miniBatch }),
      });
      const records = paths().map((path) => path.filter((_, step) => step % 2 === 0));
      const error = bound(request, optimiser, arithmetic);
      const losses = records.flatMap((path) => path.map((instance) => oracleLoss(request, instance)));
      const squares = records.flatMap((path) =>
        path.map((instance) => oracleGradient(request, instance).reduce((sum, g) => sum + g * g, 0)),
      );
      return [
        ...arraysDiffer(
          "parameters",
          found.parameters,
          paths().flatMap((path) => path[STEPS]!.parameters),
          error,
        ),
        ...arraysDiffer("losses", found.losses, losses, 16 * error),
        ...arraysDiffer(
          "logGradients",
          found.logGradients,
          squares.map(Math.log),
          squares.map((square) => 16 * error * (1 + 1 / Math.sqrt(square))),
        ),
      ];
    },
  } satisfies Check;
});

const TRAININGS = 200;
const LONG = 24;

/**
 * Two samples of n of one law are further than d apart with probability at most 2.17 exp(-n d^2) (Wei and Dudley 2012,
 * https://doi.org/10.1016/j.spl.2011.11.012, for any n from 4 on): 1e-6 a comparison. Rates of a half or the double are further.
 */
const APART = Math.sqrt(Math.log(2.17e6) / TRAININGS);

/** An object of its own, to be told from the reference as the engine under test. */
const direct: Contractor = { ...reference };

/** Steps until the loss is below half of the start's, LONG + 1 where it never is; and the loss at the end, as a share of it. */
const crossingsOf = (losses: Float64Array) => {
  const records = LONG / 2 + 1;
  const rows = Array.from({ length: TRAININGS }, (_, row) => losses.subarray(row * records, (row + 1) * records));
  return {
    steps: rows.map((row) => row.findIndex((loss) => loss < row[0]! / 2)).map((at) => (at < 0 ? LONG + 1 : 2 * at)),
    end: rows.map((row) => row.at(-1)! / row[0]!),
  };
};

/**
 * Over many steps roundings grow and trajectories part, but their law stays: an engine's crossing times and those of the reference
 * in other streams are two samples of one law.
 */
const laws: readonly Check[] = [
  {
    name: "momentum on mini-batches",
    optimiser: { name: "momentum", rate: 0.01, momentum: 0.8 } as const,
    ...{ noise: 0, miniBatch: 3, batch: 6 },
  },
  { name: "Adam with noise", optimiser: { ...optimisers[9]!, rate: 0.03 }, noise: 0.2, batch: 4 },
].map(({ name, batch, noise, ...way }) => ({
  name: `law of crossing times by ${name}, ${TRAININGS} trainings: the reference's of other streams`,
  operations: ["trajectories"],
  violations: (engine) => {
    const observe = (on: Contractor, first: number) => {
      const law = { size: batch, inputs: "sphere", targets: { constant: 1 } } as const;
      const request = { ...requestOf({ ...small, batch: law }, streamsOf(TRAININGS, first)), ...way };
      return crossingsOf(
        on.trajectories({ ...request, ...(noise > 0 ? { noise } : {}), steps: LONG, recordEvery: 2 }).losses,
      );
    };
    const [found, expected] = [observe(engine, 0), observe(direct, 50_000)];
    return (["steps", "end"] as const).flatMap((measure) => {
      const distance = distanceOf(found[measure], expected[measure]);
      return distance <= APART ? [] : [`${measure}: ${distance} apart, more than ${APART}`];
    });
  },
}));

export const modelTrajectories: readonly Check[] = [...followed, ...laws];
