import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";

export type SharpnessMeasure = "overLimit" | "arrived";

const measures: Experiment<SharpnessMeasure>["measures"] = {
  overLimit: {
    kind: "raw",
    rounding: "underived",
    description: "sharpness at the end over 2 / rate; 0 where not arrived",
  },
  arrived: {
    kind: "bounded",
    range: [0, 1],
    rounding: "underived",
    description: "1 when the loss at the end is below 1e-6",
  },
};

/** A linear chain whose weights start at `start` with Gaussian noise of deviation `noise`, descending on (f - 1)^2 / 2. */
export interface ChainDescent {
  readonly start: readonly number[];
  readonly noise: number;
  /** 2 / rate: the sharpness beyond which a step of gradient descent on a quadratic overshoots by more than it came. */
  readonly limit: number;
  readonly steps: number;
}

/** A millionth of the loss at the start: what counts as arrived. */
const ARRIVED = 1e-6;

/**
 * A step on so few weights costs the calls that it makes, not its arithmetic: 1.7e-6 s on the native engine, whose calls leave
 * JavaScript, 6e-7 on wasm and 3e-7 on the reference (a core of an AMD EPYC).
 */
const SECONDS_OF_STEP = 1.7e-6;

/**
 * Sharpness, the largest eigenvalue of the Hessian, where gradient descent ends on a chain. At a minimum f = y the Hessian is
 * that of Gauss and Newton, of rank one: its eigenvalue is ||df/dw||^2 = sum (f / w_i)^2. Inputs are +1 or -1: a chain that gets
 * -1 has to change the sign of a weight first. Cost: `steps` passes.
 */
export function descentSharpness(descent: ChainDescent): Experiment<SharpnessMeasure> {
  const depth = descent.start.length;
  return {
    name: "descent-sharpness",
    module: import.meta.url,
    setup: { ...descent },
    measures,
    cost: { draws: depth, multiplyAdds: 0, seconds: SECONDS_OF_STEP * descent.steps },
    observe: (context) => observe(descent, context),
  };
}

function observe({ start, noise, limit, steps }: ChainDescent, { engine, streams }: Context) {
  const depth = start.length;
  const init = { law: "gaussian", gain: noise * noise, fan: "in" } as const;
  const { losses, parameters } = engine.trajectories({
    network: multilayerPerceptron({ width: 1, depth, activation: "linear", init }),
    loss: "squared",
    batch: { size: 1, inputs: "sphere", targets: { constant: 1 } },
    offset: Float64Array.from(start),
    optimiser: { name: "gradient-descent", rate: 2 / limit },
    steps,
    recordEvery: steps,
    streams,
  });
  const arrived = new Float64Array(streams.count);
  const overLimit = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    if (!(losses[2 * row + 1]! < ARRIVED)) continue;
    arrived[row] = 1;
    overLimit[row] = sharpness(parameters.subarray(row * depth, (row + 1) * depth)) / limit;
  }
  return { overLimit, arrived };
}

function sharpness(weights: Float64Array): number {
  const output = weights.reduce((product, weight) => product * weight, 1);
  return weights.reduce((sum, weight) => sum + (output / weight) ** 2, 0);
}
