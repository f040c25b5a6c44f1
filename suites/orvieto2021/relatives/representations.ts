import { representationRank } from "../../../benchmarks/relatives/representation-rank.ts";
import { multilayerPerceptron } from "../../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, xavierNormal } from "../../../src/lab/networks/network.ts";

export const NETWORKS = ["linear", "relu"] as const;
const WIDTH = 32;
const DEPTH = 100;

/** Effective rank of as many random inputs as the network is wide, after a hundred layers. */
export const rankAt = (activation: (typeof NETWORKS)[number], normalised: boolean) =>
  representationRank(
    multilayerPerceptron({
      width: WIDTH,
      depth: DEPTH,
      activation,
      init: activation === "relu" ? heNormal : xavierNormal,
      ...(normalised ? { normalisation: { kind: "batch-normalisation", epsilon: 0 } as const } : {}),
    }),
    WIDTH,
  );
