import type { Cost } from "../src/claim/experiment.ts";
import type { Sampling } from "../src/lab/contract/propagation.ts";
import type { Mlp } from "../src/lab/networks/network.ts";

/**
 * Work of one forward pass of a fresh network: every weight is drawn and used once; orthogonal layers and law-exact sampling
 * draw one vector.
 */
export function propagationCost(network: Mlp, sampling: Sampling = "direct"): Cost {
  const { widths, init } = network;
  let weights = 0;
  let units = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    weights += widths[layer - 1]! * widths[layer]!;
    units += widths[layer]!;
  }
  if (sampling === "law-exact") return { draws: units, multiplyAdds: 2 * units, transcendentals: widths.length };
  if (init.law === "orthogonal") return { draws: units, multiplyAdds: 3 * units, transcendentals: widths.length };
  return { draws: weights, multiplyAdds: weights, transcendentals: widths.length };
}

/** What a setup says of the sampling: nothing of direct sampling, so that a setup without a word of it keeps its streams. */
export function samplingSetup(sampling: Sampling): { readonly sampling?: Sampling } {
  return sampling === "direct" ? {} : { sampling };
}
