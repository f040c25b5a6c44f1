import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Passes } from "../../src/lab/contract/passes.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import type { Initialisation, LayeredNetwork } from "../../src/lab/networks/network.ts";
import { exp } from "../../src/numerics/elementary.ts";

export type Direction = "forward" | "backward";

/** A linear layer without bias. */
export interface LinearLayer {
  readonly from: number;
  readonly to: number;
  readonly init: Initialisation;
  readonly direction: Direction;
}

const measuresOf = (direction: Direction): Experiment<"factor">["measures"] => ({
  factor: {
    kind: "increment",
    rounding: `${direction}-factor`,
    description: "mean square of a unit's signal after the layer, over that before it",
  },
});

/** So far off that the gradient at the output does not depend on the output, to a millionth. */
const FAR = { constant: 1e6 } as const;

const BATCH = { size: 1, inputs: "sphere", targets: FAR } as const;

/**
 * What one fresh linear layer does to the mean square of a unit: of activations on the way forward, from a random direction, or
 * of gradients on the way back. Cost: a pass there and back.
 */
export function layerFactor({ from, to, init, direction }: LinearLayer): Experiment<"factor"> {
  return {
    name: "layer-factor",
    module: import.meta.url,
    setup: { from, to, init: { ...init } as never, direction },
    measures: measuresOf(direction),
    passes: { network: networkOf({ from, to, init }), batch: BATCH } satisfies Passes as never,
    cost: { draws: from * to + from, multiplyAdds: 3 * from * to, transcendentals: 4 },
    observe: (context) => observe({ from, to, init, direction }, context),
  };
}

function observe({ from, to, init, direction }: LinearLayer, { engine, streams }: Context) {
  const request = { network: networkOf({ from, to, init }), loss: "squared", batch: BATCH, streams } as const;
  const { logForward, logBackward } = engine.layerNorms(request);
  const factor = Float64Array.from({ length: streams.count }, (_, row) => {
    const [before, after] = [2 * row, 2 * row + 1];
    return direction === "forward"
      ? exp(logForward[after]! - logForward[before]!) * (from / to)
      : exp(logBackward[before]! - logBackward[after]!) * (to / from);
  });
  return { factor };
}

function networkOf({ from, to, init }: Omit<LinearLayer, "direction">): LayeredNetwork {
  return multilayerPerceptron({ widths: [from, to], activation: "linear", init });
}
