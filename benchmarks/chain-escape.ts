import type { Cost } from "../src/claim/experiment.ts";
import type { EscapeMethod } from "../src/lab/contract/chains.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { Chain } from "../src/lab/networks/network.ts";
import { log } from "../src/numerics/elementary.ts";

export type EscapeMeasure = "logTime" | "time" | "logHessian" | "startsBelow";

const measures: Experiment<EscapeMeasure>["measures"] = {
  logTime: { kind: "log", rounding: "underived", description: "ln of the time to reach half the target" },
  time: { kind: "raw", rounding: "underived", description: "time to reach half the target" },
  logHessian: { kind: "log", rounding: "underived", description: "ln of the Hessian's norm at the start" },
  startsBelow: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the chain starts below half the target",
  },
};

/** Time that a random linear chain takes to leave the plateau around zero, and the curvature where it started. */
export function chainEscape(network: Chain, method: EscapeMethod): Experiment<EscapeMeasure> {
  return {
    name: "chain-escape",
    module: import.meta.url,
    setup: { network: { ...network } as never, method: { ...method } },
    measures,
    cost: costOf(network, method),
    observe: (context) => observe(network, method, context),
  };
}

function observe(network: Chain, method: EscapeMethod, { engine, streams }: Context) {
  const { times, logHessian } = engine.chainEscapes({ network, method, streams });
  return {
    logTime: times.map((time) => (time > 0 ? log(time) : 0)),
    time: times,
    logHessian,
    startsBelow: times.map((time) => (time > 0 ? 1 : 0)),
  };
}

/** Sign descent leaves after a time of about 0.3 (research/E11); the quadrature evaluates some thousand logarithms a layer. */
function costOf({ depth }: Chain, method: EscapeMethod): Cost {
  if (method.name === "gradient-flow") return { draws: depth, multiplyAdds: 0, transcendentals: 1000 * depth };
  const steps = Math.min(method.maxSteps, 0.35 / method.rate);
  return { draws: depth, multiplyAdds: 6 * depth * steps, transcendentals: 20 * depth };
}
