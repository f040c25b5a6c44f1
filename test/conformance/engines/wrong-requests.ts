import type { BatchLaw, ModelRequest } from "../../../src/lab/contract/model-request.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { type Chain, heNormal, type Mlp, mlp, xavierUniform } from "../../../src/lab/networks/network.ts";
import type { Dataset } from "../../../src/numerics/dataset.ts";
import type { Contractor, Operation } from "./check.ts";
import { KEY } from "./fixtures.ts";

/** A request that makes no sense, what is wrong with it, and the words in which every engine refuses it. */
export interface WrongRequest {
  readonly operation: Operation;
  readonly wrong: string;
  readonly message: string;
  readonly ask: (engine: Contractor) => unknown;
}

const streams = { key: KEY, first: 0, count: 1 };
const data: Dataset = {
  ...{ name: "dots", digest: "", width: 3, classes: 2 },
  images: Float64Array.from({ length: 15 }, (_, pixel) => pixel + 1),
  labels: Uint8Array.of(0, 1, 0, 1, 0),
};

/** The same request with a part replaced: also by what no type allows, as it comes from outside. */
function rows<Request extends object>(
  operation: Operation,
  sound: Request,
  parts: readonly (readonly [part: Readonly<Record<string, unknown>>, message: string])[],
): readonly WrongRequest[] {
  return parts.map(([part, message]) => ({
    ...{
      operation,
      wrong: JSON.stringify(part, (_, value) => (Number.isFinite(value) ? value : printed(value))),
      message,
    },
    ask: (engine) => engine[operation]({ ...sound, ...part } as never),
  }));
}

function printed(value: unknown): unknown {
  return typeof value === "number" ? String(value) : value;
}

const net: Mlp = mlp({ width: 2, depth: 2, activation: "relu", init: heNormal });
const uniform = { ...heNormal, law: "uniform" };
const BEYOND = "openStream requires a replicate from 0 to 2^32 - 1, got 4294967296";
const pass = { network: net, input: { law: "basis" }, streams } as const;

const passes = (["propagate", "backpropagate"] as const).flatMap((operation) =>
  rows(operation, pass, [
    [{ network: { ...net, widths: [2] } }, "a network requires at least 2 widths, got 1"],
    [{ network: { ...net, widths: [2, 0] } }, "a width requires a positive integer, got 0 at layer 1"],
    [{ network: { ...net, activation: "mish" } }, 'an activation that is not known here: "mish"'],
    [
      { network: { ...net, activation: "gelu" } },
      "the activation gelu does not scale with its argument, as passes of an mlp need: multilayerPerceptron has it",
    ],
    [{ network: { ...net, activation: { leakySlope: 2 } } }, "a leaky slope requires a number from 0 to 1, got 2"],
    [
      { network: { ...net, init: { ...heNormal, law: "cauchy" } } },
      'a law of weights requires one of gaussian, uniform, rademacher, orthogonal, student-t, got "cauchy"',
    ],
    [{ network: { ...net, init: { ...heNormal, fan: "out" } } }, 'a fan requires one of in, average, got "out"'],
    [{ network: { ...net, init: { ...heNormal, gain: -1 } } }, "a gain requires a positive finite number, got -1"],
    [{ input: { law: "cube" } }, 'an input requires one of basis, sphere, image, raw-image, got "cube"'],
    [{ input: { law: "image", data: "pairs" } }, "input image requires the data pairs, got none"],
    [{ input: { law: "raw-image", data: "pairs" }, data }, "input raw-image requires the data pairs, got dots"],
    [{ input: { law: "image", data: "dots" }, data }, "pictures of dots require an input of width 3, got width 2"],
    [{ sampling: "guess" }, 'sampling requires one of direct, law-exact, got "guess"'],
    [
      { network: { ...net, init: uniform }, sampling: "law-exact" },
      "law-exact sampling requires gaussian weights, got uniform",
    ],
    [{ streams: { ...streams, first: 2 ** 32 } }, BEYOND],
    [{ streams: { ...streams, first: 2 ** 32 - 2, count: 3 } }, BEYOND],
    [{ streams: { ...streams, first: -1 } }, "openStream requires a replicate from 0 to 2^32 - 1, got -1"],
    [{ streams: { ...streams, first: 0.5 } }, "openStream requires a replicate from 0 to 2^32 - 1, got 0.5"],
  ]),
);

const classifier: Mlp = { ...net, widths: [3, 2] };
const batch = { network: classifier, batch: 2, streams, data };
const batches = [
  ...rows("propagateBatch", batch, [
    [{ batch: 1 }, "a batch of dots requires 2 to 5 pictures, got 1"],
    [{ batch: 6 }, "a batch of dots requires 2 to 5 pictures, got 6"],
    [{ batch: 2.5 }, "a batch of dots requires 2 to 5 pictures, got 2.5"],
    [{ network: { ...net, widths: [3, -1] } }, "a width requires a positive integer, got -1 at layer 1"],
    [{ network: { ...net, widths: [4, 2] } }, "pictures of dots require an input of width 3, got width 4"],
    [{ streams: { ...streams, first: 2 ** 32 } }, BEYOND],
  ]),
  ...rows("lossGradients", batch, [
    [{ batch: 0 }, "a batch of dots requires 1 to 5 pictures, got 0"],
    [{ network: { ...net, widths: [3, 4] } }, "the labels of dots require a last layer of 2 outputs, got 4"],
  ]),
];

const chain: Chain = { kind: "chain", depth: 3, activation: "linear", init: xavierUniform };
const relu: Chain = { ...chain, activation: "relu" };
const sign = { name: "sign-descent", rate: 0.1, maxSteps: 5 } as const;
const adam = { name: "adam", rate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 0 } as const;
const lion = { name: "lion", rate: 0.1 };
const OPTIMISERS =
  "gradient-descent, momentum, sign-descent, normalised-descent, clipped-descent, rmsprop, adam, adagrad";
const NOT_LINEAR = 'chain dynamics require a linear activation, got "relu"';
const chains = [
  ...rows("chainWeights", { network: chain, streams }, [
    [{ network: { ...chain, depth: 0 } }, "a chain requires a depth of at least one, got 0"],
    [{ network: { ...chain, depth: 2.5 } }, "a chain requires a depth of at least one, got 2.5"],
    [{ network: { ...chain, init: { ...xavierUniform, gain: 0 } } }, "a gain requires a positive finite number, got 0"],
    [{ streams: { ...streams, first: 2 ** 32 } }, BEYOND],
  ]),
  ...rows("chainHessians", { network: chain, target: 1, streams }, [[{ network: relu }, NOT_LINEAR]]),
  ...rows("chainEscapes", { network: chain, method: sign, streams }, [
    [{ network: relu }, NOT_LINEAR],
    [{ method: { ...sign, rate: 0 } }, "sign-descent requires a positive rate, got 0"],
    [{ method: { ...sign, maxSteps: 1.5 } }, "sign-descent requires at least one step, got 1.5"],
    [{ method: { ...lion, maxSteps: 5 } }, `an optimiser requires one of ${OPTIMISERS}, got "lion"`],
  ]),
  ...rows("chainTrajectories", { network: chain, target: 1, optimiser: adam, steps: 24, recordEvery: 4, streams }, [
    [{ network: relu }, NOT_LINEAR],
    [{ steps: 0 }, "chainTrajectories requires at least one step, got 0"],
    [{ recordEvery: 5 }, "chainTrajectories requires a record every number of steps that divides 24, got 5"],
    [{ target: Number.NaN }, "chainTrajectories requires a finite target, got NaN"],
    [{ lossScale: 0 }, "chainTrajectories requires a positive scale of the loss, got 0"],
    [{ optimiser: { ...adam, beta1: 1 } }, "adam requires beta1 from 0 to below 1, got 1"],
    [{ optimiser: lion }, `an optimiser requires one of ${OPTIMISERS}, got "lion"`],
  ]),
];

const process = {
  curvature: 1,
  noise: 0.1,
  rate: 0.1,
  radius: 1,
  directions: 1,
  start: "origin",
  maxSteps: 10,
} as const;
const diffusions = rows(
  "diffusionExits",
  { process, streams },
  (
    [
      [{ rate: 0 }, "a positive rate, got 0"],
      [{ radius: -1 }, "a positive radius, got -1"],
      [{ noise: Number.NaN }, "noise of at least 0, got NaN"],
      [{ directions: 1.5 }, "at least one direction, got 1.5"],
      [{ maxSteps: 0 }, "at least one step, got 0"],
      [{ start: { kick: 0 } }, "a positive kick, got 0"],
      [{ start: { at: Number.NaN } }, "a finite start, got NaN"],
      [{ curvature: Number.POSITIVE_INFINITY }, "a finite curvature, got Infinity"],
    ] as const
  ).map(([part, needed]) => [{ process: { ...process, ...part } }, `diffusionExits requires ${needed}`]),
);

const layered = multilayerPerceptron({ widths: [3, 2, 2], activation: "relu", init: heNormal });
const gaussian: BatchLaw = { size: 3, inputs: "gaussian", targets: "gaussian" };
const model: ModelRequest = { network: layered, loss: "squared", batch: gaussian, streams };
const withLayer = (layer: object) => ({ network: { ...layered, layers: [layer, ...layered.layers] } });
const descent = { ...model, optimiser: adam, steps: 4, recordEvery: 2 };
const kinds: Parameters<typeof rows>[2] = [
  [{ loss: "hinge" }, 'a loss requires one of squared, cross-entropy, got "hinge"'],
  [{ batch: { ...gaussian, size: 0 } }, "a batch requires a positive integer size, got 0"],
  [
    { batch: { ...gaussian, inputs: "cube" } },
    `a batch's inputs requires one of gaussian, sphere, pictures, got "cube"`,
  ],
  [
    { batch: { ...gaussian, targets: "ones" } },
    `a batch's targets requires one of gaussian, classes, labels, got "ones"`,
  ],
  [withLayer({ kind: "attention" }), 'layer 0 is of a kind that is not known here: {"kind":"attention"}'],
  [withLayer({ kind: "activation", activation: "mish" }), 'an activation that is not known here: "mish"'],
  [{ offset: new Float64Array(3) }, "an offset requires 10 numbers, one a parameter, got 3"],
];
const models = [
  ...(["layerNorms", "outputs", "gradients", "hessians", "hessianEigenvalues"] as const).flatMap((operation) =>
    rows(operation, model, kinds),
  ),
  ...rows("hessianVectorProducts", { ...model, vectors: new Float64Array(10) }, [
    [{ vectors: new Float64Array(11) }, "vectors require rows of 10 numbers, one a parameter, got 11 in all"],
  ]),
  ...rows("extremeEigenvalues", { ...model, iterations: 2 }, [
    [{ iterations: 0 }, "Lanczos requires a positive integer number of iterations, got 0"],
  ]),
  ...rows("trajectories", descent, [
    [{ steps: 0 }, "a trajectory requires a positive integer number of steps, got 0"],
    [{ recordEvery: 3 }, "records require an interval that divides 4 steps, got 3"],
    [{ noise: -1 }, "noise requires a standard deviation from 0 up, got -1"],
    ...[0, 2, 6, 1.5].map((miniBatch): readonly [Readonly<Record<string, unknown>>, string] => [
      { batch: { ...gaussian, size: 3 }, miniBatch },
      `mini-batches require a size that divides the batch's 3, got ${miniBatch}`,
    ]),
    [{ optimiser: { ...adam, rate: 0 } }, "adam requires a positive rate, got 0"],
    [{ optimiser: lion }, `an optimiser requires one of ${OPTIMISERS}, got "lion"`],
  ]),
];

export const wrongRequests: readonly WrongRequest[] = [...passes, ...batches, ...chains, ...diffusions, ...models];
