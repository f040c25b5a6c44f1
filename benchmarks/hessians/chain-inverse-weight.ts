import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";

const measures: Experiment<"exceeds">["measures"] = {
  exceeds: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the largest 1 / |w| of the chain is above the level",
  },
};

/**
 * Whether a chain has a weight so small that 1 / |w| is above `level`: gradient and Hessian of a chain are its output times
 * 1 / w and 1 / (w_i w_j), so that this tail is theirs. Cost: one draw a layer.
 */
export function chainInverseWeight(network: Chain, level: number): Experiment<"exceeds"> {
  return {
    name: "chain-inverse-weight",
    module: import.meta.url,
    setup: { network: { ...network } as never, level },
    measures,
    cost: { draws: network.depth, multiplyAdds: network.depth },
    observe: (context) => observe(network, level, context),
  };
}

function observe(network: Chain, level: number, { engine, streams }: Context) {
  const { depth } = network;
  const weights = engine.chainWeights({ network, streams });
  const exceeds = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    for (let layer = 0; layer < depth; layer++) {
      if (level * Math.abs(weights[row * depth + layer]!) < 1) exceeds[row] = 1;
    }
  }
  return { exceeds };
}
