import { dataOf, type NamedInput } from "../src/claim/named-input.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { InputLaw, Sampling } from "../src/lab/contract/propagation.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { propagationCost, samplingSetup } from "./propagation-cost.ts";

export type ForwardMeasure = "logNormSquared" | "meanLogIncrement" | "belowTenth" | "alive" | "dead";

/** ln 0.1: the level below which a signal has lost nine tenths of its squared norm. */
const LOG_TENTH = -Math.LN10;

const measures: Experiment<ForwardMeasure>["measures"] = {
  logNormSquared: {
    kind: "log",
    rounding: "forward",
    description: "ln of the last layer's squared norm; -Infinity for a dead network",
  },
  meanLogIncrement: {
    kind: "log",
    rounding: "mean-forward",
    description: "mean over the layers of the change of ln of the squared norm",
  },
  belowTenth: {
    kind: "bounded",
    rounding: "indicator",
    range: [0, 1],
    description: "1 when the squared norm is below a tenth of the input's",
  },
  alive: {
    kind: "bounded",
    rounding: "indicator",
    range: [0, 1],
    description: "1 when some unit of every layer is active",
  },
  dead: {
    kind: "bounded",
    rounding: "indicator",
    range: [0, 1],
    description: "1 when all units of some layer are off: an exact zero",
  },
};

/**
 * Norm of one input's representation after the last layer of a fresh network. Cost: all its weights are drawn, or, sampled
 * law-exactly, one number a unit. `pictures` are those that the inputs `image` and `raw-image` name.
 */
export function forwardLogNorm(
  network: Mlp,
  input: InputLaw = { law: "basis" },
  sampling: Sampling = "direct",
  pictures?: NamedInput,
): Experiment<ForwardMeasure> {
  return {
    name: "forward-log-norm",
    module: import.meta.url,
    setup: { network: { ...network } as never, input: { ...input }, ...samplingSetup(sampling) },
    measures,
    ...(pictures === undefined ? {} : { data: [pictures] }),
    cost: propagationCost(network, sampling),
    observe: (context) => observe(network, { input, sampling, pictures }, context),
  };
}

interface Passed {
  readonly input: InputLaw;
  readonly sampling: Sampling;
  readonly pictures: NamedInput | undefined;
}

function observe(network: Mlp, { input, sampling, pictures }: Passed, { engine, streams, data }: Context) {
  const images = pictures && dataOf(data, pictures);
  const depth = network.widths.length - 1;
  const passed = engine.propagate({ network, input, streams, sampling, ...(images ? { data: images } : {}) });
  const logNormSquared = new Float64Array(streams.count);
  const meanLogIncrement = new Float64Array(streams.count);
  const belowTenth = new Float64Array(streams.count);
  const alive = new Float64Array(streams.count);
  const dead = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    let sum = 0;
    for (let layer = 0; layer < depth; layer++) sum += passed.logIncrements[row * depth + layer]!;
    meanLogIncrement[row] = sum / depth;
    logNormSquared[row] = passed.logInput[row]! + sum;
    belowTenth[row] = sum < LOG_TENTH ? 1 : 0;
    alive[row] = passed.layersAlive[row] === depth ? 1 : 0;
    dead[row] = 1 - alive[row]!;
  }
  return { logNormSquared, meanLogIncrement, belowTenth, alive, dead };
}
