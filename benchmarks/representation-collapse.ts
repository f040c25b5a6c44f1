import { dataOf, type NamedInput } from "../src/claim/named-input.ts";
import type { Context, Experiment } from "../src/lab/contract/experiment.ts";
import type { Mlp } from "../src/lab/networks/network.ts";
import { log } from "../src/numerics/elementary.ts";
import { arcCosineOneMinusCosine } from "./arc-cosine-recursion.ts";
import { propagationCost } from "./propagation-cost.ts";

export type CollapseMeasure = "logOneMinusCosine" | "overRecursion" | "collapsed" | "alive";

const measures: Experiment<CollapseMeasure>["measures"] = {
  logOneMinusCosine: {
    kind: "log",
    rounding: "underived",
    description: "median over pairs of digits of ln(1 - cos) of their last representations; -Infinity when collapsed",
  },
  overRecursion: {
    kind: "log",
    rounding: "underived",
    description: "the same, less the infinite-width recursion's from the batch's own start",
  },
  collapsed: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "fraction of pairs that collapsed exactly",
  },
  alive: {
    kind: "bounded",
    rounding: "indicator",
    range: [0, 1],
    description: "1 when every digit has a non-zero representation",
  },
};

/** How far apart a fresh network keeps real digits: the angle between their representations after the last layer. */
export function representationCollapse(network: Mlp, batch: number, digits: NamedInput): Experiment<CollapseMeasure> {
  const { draws, multiplyAdds } = propagationCost(network);
  return {
    name: "representation-collapse",
    module: import.meta.url,
    setup: { network: { ...network } as never, batch },
    measures,
    data: [digits],
    cost: {
      draws,
      multiplyAdds: batch * multiplyAdds + batch * batch * 400,
      transcendentals: batch * network.widths.length,
    },
    observe: (context) => observe({ network, batch, digits }, context),
  };
}

interface Batches {
  readonly network: Mlp;
  readonly batch: number;
  readonly digits: NamedInput;
}

function observe({ network, batch, digits }: Batches, { engine, streams, data }: Context) {
  const layers = network.widths.length - 1;
  const seen = engine.propagateBatch({ network, batch, streams, data: dataOf(data, digits) });
  const overRecursion = seen.logOneMinusCosine.map(
    (value, row) => value - log(arcCosineOneMinusCosine(seen.inputOneMinusCosine[row]!, layers)),
  );
  return { logOneMinusCosine: seen.logOneMinusCosine, overRecursion, collapsed: seen.collapsed, alive: seen.alive };
}
