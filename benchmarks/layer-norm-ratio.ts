import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { exp } from "../src/numerics/elementary.ts";
import { propagationCost } from "./propagation-cost.ts";

const measures: Experiment<"meanRatio">["measures"] = {
  meanRatio: {
    kind: "increment",
    rounding: "ratio",
    description: "mean over the layers of ||h_l||^2 / ||h_{l-1}||^2, 0 for a layer that dies",
  },
};

/**
 * The factor of the squared norm a layer, averaged over a network's layers. A layer that dies counts as a factor 0 and the
 * pass goes on from a fresh unit vector, so that the factors are independent and of one law.
 */
export function layerNormRatio(network: Mlp): Experiment<"meanRatio"> {
  return {
    name: "layer-norm-ratio",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: propagationCost(network),
    observe: (context) => observe(network, context),
  };
}

function observe(network: Mlp, { engine, streams }: Context) {
  const depth = network.widths.length - 1;
  const { logIncrements } = engine.propagate({ network, input: { law: "basis" }, streams, revive: true });
  const meanRatio = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    let sum = 0;
    for (let layer = 0; layer < depth; layer++) sum += exp(logIncrements[row * depth + layer]!);
    meanRatio[row] = sum / depth;
  }
  return { meanRatio };
}
