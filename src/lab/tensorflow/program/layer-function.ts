import { refuseUnknown } from "../../networks/kinds.ts";
import type { PlacedLayer } from "../../networks/layered-network.ts";
import type { Pointwises } from "../activations.ts";
import type { Library, Tensor } from "../library.ts";
import { convolve } from "./convolve.ts";
import { normaliseBatch, normaliseExamples } from "./normalisations.ts";

/**
 * What a layer does with replicates x examples x size numbers. `next` gives the layer's parameter arrays in their order, each
 * replicates x rows x columns.
 */
export type LayerFunction = (x: Tensor, next: () => Tensor) => Tensor;

/** Each replicate by its own parameters, in operations that can all be differentiated twice. */
export function layerFunction(tf: Library, pointwises: Pointwises, layer: PlacedLayer): LayerFunction {
  const { description, input } = layer;
  switch (description.kind) {
    case "dense":
      return (x, next) => withBias(tf, tf.matMul(x, next(), false, true), layer, next);
    case "convolution":
      return (x, next) =>
        convolve(tf, x, layer, (patches) => withBias(tf, tf.matMul(patches, next(), false, true), layer, next));
    case "activation": {
      const f = pointwises.activation(description.activation);
      return (x) => f(x);
    }
    case "batch-normalisation": {
      const channels = typeof input === "number" ? input : input.channels;
      return (x) => normaliseBatch(tf, pointwises, x, channels, description.epsilon);
    }
    case "layer-normalisation":
      return (x) => normaliseExamples(tf, pointwises, x, description.epsilon);
    case "multiplier":
      return (x, next) => tf.mul(x, next());
    case "residual": {
      const branch = layer.branch.map((inner) => layerFunction(tf, pointwises, inner));
      return (x, next) =>
        tf.add(
          x,
          tf.mul(
            branch.reduce((value, f) => f(value, next), x),
            description.scale,
          ),
        );
    }
    default:
      return refuseUnknown("a layer", description);
  }
}

function withBias(tf: Library, z: Tensor, { arrays }: PlacedLayer, next: () => Tensor): Tensor {
  return arrays.length < 2 ? z : tf.add(z, next());
}
