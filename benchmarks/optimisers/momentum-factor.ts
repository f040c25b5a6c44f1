import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";

export type FactorMeasure = "factor" | "slow" | "stepsOfDescent";

const measures: Experiment<FactorMeasure>["measures"] = {
  factor: {
    kind: "raw",
    rounding: "underived",
    description: "steps of gradient descent over steps of the method, on the same chain",
  },
  slow: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when descent takes at least `slowFrom` steps, and no more than `maxSteps`",
  },
  stepsOfDescent: {
    kind: "raw",
    rounding: "underived",
    description: "steps of gradient descent; Infinity when `maxSteps` do not suffice",
  },
};

/** How many times as fast a method leaves the plateau of the same chain as gradient descent with the same rate. */
export function momentumFactor(
  network: Chain,
  method: Optimiser,
  options: { readonly slowFrom: number; readonly maxSteps: number },
): Experiment<FactorMeasure> {
  const { depth } = network;
  return {
    name: "momentum-factor",
    module: import.meta.url,
    setup: { network: { ...network } as never, method: { ...method }, ...options },
    measures,
    // Half of the chains take all of descent's steps.
    cost: { draws: 2 * depth, multiplyAdds: 4 * depth * options.maxSteps, transcendentals: 40 * depth },
    observe: (context) => observe(network, method, options, context),
  };
}

function observe(
  network: Chain,
  method: Optimiser,
  { slowFrom, maxSteps }: { readonly slowFrom: number; readonly maxSteps: number },
  { engine, streams }: Context,
) {
  const { rate } = method;
  const descent = { name: "gradient-descent", rate, maxSteps } as const;
  const steps = engine.chainEscapes({ network, method: descent, streams }).times.map((time) => time / rate);
  const own = engine.chainEscapes({ network, method: { ...method, maxSteps }, streams }).times;
  const slow = steps.map((taken, row) => (taken >= slowFrom && taken < Infinity && own[row]! < Infinity ? 1 : 0));
  return {
    // 0 where the chain does not count, or the two infinities would give NaN.
    factor: steps.map((taken, row) => (slow[row] === 1 ? taken / (own[row]! / rate) : 0)),
    slow,
    stepsOfDescent: steps,
  };
}
