import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Mlp } from "../../src/lab/networks/network.ts";
import { propagationCost, samplingSetup } from "../propagation-cost.ts";

/** The first cumulant is the mean, the second the variance. */
export type Cumulant = "mean" | "variance";

/** Networks of one replicate. A larger ensemble tells its variance better, and leaves fewer replicates to a machine's cores. */
export const ENSEMBLE = 16;

const SAMPLING = "law-exact";

const measures: Experiment<"cumulant">["measures"] = {
  cumulant: {
    kind: "log",
    rounding: "underived",
    description: "mean or unbiased variance of ln of the last layer's squared norm, over an ensemble of fresh networks",
  },
};

/**
 * A cumulant of ln ||h_L||^2, estimated without bias from an ensemble of networks, so that its mean over replicates is the
 * cumulant itself. One experiment a cumulant: a ratio of the two needs independent arms. Networks must not die. Cost: one
 * number a unit of all networks.
 */
export function logNormCumulant(network: Mlp, cumulant: Cumulant): Experiment<"cumulant"> {
  const one = propagationCost(network, SAMPLING);
  return {
    name: "log-norm-cumulant",
    module: import.meta.url,
    setup: { network: { ...network } as never, cumulant, ensemble: ENSEMBLE, ...samplingSetup(SAMPLING) },
    measures,
    cost: {
      draws: ENSEMBLE * one.draws,
      multiplyAdds: ENSEMBLE * one.multiplyAdds,
      transcendentals: ENSEMBLE * (one.transcendentals ?? 0),
    },
    observe: (context) => observe(network, cumulant, context),
  };
}

/** Replicate r is made of the networks of streams ENSEMBLE r and following. */
function observe(network: Mlp, cumulant: Cumulant, { engine, streams: { key, first, count } }: Context) {
  const depth = network.widths.length - 1;
  const streams = { key, first: ENSEMBLE * first, count: ENSEMBLE * count };
  const { logIncrements } = engine.propagate({ network, input: { law: "basis" }, streams, sampling: SAMPLING });
  const logNorms = Float64Array.from({ length: streams.count }, (_, row) =>
    logIncrements.subarray(row * depth, (row + 1) * depth).reduce((sum, increment) => sum + increment, 0),
  );
  const ensembles = Array.from({ length: count }, (_, row) => logNorms.subarray(row * ENSEMBLE, (row + 1) * ENSEMBLE));
  return { cumulant: Float64Array.from(ensembles, cumulant === "mean" ? meanOf : varianceOf) };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
