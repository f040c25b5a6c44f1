import type { Experiment } from "../../src/lab/contract/experiment.ts";
import type { Mlp } from "../../src/lab/networks/network.ts";
import { meanLayerFactors } from "../mean-layer-factors.ts";
import { propagationCost } from "../propagation-cost.ts";

const measures: Experiment<"meanSquaredRatio">["measures"] = {
  meanSquaredRatio: {
    kind: "increment",
    rounding: "squared-ratio",
    description: "mean over the layers of (||h_l||^2 / ||h_{l-1}||^2)^2, 0 for a layer that dies",
  },
};

/** The square of the factor of the squared norm a layer, averaged over a network's layers: E ||h_L||^4 is its mean to the power L. */
export function layerNormMoment(network: Mlp): Experiment<"meanSquaredRatio"> {
  return {
    name: "layer-norm-moment",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: propagationCost(network),
    observe: (context) => ({ meanSquaredRatio: meanLayerFactors(network, 2, context) }),
  };
}
