import type { Activation, Initialisation, Mlp } from "../../../../src/lab/networks/network.ts";
import { heNormal, mlp, orthogonal, torchDefault, xavierNormal } from "../../../../src/lab/networks/network.ts";
import { reference } from "../../../../src/lab/reference/engine.ts";
import type { StreamKey } from "../../../../src/numerics/stream.ts";
import { type Check, type Contractor, differentBytes, type Operation } from "../check.ts";
import { cauchy, layers, networks, orthogonalNetworks, picturesOf, signs, streamsOf, student2 } from "../fixtures.ts";
import { vectorsOf } from "../model-error.ts";
import { models, requestOf } from "../models.ts";
import { nameOf, optimisers } from "../naive/optimiser.ts";
import { drawInstance } from "../oracle/model-instance.ts";
import { ensembleCalls, modelCalls } from "../requests.ts";

type Ask = (engine: Contractor) => object;

/** Names of the arrays whose bytes are not the reference's. */
export const otherBytes = (engine: Contractor, ask: Ask): readonly string[] =>
  differentBytes(ask(engine), ask(reference));

/** Answers to all of these are the reference's, bytes and all. */
const check = (name: string, operations: readonly Operation[], asks: readonly Ask[]): Check => ({
  name: `bytes of the reference: ${name}`,
  operations,
  violations: (engine) =>
    asks.flatMap((ask, at) => otherBytes(engine, ask).map((array) => `${array} of request ${at}: other bytes`)),
});

export const laws: readonly Initialisation[] = [
  ...[heNormal, xavierNormal, torchDefault, signs, cauchy, student2],
  { law: "uniform", gain: 0.7, fan: "average" },
  { law: "rademacher", gain: 1.3, fan: "average" },
];
const activations: readonly Activation[] = [
  "linear",
  "relu",
  { leakySlope: 0.17 },
  { leakySlope: 0 },
  { leakySlope: 1 },
];
/** Around each width that a vector, a tile or a block ends at, constant and not. */
const shapes: readonly (readonly number[])[] = [
  ...[
    [1, 1, 1],
    [2, 3, 2],
    [4, 4, 4, 4],
    [5, 7, 9, 11],
    [8, 16, 8],
    [15, 17, 16, 1],
    [1, 33, 2],
    [31, 32, 33],
    [65, 64, 63],
  ],
];

const tabled: readonly (readonly [name: string, network: Mlp])[] = [
  ...networks,
  ...orthogonalNetworks,
  ...laws.flatMap((init) =>
    activations.flatMap((activation) =>
      shapes.map((widths): readonly [string, Mlp] => [
        JSON.stringify([init, activation, widths]),
        { ...layers(widths), activation, init },
      ]),
    ),
  ),
  ...[1, 2, 3, 5, 8].map((width): readonly [string, Mlp] => [
    `orthogonal, ${width} wide`,
    mlp({ width, depth: 3, activation: { leakySlope: 0.3 }, init: orthogonal(1.4) }),
  ]),
  ["wide", { ...layers([130, 257, 96]), activation: "relu", init: heNormal }],
  ["512 wide", { ...layers([512, 512, 512]), activation: "relu", init: heNormal }],
  ["deep", mlp({ width: 5, depth: 700, activation: "relu", init: heNormal })],
  ["underflowing", mlp({ width: 3, depth: 40, activation: "linear", init: { ...heNormal, gain: 1e-200 } })],
  ["overflowing", mlp({ width: 3, depth: 40, activation: "linear", init: { ...cauchy, gain: 1e200 } })],
];

/** Every way of asking for a pass through one network. */
export function passes(network: Mlp, count: number, key?: StreamKey): readonly Ask[] {
  const streams = { ...streamsOf(count, 9), ...(key ? { key } : {}) };
  const data = picturesOf(network.widths[0]!);
  const sphere = { network, input: { law: "sphere" }, streams } as const;
  const raw = { network, input: { law: "raw-image", data: "dots" }, streams, data } as const;
  const image = { network, input: { law: "image", data: "dots" }, streams, data } as const;
  const classifier = { ...network, widths: [...network.widths.slice(0, -1), data.classes] };
  const loss: Ask = (engine) => engine.lossGradients({ network: classifier, batch: 2, streams, data });
  const lawExact = { ...sphere, sampling: "law-exact" } as const;
  const exact: readonly Ask[] = [
    (engine) => engine.propagate(lawExact),
    (engine) => engine.propagate({ ...lawExact, revive: true }),
    (engine) => engine.backpropagate(lawExact),
  ];
  return [
    ...(network.init.law === "gaussian" ? exact : []),
    (engine) => engine.propagate({ ...sphere, input: { law: "basis" } }),
    (engine) => engine.propagate({ ...sphere, revive: true }),
    (engine) => engine.propagate(raw),
    (engine) => engine.propagate({ ...image, revive: true }),
    (engine) => engine.backpropagate(sphere),
    (engine) => engine.backpropagate(raw),
    (engine) => engine.propagateBatch({ network, batch: 3, streams, data }),
    ...(network.init.law === "orthogonal" ? [] : [loss]),
  ];
}

const ENSEMBLE = ["propagate", "backpropagate", "propagateBatch", "lossGradients"] as const;
const isLarge = ({ widths }: Mlp) => widths.length > 100 || widths[0]! > 100;

/** Shorter and longer than the lanes that go side by side. */
const chainChecks: readonly Check[] = [
  check(
    "chains of every law and length",
    ["chainWeights", "chainHessians"],
    [...laws, orthogonal(1)].flatMap((init) =>
      [1, 2, 3, 7, 16, 65].flatMap((depth) =>
        [1, 2, 7, 8, 9, 17].flatMap((count): readonly Ask[] => {
          const network = { kind: "chain", depth, activation: "linear", init } as const;
          const request = { network, streams: streamsOf(count, 70) };
          return [
            (engine) => engine.chainWeights(request),
            ...[1, 0, -0.3].map(
              (target): Ask =>
                (engine) =>
                  engine.chainHessians({ ...request, target }),
            ),
          ];
        }),
      ),
    ),
  ),
  ...optimisers.map((optimiser) =>
    check(
      `chains under ${nameOf(optimiser)}`,
      ["chainTrajectories", "chainEscapes"],
      [1, 5, 16].flatMap((depth) =>
        [1, 9].flatMap((count): readonly Ask[] => {
          const init = { law: "uniform", gain: 2, fan: "in" } as const;
          const network = { kind: "chain", depth, activation: "linear", init } as const;
          const request = { network, streams: streamsOf(count, 3) };
          const followed = { ...request, target: 1, lossScale: 1.5, optimiser, steps: 30, recordEvery: 6 };
          return [
            (engine) => engine.chainTrajectories(followed),
            (engine) => engine.chainEscapes({ ...request, method: { ...optimiser, maxSteps: 200 } }),
          ];
        }),
      ),
    ),
  ),
];

const diffusions: readonly Ask[] = (["origin", { kick: 0.02 }, { at: 0.1 }] as const).flatMap((start) =>
  [1, 2, 5].map((directions): Ask => {
    const process = { curvature: 0.8, noise: 0.3, rate: 0.04, radius: 1, directions, start, maxSteps: 300 };
    return (engine) => engine.diffusionExits({ process, streams: streamsOf(11) });
  }),
);

const modelChecks: readonly Check[] = models.map((example) => {
  const request = requestOf(example, streamsOf(3, 5));
  const count = drawInstance(request, 5).parameters.length;
  return check(
    `layered networks, ${example.name}`,
    modelCalls.map(({ operation }) => operation),
    [
      (engine) => engine.layerNorms(request),
      (engine) => engine.outputs(request),
      (engine) => engine.gradients(request),
      (engine) => engine.hessianVectorProducts({ ...request, vectors: vectorsOf(count, 3) }),
      (engine) => engine.hessianEigenvalues(request),
      (engine) => engine.extremeEigenvalues({ ...request, iterations: 7 }),
      ...optimisers.map(
        (optimiser): Ask =>
          (engine) =>
            engine.trajectories({ ...request, optimiser, noise: 0.1, steps: 4, recordEvery: 2 }),
      ),
    ],
  );
});

/** What an engine of equal bytes keeps to besides the contract. */
export const bytes: readonly Check[] = [
  check(
    "every network of the table, input and pass",
    ENSEMBLE,
    tabled.flatMap(([, network]) => passes(network, isLarge(network) ? 2 : 5)),
  ),
  ...[...ensembleCalls, ...modelCalls].map(({ name, operation, result }) =>
    check(name, [operation], [(engine) => result(engine, streamsOf(13, 1))]),
  ),
  ...chainChecks,
  check("diffusions from every start", ["diffusionExits"], diffusions),
  ...modelChecks,
];
