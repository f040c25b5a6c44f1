import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { Chain } from "../src/lab/networks/network.ts";
import { log } from "../src/numerics/elementary.ts";

export type ChainMeasure = "meanLogWeight" | "logProduct" | "logSquaredProduct" | "meanSquareWeight" | "positive";

const measures: Experiment<ChainMeasure>["measures"] = {
  meanLogWeight: { kind: "log", rounding: "underived", description: "mean over the layers of ln |w|" },
  logProduct: { kind: "log", rounding: "underived", description: "ln |product of the weights|" },
  logSquaredProduct: {
    kind: "log",
    rounding: "underived",
    description: "ln of the squared product, the chain's ||h_L||^2",
  },
  meanSquareWeight: {
    kind: "increment",
    rounding: "underived",
    description: "mean over the layers of w^2, the factor of ||h||^2 a layer",
  },
  positive: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the chain's output at x = 1 is not exactly 0",
  },
};

/** The product of a chain's weights, in logs: all that a chain of width 1 does to a signal. Cost: one draw a layer. */
export function chainLogProduct(network: Chain): Experiment<ChainMeasure> {
  return {
    name: "chain-log-product",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: { draws: network.depth, multiplyAdds: 2 * network.depth, transcendentals: network.depth },
    observe: (context) => observe(network, context),
  };
}

function observe(network: Chain, { engine, streams }: Context) {
  const { depth, activation } = network;
  const weights = engine.chainWeights({ network, streams });
  const meanLogWeight = new Float64Array(streams.count);
  const logProduct = new Float64Array(streams.count);
  const logSquaredProduct = new Float64Array(streams.count);
  const meanSquareWeight = new Float64Array(streams.count);
  const positive = new Float64Array(streams.count);
  for (let chain = 0; chain < streams.count; chain++) {
    let logs = 0;
    let squares = 0;
    let negatives = 0;
    for (let layer = 0; layer < depth; layer++) {
      const weight = weights[chain * depth + layer]!;
      logs += log(Math.abs(weight));
      squares += weight * weight;
      if (!(weight > 0)) negatives++;
    }
    meanLogWeight[chain] = logs / depth;
    logProduct[chain] = logs;
    logSquaredProduct[chain] = 2 * logs;
    meanSquareWeight[chain] = squares / depth;
    positive[chain] = activation === "relu" && negatives > 0 ? 0 : 1;
  }
  return { meanLogWeight, logProduct, logSquaredProduct, meanSquareWeight, positive };
}
