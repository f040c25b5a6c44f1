import type { Context } from "../src/lab/contract/experiment.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { exp } from "../src/numerics/elementary.ts";

/**
 * Of each replicate the mean over the layers of (||h_l||^2 / ||h_{l-1}||^2)^power. A layer that dies counts as 0 and the pass goes
 * on from a fresh unit vector, so that the factors are independent and of one law.
 */
export function meanLayerFactors(network: Mlp, power: number, { engine, streams }: Context): Float64Array {
  const depth = network.widths.length - 1;
  const { logIncrements } = engine.propagate({ network, input: { law: "basis" }, streams, revive: true });
  const means = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    let sum = 0;
    for (let layer = 0; layer < depth; layer++) sum += exp(power * logIncrements[row * depth + layer]!);
    means[row] = sum / depth;
  }
  return means;
}
