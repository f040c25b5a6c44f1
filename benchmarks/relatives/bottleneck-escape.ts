import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import { logGradientFlowEscape } from "../../src/lab/reference/chains/chain-gradient-flow.ts";
import { nextUniform, openStream } from "../../src/numerics/random.ts";
import { LANES } from "../../src/numerics/stream.ts";

const measures: Experiment<"exponent">["measures"] = {
  exponent: {
    kind: "log",
    rounding: "exact",
    description: "ln of the ratio of the escape times at half the size of the bottlenecks and at the size, over ln 2",
  },
};

/** A linear chain of `depth` positive weights: `bottlenecks` of them equal to `size`, the others uniform on [1/2, 3/2]. */
export interface BottleneckChain {
  readonly depth: number;
  readonly bottlenecks: number;
  readonly size: number;
}

/**
 * Exponent with which a chain's escape time by gradient flow grows as its smallest weights shrink. No engine is asked: times come
 * from the quadrature of the flow, whose error is 1e-8. Cost: two quadratures, of some thousand logarithms a layer.
 */
export function bottleneckEscape(chain: BottleneckChain): Experiment<"exponent"> {
  return {
    name: "bottleneck-escape",
    module: import.meta.url,
    setup: { ...chain },
    measures,
    cost: { draws: chain.depth, multiplyAdds: 0, transcendentals: 2000 * chain.depth },
    observe: (context) => observe(chain, context),
  };
}

function observe({ depth, bottlenecks, size }: BottleneckChain, { streams }: Context) {
  const exponent = new Float64Array(streams.count);
  const weights = new Float64Array(depth);
  for (let row = 0; row < streams.count; row++) {
    const stream = openStream(streams.key, streams.first + row, LANES.weights);
    for (let layer = bottlenecks; layer < depth; layer++) weights[layer] = 0.5 + nextUniform(stream);
    const logTime = (value: number) => logGradientFlowEscape(weights.fill(value, 0, bottlenecks));
    exponent[row] = (logTime(size / 2) - logTime(size)) / Math.LN2;
  }
  return { exponent };
}
