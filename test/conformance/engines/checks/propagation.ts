import type { Engine } from "../../../../src/lab/contract/engine.ts";
import type { Mlp } from "../../../../src/lab/networks/network.ts";
import { arraysDiffer, type Check, differs } from "../check.ts";
import { networks, orthogonalNetworks, picturesOf, streamsOf } from "../fixtures.ts";
import { naivePropagate } from "../naive/propagate.ts";

type Request = Parameters<Engine["propagate"]>[0];

const NETWORKS = 12;

const requestsOf = (network: Mlp): readonly (readonly [string, Request])[] => {
  const streams = streamsOf(NETWORKS, 3);
  const data = picturesOf(network.widths[0]!);
  return [
    ["the basis vector", { network, input: { law: "basis" }, streams }],
    ["a direction, revived", { network, input: { law: "sphere" }, streams, revive: true }],
    ["an image", { network, input: { law: "image", data: "dots" }, streams, data }],
    ["a raw image", { network, input: { law: "raw-image", data: "dots" }, streams, data }],
  ];
};

const followsNaive: readonly Check[] = networks.flatMap(([name, network]) =>
  requestsOf(network).map(([input, request]) => ({
    name: `propagation of ${input}, ${name}: the naive version's`,
    operations: ["propagate"],
    paired: true as const,
    violations: (engine: Engine, arithmetic) => {
      const found = engine.propagate(request);
      const expected = naivePropagate(request, arithmetic);
      return [
        ...arraysDiffer("logIncrements", found.logIncrements, expected.logIncrements, expected.errors),
        ...arraysDiffer("logInput", found.logInput, expected.logInput, expected.inputErrors),
        ...arraysDiffer("layersAlive", found.layersAlive, expected.layersAlive, 0),
      ];
    },
  })),
);

/** A linear orthogonal layer keeps every norm; a ReLU layer can only lose some of it. */
const keepsNorms: readonly Check[] = orthogonalNetworks.map(([name, network]) => ({
  name: `propagation, ${name}: norms are kept or lost, never won`,
  operations: ["propagate"],
  violations: (engine, { unit, draw }) => {
    const { logIncrements } = engine.propagate({ network, input: { law: "sphere" }, streams: streamsOf(NETWORKS) });
    const width = network.widths[0]!;
    const bound = 2 * (2 * width + 10) * (unit + draw);
    const most = Math.log(network.init.gain);
    return [...logIncrements].flatMap((value, at) =>
      network.activation === "linear"
        ? differs(`logIncrements[${at}]`, value, most, bound)
        : value <= most + bound
          ? []
          : [`logIncrements[${at}]: ${value} above ${most}`],
    );
  },
}));

export const propagation: readonly Check[] = [...followsNaive, ...keepsNorms];
