import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { BatchLaw, Loss } from "../../src/lab/contract/model-request.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { log } from "../../src/numerics/elementary.ts";

export type StepsMeasure = "logSteps" | "reached";

const measures: Experiment<StepsMeasure>["measures"] = {
  logSteps: {
    kind: "log",
    rounding: "underived",
    description: "ln of the steps until the loss is below the share of its start; Infinity where it is not in time",
  },
  reached: { kind: "bounded", range: [0, 1], rounding: "underived", description: "1 when it is in time" },
};

export interface Training {
  readonly loss: Loss;
  readonly batch: BatchLaw;
  readonly optimiser: Optimiser;
  readonly steps: number;
  /** Of the loss at the start. */
  readonly share: number;
}

/** How many steps a fresh network takes to bring the loss on its batch down to a share of the start's. Cost: three passes a step. */
export function stepsToLoss(network: LayeredNetwork, training: Training): Experiment<StepsMeasure> {
  const parameters = parameterCount(network);
  return {
    name: "steps-to-loss",
    module: import.meta.url,
    setup: { network: { ...network } as never, ...(training as object) },
    measures,
    cost: { draws: parameters, multiplyAdds: 4 * training.steps * training.batch.size * parameters },
    observe: (context) => observe(network, training, context),
  };
}

function observe(network: LayeredNetwork, { share, ...training }: Training, { engine, streams }: Context) {
  const { losses } = engine.trajectories({ network, ...training, recordEvery: 1, streams });
  const records = training.steps + 1;
  const logSteps = new Float64Array(streams.count).fill(Number.POSITIVE_INFINITY);
  for (let row = 0; row < streams.count; row++) {
    const wanted = share * losses[row * records]!;
    for (let step = 1; step < records; step++) {
      if (!(losses[row * records + step]! < wanted)) continue;
      logSteps[row] = log(step);
      break;
    }
  }
  return { logSteps, reached: logSteps.map((value) => (value < Number.POSITIVE_INFINITY ? 1 : 0)) };
}
