import type { Engine } from "../../../../src/lab/contract/engine.ts";
import { arraysDiffer, type Check, differs } from "../check.ts";
import { networks, orthogonalNetworks, picturesOf, streamsOf } from "../fixtures.ts";
import { naiveBackpropagate, naiveNetwork } from "../naive/backpropagate.ts";
import { passForward } from "../naive/pass.ts";

type Request = Parameters<Engine["backpropagate"]>[0];

const NETWORKS = 12;
const all = [...networks, ...orthogonalNetworks];

const followsNaive: readonly Check[] = all.flatMap(([name, network]) =>
  requestsOf(network).map(([input, request]) => ({
    name: `backpropagation of ${input}, ${name}: the naive version's`,
    operations: ["backpropagate"],
    paired: true as const,
    violations: (engine: Engine, arithmetic) => {
      const found = engine.backpropagate(request);
      const expected = naiveBackpropagate(request, arithmetic);
      const depth = network.widths.length - 1;
      const certain = (values: Float64Array) =>
        values.map((value, at) => (uncertainAt(at) ? expected.logGradients[at]! : value));
      const uncertainAt = (at: number) => expected.uncertain[Math.floor(at / depth)]!;
      return [
        ...arraysDiffer("logNorm", found.logNorm, expected.logNorm, expected.normErrors),
        ...arraysDiffer("logGradients", certain(found.logGradients), expected.logGradients, expected.gradientErrors),
        ...tooMany(expected.uncertain),
      ];
    },
  })),
);

function requestsOf(network: Request["network"]): readonly (readonly [string, Request])[] {
  const streams = streamsOf(NETWORKS, 40);
  const data = picturesOf(network.widths[0]!);
  return [
    ["a direction", { network, input: { law: "sphere" }, streams }],
    ["a raw image", { network, input: { law: "raw-image", data: "dots" }, streams, data }],
  ];
}

/** A comparison that leaves out most replicates compares nothing. */
function tooMany(uncertain: readonly boolean[]): readonly string[] {
  const left = uncertain.filter((flag) => !flag).length;
  return 2 * left >= uncertain.length
    ? []
    : [`only ${left} of ${uncertain.length} replicates have no unit near its kink`];
}

/**
 * Central differences of <cotangent, h_L> in every weight, by forward passes alone. The output is piecewise linear in each
 * weight, so the step has no truncation error but where a unit changes sides; 1e-4 leaves 1e-16 / 1e-4 of rounding.
 */
const followsDifferences: readonly Check[] = all.map(([name, network]) => ({
  name: `backpropagation, ${name}: central differences`,
  operations: ["backpropagate"],
  paired: true as const,
  violations: (engine, { unit, draw }) => {
    const request = { network, input: { law: "sphere" }, streams: streamsOf(4, 40) } as const;
    const found = engine.backpropagate(request).logGradients;
    const depth = network.widths.length - 1;
    const exact = naiveBackpropagate(request, { unit, draw, streams: "shared" });
    return Array.from({ length: 4 }, (_, row) => row)
      .filter((row) => !exact.uncertain[row])
      .flatMap((row) =>
        Array.from({ length: depth }, (_, layer) => {
          const square = squaredDifferences(request, 40 + row, layer);
          const at = row * depth + layer;
          const bound = exact.gradientErrors[at]! + ROUNDING_OF_DIFFERENCES;
          return differs(`logGradients[${at}]`, found[at]!, Math.log(square), bound);
        }).flat(),
      );
  },
}));

const STEP = 1e-4;
const ROUNDING_OF_DIFFERENCES = 1e-8;

function squaredDifferences(request: Request, replicate: number, layer: number): number {
  const { pass, cotangent } = naiveNetwork(request, replicate);
  const activations = pass.weights.map(() => request.network.activation);
  const outputAt = (row: number, column: number, change: number) => {
    const weights = pass.weights.map((matrix, at) =>
      at === layer ? matrix.map((r, i) => (i === row ? r.map((w, j) => (j === column ? w + change : w)) : r)) : matrix,
    );
    const output = passForward(weights, activations, pass.hidden[0]!).hidden.at(-1)!;
    return output.reduce((sum, value, unit) => sum + value * cotangent[unit]!, 0);
  };
  let square = 0;
  for (const [row, weights] of pass.weights[layer]!.entries()) {
    for (const column of weights.keys()) {
      const slope = (outputAt(row, column, STEP) - outputAt(row, column, -STEP)) / (2 * STEP);
      square += slope * slope;
    }
  }
  return square;
}

export const backpropagation: readonly Check[] = [...followsNaive, ...followsDifferences];
