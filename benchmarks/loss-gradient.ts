import { dataOf, type NamedInput } from "../src/claim/named-input.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { propagationCost } from "./propagation-cost.ts";

export type LossGradientMeasure = "logGradientFirst" | "moving";

const measures: Experiment<LossGradientMeasure>["measures"] = {
  logGradientFirst: {
    kind: "log",
    rounding: "backward",
    description: "ln of the norm of the loss's gradient in the first layer; -Infinity if zero",
  },
  moving: {
    kind: "bounded",
    rounding: "indicator",
    range: [0, 1],
    description: "1 when that gradient is not exactly zero",
  },
};

/** Gradient of the mean cross-entropy of a fresh classifier over a batch of real digits, in its first layer. */
export function lossGradient(network: Mlp, batch: number, digits: NamedInput): Experiment<LossGradientMeasure> {
  const { draws, multiplyAdds } = propagationCost(network);
  return {
    name: "loss-gradient",
    module: import.meta.url,
    setup: { network: { ...network } as never, batch },
    measures,
    data: [digits],
    cost: { draws, multiplyAdds: 3 * batch * multiplyAdds, transcendentals: 10 * batch * network.widths.length },
    observe: (context) => observe({ network, batch, digits }, context),
  };
}

interface Classified {
  readonly network: Mlp;
  readonly batch: number;
  readonly digits: NamedInput;
}

function observe({ network, batch, digits }: Classified, { engine, streams, data }: Context) {
  const depth = network.widths.length - 1;
  const { logGradients } = engine.lossGradients({ network, batch, streams, data: dataOf(data, digits) });
  const logGradientFirst = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) logGradientFirst[row] = logGradients[row * depth]!;
  return { logGradientFirst, moving: logGradientFirst.map((value) => (value === -Infinity ? 0 : 1)) };
}
