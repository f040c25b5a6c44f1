import type { Experiment } from "../src/lab/contract/experiment.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { meanLayerFactors } from "./mean-layer-factors.ts";
import { propagationCost } from "./propagation-cost.ts";

const measures: Experiment<"meanRatio">["measures"] = {
  meanRatio: {
    kind: "increment",
    rounding: "ratio",
    description: "mean over the layers of ||h_l||^2 / ||h_{l-1}||^2, 0 for a layer that dies",
  },
};

/** The factor of the squared norm a layer, averaged over a network's layers. */
export function layerNormRatio(network: Mlp): Experiment<"meanRatio"> {
  return {
    name: "layer-norm-ratio",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: propagationCost(network),
    observe: (context) => ({ meanRatio: meanLayerFactors(network, 1, context) }),
  };
}
