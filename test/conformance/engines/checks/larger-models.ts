import { heNormal, xavierNormal } from "../../../../src/lab/networks/network.ts";
import { reference } from "../../../../src/lab/reference/engine.ts";
import { arraysDiffer, type Check, type Contractor } from "../check.ts";
import { streamsOf } from "../fixtures.ts";
import { largest, modelError, vectorsOf } from "../model-error.ts";
import { activation, dense, layered, type ModelExample, requestOf } from "../models.ts";
import { drawInstance } from "../oracle/model-instance.ts";

const COUNT = 2;
const bias = { standardDeviation: 0.2 };

/** Beyond what the naive version can follow: blocks, tiles and native products are only reached by matrices of some size. */
export const largerModels: readonly ModelExample[] = [
  {
    name: "larger: 37, 70 and 33 wide",
    network: layered(37, [dense(70), activation("tanh"), dense(33), activation("tanh"), dense(5)], xavierNormal),
    loss: "squared",
    batch: { size: 29, inputs: "gaussian", targets: "gaussian" },
  },
  {
    name: "larger: one hundred wide, biases, classes",
    network: layered(20, [dense(100, bias), activation("tanh"), dense(100, bias), activation("tanh"), dense(10, bias)]),
    loss: "cross-entropy",
    batch: { size: 16, inputs: "sphere", targets: "classes" },
  },
  {
    name: "larger: convolution of 6 and 5 channels, 9 x 8 pixels",
    network: layered(
      { channels: 3, height: 9, width: 8 },
      [
        { kind: "convolution", channels: 6, size: 3, padding: "zero", bias },
        activation("tanh"),
        { kind: "convolution", channels: 5, size: 5, padding: "circular", bias: "none" },
        dense(4),
      ],
      heNormal,
    ),
    loss: "squared",
    batch: { size: 6, inputs: "gaussian", targets: "gaussian" },
  },
];

/** The reference, which the naive version has vouched for in small, vouches for the rest in large. */
export const largerModelChecks: readonly Check[] = largerModels.flatMap((example) => {
  const request = requestOf(example, streamsOf(COUNT, 8));
  const count = drawInstance(request, 8).parameters.length;
  const vectors = vectorsOf(count, 2);
  const asks = {
    gradients: (engine: Contractor) => engine.gradients(request).gradients,
    hessianVectorProducts: (engine: Contractor) => engine.hessianVectorProducts({ ...request, vectors }),
    outputs: (engine: Contractor) => engine.outputs(request),
    layerNorms: (engine: Contractor) => engine.layerNorms(request).logBackward,
  } as const;
  return Object.entries(asks).map(([operation, ask]): Check => {
    let known: Float64Array | undefined;
    return {
      name: `${example.name}: ${operation} as the reference's`,
      operations: [operation as keyof typeof asks],
      violations: (engine, arithmetic) => {
        known ??= ask(reference);
        const sums = operation === "hessianVectorProducts" ? Math.sqrt(count) : 1;
        return arraysDiffer(
          operation,
          ask(engine),
          known,
          sums * modelError(request, arithmetic) * (1 + largest(known)),
        );
      },
    };
  });
});
