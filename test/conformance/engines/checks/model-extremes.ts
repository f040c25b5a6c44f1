import { UnsupportedError } from "../../../../src/lab/contract/engine.ts";
import type { ModelRequest } from "../../../../src/lab/contract/model-request.ts";
import { heNormal, xavierNormal } from "../../../../src/lab/networks/network.ts";
import { arraysDiffer, type Check, type Contractor, differs, type Operation } from "../check.ts";
import { streamsOf } from "../fixtures.ts";
import { largest, modelError, vectorsOf } from "../model-error.ts";
import { activation, dense, layered, requestOf } from "../models.ts";
import { nameOf, optimisers } from "../naive/optimiser.ts";
import { drawInstance } from "../oracle/model-instance.ts";
import { oracleGradient } from "../oracle/model-oracle.ts";

const relu = activation("relu");

/** Narrow and deep enough that some replicate's signal dies on the way; with a constant target its loss is known. */
const dying = requestOf(
  {
    network: layered(1, [dense(1), relu, dense(1), relu, dense(1), relu, dense(1)], heNormal),
    loss: "squared",
    batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
  },
  streamsOf(16),
);

/** Replicates whose output is exactly zero because a sign along the chain is wrong, from their draws alone. */
const dead: readonly number[] = Array.from({ length: 16 }, (_, row) => row).filter((row) => {
  const { parameters, inputs } = drawInstance(dying, row);
  return !(parameters[0]! * inputs[0]![0]! > 0 && parameters[1]! > 0 && parameters[2]! > 0);
});

const deadNetworks: readonly Check[] = [
  {
    name: "dead networks have the loss of a zero output, no gradient and no curvature, and no NaN",
    operations: ["gradients", "layerNorms", "hessianVectorProducts", "hessianEigenvalues"],
    violations: (engine) => {
      const { loss, gradients, logNorms } = engine.gradients(dying);
      const products = engine.hessianVectorProducts({ ...dying, vectors: vectorsOf(4, 1) });
      const eigenvalues = engine.hessianEigenvalues(dying);
      const { logForward, logBackward } = engine.layerNorms(dying);
      const zeros = new Float64Array(4);
      return [
        ...(dead.length > 4 && dead.length < 16 ? [] : [`${dead.length} of 16 replicates are dead`]),
        ...dead.flatMap((row) => [
          ...differs(`loss[${row}]`, loss[row]!, 0.5, 0),
          ...arraysDiffer(`gradients of ${row}`, gradients.subarray(4 * row, 4 * row + 3), zeros.subarray(0, 3), 0),
          ...differs(`last logNorm of ${row}`, logNorms[4 * row + 3]!, -Infinity, 0),
          ...arraysDiffer(`product of ${row}`, products.subarray(4 * row, 4 * row + 4), zeros, 0),
          ...arraysDiffer(`eigenvalues of ${row}`, eigenvalues.subarray(4 * row, 4 * row + 4), zeros, 0),
          ...differs(`logForward of ${row}`, logForward[8 * row + 7]!, -Infinity, 0),
          ...differs(`logBackward of ${row}`, logBackward[8 * row]!, -Infinity, 0),
        ]),
      ];
    },
  },
  ...optimisers.map(
    (optimiser): Check => ({
      name: `dead networks do not move under ${nameOf(optimiser)}`,
      operations: ["trajectories"],
      violations: (engine, { unit, draw }) => {
        const { parameters, losses, logGradients } = engine.trajectories({
          ...dying,
          optimiser,
          steps: 3,
          recordEvery: 1,
        });
        return dead.flatMap((row) => [
          ...arraysDiffer(
            `parameters of ${row}`,
            parameters.subarray(4 * row, 4 * row + 4),
            drawInstance(dying, row).parameters,
            8 * (unit + draw),
          ),
          ...arraysDiffer(`losses of ${row}`, losses.subarray(4 * row, 4 * row + 4), [0.5, 0.5, 0.5, 0.5], 0),
          ...arraysDiffer(
            `logGradients of ${row}`,
            logGradients.subarray(4 * row, 4 * row + 4),
            [-Infinity, -Infinity, -Infinity, -Infinity],
            0,
          ),
        ]);
      },
    }),
  ),
];

type Asked = readonly [operation: Operation, ask: (engine: Contractor, request: ModelRequest) => object];

/** Everything that is asked of a network with a NaN among its parameters, as arrays that must then hold a NaN each. */
const asked: readonly Asked[] = [
  ["gradients", (engine, request) => pick(engine.gradients(request), "loss", "gradients")],
  ["outputs", (engine, request) => ({ outputs: engine.outputs(request) })],
  ["layerNorms", (engine, request) => pick(engine.layerNorms(request), "loss", "logForward")],
  [
    "hessianVectorProducts",
    (engine, request) => ({ products: engine.hessianVectorProducts({ ...request, vectors: vectorsOf(17, 1) }) }),
  ],
  ["hessians", (engine, request) => ({ hessians: engine.hessians(request) })],
  ["hessianEigenvalues", (engine, request) => ({ eigenvalues: engine.hessianEigenvalues(request) })],
  [
    "extremeEigenvalues",
    (engine, request) => pick(engine.extremeEigenvalues({ ...request, iterations: 5 }), "largest", "smallest"),
  ],
  [
    "trajectories",
    (engine, request) =>
      pick(
        engine.trajectories({
          ...request,
          optimiser: { name: "gradient-descent", rate: 0.1 },
          steps: 2,
          recordEvery: 1,
        }),
        "losses",
        "parameters",
      ),
  ],
];

const nanParameters: readonly Check[] = (["linear", "relu", "tanh"] as const).flatMap((name) =>
  [0, 16].flatMap((at) =>
    asked.map(
      ([operation, ask]): Check => ({
        name: `a NaN among the parameters (${name}, number ${at}) is refused by ${operation}, or NaN comes out`,
        operations: [operation],
        violations: (engine) => {
          const offset = new Float64Array(17);
          offset[at] = Number.NaN;
          const example = {
            network: layered(3, [dense(4), activation(name), dense(1, { standardDeviation: 0.1 })], xavierNormal),
            loss: "squared",
            batch: { size: 4, inputs: "gaussian", targets: "gaussian" },
          } as const;
          try {
            const found = ask(engine, requestOf(example, streamsOf(1, 1), offset)) as Record<string, Float64Array>;
            return Object.entries(found)
              .filter(([, values]) => !values.some(Number.isNaN))
              .map(([array, values]) => `${array}: numbers throughout (${values[0]})`);
          } catch (error) {
            // An operation that is refused altogether is not refused because of the NaN.
            if (error instanceof UnsupportedError && !error.message.includes("NaN")) throw error;
            return error instanceof RangeError || error instanceof UnsupportedError ? [] : [`${error}`];
          }
        },
      }),
    ),
  ),
);

function pick(result: object, ...names: readonly string[]): object {
  return Object.fromEntries(names.map((name) => [name, (result as Record<string, unknown>)[name]]));
}

/** One example in a batch has no variance to divide by: with epsilon 0 it becomes 0, whose derivative is 0. */
const loneExample: Check = {
  name: "batch normalisation of a batch of one: zeros, and no NaN",
  operations: ["gradients", "hessianVectorProducts"],
  violations: (engine) => {
    const example = {
      network: layered(3, [dense(3), { kind: "batch-normalisation", epsilon: 0 }, dense(2)], heNormal),
      loss: "squared",
      batch: { size: 1, inputs: "gaussian", targets: { constant: 1 } },
    } as const;
    const request = requestOf(example, streamsOf(2));
    const { loss, gradients } = engine.gradients(request);
    const products = engine.hessianVectorProducts({ ...request, vectors: vectorsOf(15, 1) });
    return [
      ...arraysDiffer("loss", loss, [1, 1], 0),
      ...arraysDiffer("gradients", gradients, new Float64Array(30), 0),
      ...(products.some(Number.isNaN) ? ["products: NaN"] : []),
    ];
  },
};

/** A layer of zeros puts every unit behind it at its kink, where the interface says `z > 0`: the slope is that of the negative side. */
const atTheKink: readonly Check[] = (["relu", { leakySlope: 0.25 }] as const).map((name) => ({
  name: `at exactly 0 the derivative of ${JSON.stringify(name)} is that of the negative side`,
  operations: ["gradients"],
  violations: (engine, arithmetic) => {
    const zero = { kind: "dense", width: 4, bias: "none", initial: "zero" } as const;
    const batch = { size: 2, inputs: "gaussian", targets: { constant: 1 } } as const;
    const request = requestOf(
      { network: layered(3, [zero, activation(name), dense(2)]), loss: "squared", batch },
      streamsOf(1),
    );
    const expected = oracleGradient(request, drawInstance(request, 0));
    return arraysDiffer(
      "gradients",
      engine.gradients(request).gradients,
      expected,
      modelError(request, arithmetic) * (1 + largest(expected)),
    );
  },
}));

export const modelExtremes: readonly Check[] = [...deadNetworks, ...nanParameters, ...atTheKink, loneExample];
