import type { Observations } from "../src/claim/experiment.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { Sampling } from "../src/lab/contract/propagation.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { propagationCost, samplingSetup } from "./propagation-cost.ts";

export type GradientMeasure = "logGradientFirst" | "logGradientLast" | "firstLessLast" | "alive";

export const gradientMeasures: Experiment<GradientMeasure>["measures"] = {
  logGradientFirst: {
    kind: "log",
    rounding: "backward",
    description: "ln of the squared norm of the first layer's gradient",
  },
  logGradientLast: {
    kind: "log",
    rounding: "backward",
    description: "ln of the squared norm of the last layer's gradient",
  },
  firstLessLast: {
    kind: "log",
    rounding: "backward",
    description: "ln of the ratio of first to last layer's squared gradient norms",
  },
  alive: {
    kind: "bounded",
    rounding: "indicator",
    range: [0, 1],
    description: "1 when the network's output is not exactly zero",
  },
};

/** Gradients of a fresh network's output along a random unit direction, in the first and the last layer. */
export function gradientLogNorm(network: Mlp, sampling: Sampling = "direct"): Experiment<GradientMeasure> {
  const { draws, multiplyAdds } = propagationCost(network, sampling);
  // Law-exact sampling draws for the backward pass too.
  const passes = sampling === "law-exact" ? 2 : 1;
  return {
    name: "gradient-log-norm",
    module: import.meta.url,
    setup: { network: { ...network } as never, ...samplingSetup(sampling) },
    measures: gradientMeasures,
    cost: { draws: passes * draws, multiplyAdds: 2 * multiplyAdds, transcendentals: 2 * network.widths.length },
    observe: (context) => observe(network, sampling, context),
  };
}

function observe(network: Mlp, sampling: Sampling, { engine, streams }: Context) {
  const { logGradients } = engine.backpropagate({ network, input: { law: "basis" }, streams, sampling });
  return gradientObservations(logGradients, network.widths.length - 1);
}

/** The measures from the logarithms of squared gradient norms, `depth` of them a replicate, the first layer's first. */
export function gradientObservations(logGradients: Float64Array, depth: number): Observations<GradientMeasure> {
  const count = logGradients.length / depth;
  const logGradientFirst = new Float64Array(count);
  const logGradientLast = new Float64Array(count);
  const firstLessLast = new Float64Array(count);
  const alive = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const first = logGradients[row * depth]!;
    const last = logGradients[row * depth + depth - 1]!;
    logGradientFirst[row] = first;
    logGradientLast[row] = last;
    // A dead gradient is excluded by `alive`; 0 stands where the difference of two infinities would be NaN.
    alive[row] = first === -Infinity || last === -Infinity ? 0 : 1;
    firstLessLast[row] = alive[row] === 1 ? first - last : 0;
  }
  return { logGradientFirst, logGradientLast, firstLessLast, alive };
}
