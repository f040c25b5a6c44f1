import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { BatchLaw } from "../../src/lab/contract/model-request.ts";
import type { Passes } from "../../src/lab/contract/passes.ts";
import { layerSizes, parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";

export type RankMeasure = "effectiveRank" | "alive";

const measures: Experiment<RankMeasure>["measures"] = {
  effectiveRank: {
    kind: "raw",
    rounding: "participation",
    description: "(tr G)^2 / ||G||_F^2 of the Gram matrix G of a batch's last representations; 0 where all are zero",
  },
  alive: {
    kind: "bounded",
    range: [0, 1],
    rounding: "underived",
    description: "1 when some representation is not zero",
  },
};

/**
 * How many directions the representations of a batch of random inputs take after the last layer: a lower bound on their rank,
 * 1 when all are parallel. Cost: one pass and the products of all pairs.
 */
export function representationRank(network: LayeredNetwork, batch: number): Experiment<RankMeasure> {
  const parameters = parameterCount(network);
  const sizes = layerSizes(network);
  return {
    name: "representation-rank",
    module: import.meta.url,
    setup: { network: { ...network } as never, batch },
    measures,
    passes: { network, batch: batchOf(batch) } satisfies Passes as never,
    cost: { draws: parameters, multiplyAdds: batch * parameters + batch * batch * sizes[sizes.length - 1]! },
    observe: (context) => observe(network, batch, context),
  };
}

function observe(network: LayeredNetwork, size: number, { engine, streams }: Context) {
  const outputs = engine.outputs({ network, loss: "squared", batch: batchOf(size), streams });
  const length = outputs.length / streams.count;
  const effectiveRank = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    effectiveRank[row] = participationRatio(outputs.subarray(row * length, (row + 1) * length), size);
  }
  return { effectiveRank, alive: effectiveRank.map((rank) => (rank > 0 ? 1 : 0)) };
}

function batchOf(size: number): BatchLaw {
  return { size, inputs: "gaussian", targets: { constant: 0 } };
}

/** (tr G)^2 / ||G||_F^2 = (sum of eigenvalues)^2 / sum of their squares, without eigenvalues. */
function participationRatio(rows: Float64Array, count: number): number {
  const length = rows.length / count;
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    for (let j = 0; j <= i; j++) {
      let product = 0;
      for (let k = 0; k < length; k++) product += rows[i * length + k]! * rows[j * length + k]!;
      if (i === j) trace += product;
      squares += (i === j ? 1 : 2) * product * product;
    }
  }
  return squares > 0 ? (trace * trace) / squares : 0;
}
