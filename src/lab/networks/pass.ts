import { isSmooth } from "./architecture.ts";
import { type PlacedLayer, placeLayers, sizeOf } from "./layered-network.ts";
import type { LayeredNetwork, Mlp } from "./network.ts";

/** What a pass does, in order: sums over `fanIn` products, and units that have a kink at 0. */
export type Pass = readonly ({ readonly fanIn: number } | { readonly kinks: number })[];

/**
 * The steps of a pass through a network that multiplies its output where its input is multiplied; undefined for others: with
 * biases that are not 0, curved activations or normalisations.
 */
export function passOf(network: Mlp | LayeredNetwork): Pass | undefined {
  if (network.kind === "layered") return passThrough(placeLayers(network));
  const { widths, activation } = network;
  return widths.slice(1).flatMap((width, layer) => {
    const sum = { fanIn: widths[layer]! };
    return activation === "linear" ? [sum] : [sum, { kinks: width }];
  });
}

function passThrough(layers: readonly PlacedLayer[]): Pass | undefined {
  const parts = layers.map(stepsOf);
  return parts.includes(undefined) ? undefined : (parts as readonly Pass[]).flat();
}

function stepsOf({ description, input, arrays, branch }: PlacedLayer): Pass | undefined {
  switch (description.kind) {
    case "dense":
    case "convolution": {
      const { bias } = description;
      if (bias !== "none" && bias.standardDeviation > 0) return undefined;
      return [{ fanIn: arrays[0]!.columns }];
    }
    case "activation":
      if (description.activation === "linear") return [];
      return isSmooth(description.activation) ? undefined : [{ kinks: sizeOf(input) }];
    case "multiplier":
      return [{ fanIn: 1 }];
    case "residual":
      return passThrough(branch);
    default:
      return undefined;
  }
}
