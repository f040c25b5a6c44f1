import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Mlp } from "../../src/lab/networks/network.ts";
import { exp } from "../../src/numerics/elementary.ts";
import { propagationCost } from "../propagation-cost.ts";

const measures: Experiment<"meanSquaredRatio">["measures"] = {
  meanSquaredRatio: {
    kind: "increment",
    rounding: "underived",
    description: "mean over the layers of (||h_l||^2 / ||h_{l-1}||^2)^2, 0 for a layer that dies",
  },
};

/**
 * The square of the factor of the squared norm a layer, averaged over a network's layers: E ||h_L||^4 is its mean to the power L.
 * A layer that dies counts as 0 and the pass goes on from a fresh unit vector, so that factors are independent.
 */
export function layerNormMoment(network: Mlp): Experiment<"meanSquaredRatio"> {
  return {
    name: "layer-norm-moment",
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
  const meanSquaredRatio = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    let sum = 0;
    for (let layer = 0; layer < depth; layer++) sum += exp(2 * logIncrements[row * depth + layer]!);
    meanSquaredRatio[row] = sum / depth;
  }
  return { meanSquaredRatio };
}
