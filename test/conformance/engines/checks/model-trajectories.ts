import type { ModelRequest } from "../../../../src/lab/contract/model-request.ts";
import { xavierNormal } from "../../../../src/lab/networks/network.ts";
import type { Optimiser } from "../../../../src/lab/networks/optimiser.ts";
import { fillGaussian, openStream } from "../../../../src/numerics/random.ts";
import { LANES } from "../../../../src/numerics/stream.ts";
import { type Arithmetic, arraysDiffer, type Check } from "../check.ts";
import { KEY, streamsOf } from "../fixtures.ts";
import { modelError } from "../model-error.ts";
import { activation, dense, layered, models, requestOf } from "../models.ts";
import { naiveOptimiser, nameOf, optimisers } from "../naive/optimiser.ts";
import { drawInstance, type ModelInstance } from "../oracle/model-instance.ts";
import { oracleGradient, oracleLoss } from "../oracle/model-oracle.ts";

const FIRST = 4;
const COUNT = 2;
const STEPS = 4;
const rows = Array.from({ length: COUNT }, (_, row) => row);

const small = {
  network: layered(2, [dense(3, { standardDeviation: 0.2 }), activation("tanh"), dense(1)], xavierNormal),
  loss: "squared",
  batch: { size: 3, inputs: "gaussian", targets: "gaussian" },
} as const;

/** Instances before step 1 and after each step: the oracle's gradients, the noise, and the optimiser entry by entry. */
function pathOf(
  request: ModelRequest,
  optimiser: Optimiser,
  replicate: number,
  noise: number,
): readonly ModelInstance[] {
  const next = naiveOptimiser(optimiser);
  const stream = openStream(KEY, replicate, LANES.noise);
  const path = [drawInstance(request, replicate)];
  for (let step = 0; step < STEPS; step++) {
    const instance = path[step]!;
    const draws = new Float64Array(instance.parameters.length);
    if (noise > 0) fillGaussian(stream, draws, 0, draws.length);
    const gradient = oracleGradient(request, instance).map((value, at) => value + noise * draws[at]!);
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
  ...["batch normalisation", "leaky ReLU with biases, classes"].map((name) => ({
    example: models.find((model) => model.name === name)!,
    optimiser: optimisers[0]!,
    noise: 0,
  })),
].map(({ example, optimiser, noise }) => {
  const request = requestOf(example, streamsOf(COUNT, FIRST));
  let known: readonly (readonly ModelInstance[])[] | undefined;
  const paths = () => (known ??= rows.map((row) => pathOf(request, optimiser, FIRST + row, noise)));
  return {
    name: `trajectories by ${nameOf(optimiser)}${noise > 0 ? `, noise ${noise}` : ""}, ${JSON.stringify(example.network).length} long: a scalar oracle`,
    operations: ["trajectories"],
    violations: (engine, arithmetic) => {
      const found = engine.trajectories({
        ...request,
        optimiser,
        steps: STEPS,
        recordEvery: 2,
        ...(noise > 0 ? { noise } : {}),
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

export const modelTrajectories: readonly Check[] = followed;
