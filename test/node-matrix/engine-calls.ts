import { type Contractor, DOUBLE } from "../conformance/engines/check.ts";
import { bytes } from "../conformance/engines/checks/bytes.ts";
import { streamsOf } from "../conformance/engines/fixtures.ts";
import { vectorsOf } from "../conformance/engines/model-error.ts";
import { models, requestOf } from "../conformance/engines/models.ts";
import { drawInstance } from "../conformance/engines/oracle/model-instance.ts";
import { type Call, ensembleCalls, modelCalls } from "../conformance/engines/requests.ts";

/** More than the networks that go side by side in any kernel, and no multiple of them. */
export const streams = streamsOf(13, 1);

/** Every operation, and every kind of layer through a gradient, a product with its Hessian and a few steps of Adam. */
export const calls: readonly Call[] = [
  ...ensembleCalls,
  ...modelCalls,
  ...models.flatMap((example): readonly Call[] => {
    const parameters = drawInstance(requestOf(example, streams), streams.first).parameters.length;
    const optimiser = { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
    return [
      {
        name: `gradients, ${example.name}`,
        operation: "gradients",
        result: (engine, range) => engine.gradients(requestOf(example, range)),
      },
      {
        name: `hessianVectorProducts, ${example.name}`,
        operation: "hessianVectorProducts",
        result: (engine, range) =>
          engine.hessianVectorProducts({ ...requestOf(example, range), vectors: vectorsOf(parameters, 2) }),
      },
      {
        name: `trajectories, ${example.name}`,
        operation: "trajectories",
        result: (engine, range) =>
          engine.trajectories({ ...requestOf(example, range), optimiser, noise: 0.1, steps: 6, recordEvery: 3 }),
      },
    ];
  }),
];

/** What an engine gives otherwise than the reference in the whole table of the contract, thousands of requests. */
export function otherBytes(engine: Contractor): readonly string[] {
  return bytes.flatMap(({ name, violations }) => violations(engine, DOUBLE).map((line) => `${name}: ${line}`));
}
