import type { Cost } from "../src/claim/experiment.ts";
import type { Mlp } from "../src/networks/network.ts";

/** Work of one forward pass of a fresh network: every weight is drawn and used once; orthogonal layers draw one vector. */
export function propagationCost(network: Mlp): Cost {
  const { widths, init } = network;
  let weights = 0;
  let units = 0;
  for (let layer = 1; layer < widths.length; layer++) {
    weights += widths[layer - 1]! * widths[layer]!;
    units += widths[layer]!;
  }
  if (init.law === "orthogonal") return { draws: units, multiplyAdds: 3 * units, transcendentals: widths.length };
  return { draws: weights, multiplyAdds: weights, transcendentals: widths.length };
}
