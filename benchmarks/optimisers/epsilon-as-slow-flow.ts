import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { escapeCost, untilHorizon } from "./optimiser-escape.ts";

export type SlowFlowMeasure = "stuck" | "flowIsSlow" | "agrees" | "startsBelow";

const measures: Experiment<SlowFlowMeasure>["measures"] = {
  stuck: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the optimiser does not reach half the target in time",
  },
  flowIsSlow: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when gradient flow of the same chain does not reach it in 1 / epsilon times that time",
  },
  agrees: { kind: "bounded", rounding: "underived", range: [0, 1], description: "1 when both do or neither does" },
  startsBelow: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the chain starts below half the target",
  },
};

/**
 * Whether an optimiser that divides by sqrt(v) + epsilon is stuck for the chains of which gradient flow says so: where all
 * gradients are far below epsilon it is descent with the rate rate / epsilon.
 * @param horizon time, in steps times rate, after which it counts as stuck
 */
export function epsilonAsSlowFlow(
  network: Chain,
  optimiser: Extract<Optimiser, { epsilon: number }>,
  horizon: number,
  clock: number = optimiser.epsilon,
): Experiment<SlowFlowMeasure> {
  const { draws, multiplyAdds, transcendentals } = escapeCost(network, optimiser, horizon);
  return {
    name: "epsilon-as-slow-flow",
    module: import.meta.url,
    setup: { network: { ...network } as never, optimiser: { ...optimiser }, horizon, clock },
    measures,
    cost: { draws, multiplyAdds, transcendentals: transcendentals! + 1000 * network.depth },
    observe: (context) => observe(network, optimiser, horizon, clock, context),
  };
}

function observe(network: Chain, optimiser: Optimiser, horizon: number, clock: number, { engine, streams }: Context) {
  const method = untilHorizon(optimiser, horizon);
  const { times } = engine.chainEscapes({ network, method, streams });
  const flow = engine.chainEscapes({ network, method: { name: "gradient-flow" }, streams });
  const stuck = times.map((time) => (time < Infinity ? 0 : 1));
  const flowIsSlow = flow.times.map((time) => (time > horizon / clock ? 1 : 0));
  return {
    stuck,
    flowIsSlow,
    agrees: stuck.map((value, row) => (value === flowIsSlow[row] ? 1 : 0)),
    startsBelow: times.map((time) => (time > 0 ? 1 : 0)),
  };
}
