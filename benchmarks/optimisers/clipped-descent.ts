import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { TrajectoryRequest } from "../../src/lab/contract/model-request.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import { log } from "../../src/numerics/elementary.ts";
import { differingBytes } from "./differing-bytes.ts";

export type ClippingMeasure = "differingBytes" | "isClipped" | "differsAfter";

const measures: Experiment<ClippingMeasure>["measures"] = {
  differingBytes: {
    kind: "raw",
    rounding: "underived",
    description: "bytes of the losses that differ from those of descent, up to the first step that is clipped",
  },
  isClipped: { kind: "bounded", rounding: "underived", range: [0, 1], description: "1 when some step is clipped" },
  differsAfter: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when losses differ after a clipped step",
  },
};

/** Clipped descent beside plain descent of the same network, one input on the sphere and the target 1. */
export function clippedDescent(
  network: LayeredNetwork,
  options: { readonly rate: number; readonly threshold: number; readonly steps: number; readonly clips?: number },
): Experiment<ClippingMeasure> {
  return {
    name: "clipped-descent",
    module: import.meta.url,
    setup: { network: { ...network } as never, ...options },
    measures,
    cost: {
      draws: 2 * parameterCount(network),
      multiplyAdds: 6 * parameterCount(network) * options.steps,
      // Calls of so small layers: a few a layer and step.
      transcendentals: 10 * network.layers.length * options.steps,
    },
    observe: (context) => observe(network, options, context),
  };
}

function observe(
  network: LayeredNetwork,
  {
    rate,
    threshold,
    steps,
    clips = threshold,
  }: { readonly rate: number; readonly threshold: number; readonly steps: number; readonly clips?: number },
  { engine, streams }: Context,
) {
  const request: Omit<TrajectoryRequest, "optimiser"> = {
    network,
    loss: "squared",
    batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
    streams,
    steps,
    recordEvery: 1,
  };
  const plain = engine.trajectories({ ...request, optimiser: { name: "gradient-descent", rate } });
  const clipped = engine.trajectories({ ...request, optimiser: { name: "clipped-descent", rate, threshold: clips } });
  const rows = Array.from({ length: streams.count }, (_, row) => {
    const [from, to] = [row * (steps + 1), (row + 1) * (steps + 1)];
    return firstDifference(
      plain.losses.subarray(from, to),
      clipped.losses.subarray(from, to),
      stepsBelow(plain.logGradients.subarray(from, to), threshold),
    );
  });
  return {
    differingBytes: Float64Array.from(rows, ({ before }) => before),
    isClipped: Float64Array.from(rows, ({ isClipped }) => (isClipped ? 1 : 0)),
    differsAfter: Float64Array.from(rows, ({ after }) => (after > 0 ? 1 : 0)),
  };
}

/** Records whose gradients have a norm of at most the threshold, from the start: so many steps are not clipped. */
function stepsBelow(logGradients: Float64Array, threshold: number): number {
  // A norm within rounding of the threshold may be clipped or not: it counts as clipped.
  const limit = 2 * log(threshold) - 1e-9;
  const at = logGradients.findIndex((logSquare) => !(logSquare <= limit));
  return at < 0 ? logGradients.length : at;
}

/** After k unclipped steps there are k + 1 equal losses, the start's among them. */
function firstDifference(plain: Float64Array, clipped: Float64Array, steps: number) {
  const equal = Math.min(steps + 1, plain.length);
  return {
    before: differingBytes(plain.slice(0, equal), clipped.slice(0, equal)),
    after: differingBytes(plain.slice(equal), clipped.slice(equal)),
    isClipped: steps < plain.length - 1,
  };
}
