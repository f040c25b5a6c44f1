import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Passes } from "../../src/lab/contract/passes.ts";
import { parameterArrays, parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import { log } from "../../src/numerics/elementary.ts";

const measures: Experiment<"firstLessLast">["measures"] = {
  firstLessLast: {
    kind: "log",
    rounding: "weight-gradients",
    description: "ln of the mean squared gradient of a weight of the first layer, over that of the last",
  },
};

/** So far off that the gradient at the output does not depend on the output, to a millionth. */
const FAR = { constant: 1e6 } as const;

const BATCH = { size: 1, inputs: "sphere", targets: FAR } as const;

/**
 * How large the gradient of a weight is in the first layer of a fresh network, beside one in the last: mean squares over the
 * layer's weights, for one input of norm 1. Cost: three passes.
 */
export function weightGradients(network: LayeredNetwork): Experiment<"firstLessLast"> {
  const parameters = parameterCount(network);
  return {
    name: "weight-gradients",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    passes: { network, batch: BATCH } satisfies Passes as never,
    cost: { draws: parameters, multiplyAdds: 3 * parameters, transcendentals: 2 * network.layers.length },
    observe: (context) => observe(network, context),
  };
}

function observe(network: LayeredNetwork, { engine, streams }: Context) {
  const { logNorms } = engine.gradients({ network, loss: "squared", batch: BATCH, streams });
  const arrays = parameterArrays(network);
  const weights = arrays.flatMap(({ role, length }, at) => (role === "weights" ? [{ at, length }] : []));
  const [first, last] = [weights[0]!, weights[weights.length - 1]!];
  const sizes = log(last.length / first.length);
  const firstLessLast = Float64Array.from({ length: streams.count }, (_, row) => {
    const from = row * arrays.length;
    return logNorms[from + first.at]! - logNorms[from + last.at]! + sizes;
  });
  return { firstLessLast };
}
