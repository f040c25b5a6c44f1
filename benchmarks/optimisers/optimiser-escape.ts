import type { Cost } from "../../src/claim/experiment.ts";
import type { EscapeMethod } from "../../src/lab/contract/chains.ts";
import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { log } from "../../src/numerics/elementary.ts";

export type OptimiserEscapeMeasure = "time" | "logTime" | "escaped" | "stuck" | "logHessian" | "counts";

const measures: Experiment<OptimiserEscapeMeasure>["measures"] = {
  time: {
    kind: "raw",
    rounding: "underived",
    description: "steps times rate to reach half the target; Infinity when the steps do not suffice",
  },
  logTime: {
    kind: "log",
    rounding: "underived",
    description: "ln of steps times rate to reach half the target; 0 for a chain that starts above",
  },
  escaped: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the chain reaches half the target in time",
  },
  stuck: { kind: "bounded", rounding: "underived", range: [0, 1], description: "1 when it does not" },
  logHessian: { kind: "log", rounding: "underived", description: "ln of the Hessian's norm at the start" },
  counts: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the chain starts below half the target, and at a curvature on the side that is asked for",
  },
};

/**
 * Only chains whose ln ||Hessian|| at the start is below (`flatter`) or not below (`steeper`) this number count, or those
 * that are less than `within` away from it (`near`).
 */
export type CurvatureSide =
  | { readonly side: "flatter" | "steeper"; readonly logHessian: number }
  | { readonly side: "near"; readonly logHessian: number; readonly within: number };

/** Gradient flow, the limit of descent with ever smaller steps, is solved by quadrature and needs no steps. */
export type EscapingMethod = Optimiser | { readonly name: "gradient-flow" };

/**
 * Escape of a random linear chain from the plateau around zero.
 * @param horizon time, in steps times rate, after which it counts as stuck
 */
export function optimiserEscape(
  network: Chain,
  optimiser: EscapingMethod,
  horizon: number,
  curvature?: CurvatureSide,
): Experiment<OptimiserEscapeMeasure> {
  return {
    name: "optimiser-escape",
    module: import.meta.url,
    setup: {
      network: { ...network } as never,
      optimiser: { ...optimiser },
      horizon,
      ...(curvature === undefined ? {} : { curvature: { ...curvature } }),
    },
    measures,
    cost: escapeCost(network, optimiser, horizon),
    observe: (context) => observe(network, optimiser, horizon, curvature, context),
  };
}

/** The method with the number of steps that a horizon, in steps times rate, amounts to. */
export function untilHorizon(method: EscapingMethod, horizon: number): EscapeMethod {
  if (method.name === "gradient-flow") return method;
  return { ...method, maxSteps: Math.round(horizon / method.rate) };
}

/** Of a chain that takes a quarter of its steps, about fifteen multiplications a weight and step; of flow, its logarithms. */
export function escapeCost({ depth }: Chain, method: EscapingMethod, horizon: number): Cost {
  if (method.name === "gradient-flow") return { draws: depth, multiplyAdds: 0, transcendentals: 1000 * depth };
  return { draws: depth, multiplyAdds: (4 * depth * horizon) / method.rate, transcendentals: 20 * depth };
}

function observe(
  network: Chain,
  optimiser: EscapingMethod,
  horizon: number,
  curvature: CurvatureSide | undefined,
  { engine, streams }: Context,
) {
  const method = untilHorizon(optimiser, horizon);
  const { times, logHessian } = engine.chainEscapes({ network, method, streams });
  return {
    time: times,
    logTime: times.map((time) => (time > 0 ? log(time) : 0)),
    escaped: times.map((time) => (time <= horizon ? 1 : 0)),
    stuck: times.map((time) => (time <= horizon ? 0 : 1)),
    logHessian,
    counts: times.map((time, row) => (time > 0 && isOnSide(logHessian[row]!, curvature) ? 1 : 0)),
  };
}

function isOnSide(logHessian: number, curvature: CurvatureSide | undefined): boolean {
  if (curvature === undefined) return true;
  if (curvature.side === "near") return Math.abs(logHessian - curvature.logHessian) < curvature.within;
  return logHessian < curvature.logHessian === (curvature.side === "flatter");
}
