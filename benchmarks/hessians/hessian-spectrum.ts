import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import { parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import { log } from "../../src/numerics/elementary.ts";

export type SpectrumMeasure =
  | "negativeShare"
  | "positiveShare"
  | "negativeLessPositive"
  | "flatShare"
  | "logRootMeanSquare"
  | "alive";

const measures: Experiment<SpectrumMeasure>["measures"] = {
  negativeShare: {
    kind: "bounded",
    range: [0, 1],
    rounding: "underived",
    description: "share of eigenvalues below minus a thousandth of the norm",
  },
  positiveShare: {
    kind: "bounded",
    range: [0, 1],
    rounding: "underived",
    description: "share of eigenvalues above a thousandth of the norm",
  },
  negativeLessPositive: {
    kind: "bounded",
    range: [-1, 1],
    rounding: "underived",
    description: "the former share less the latter",
  },
  flatShare: {
    kind: "bounded",
    range: [0, 1],
    rounding: "underived",
    description: "share of eigenvalues within a thousandth of the norm of 0",
  },
  logRootMeanSquare: {
    kind: "log",
    rounding: "underived",
    description: "ln of the root of the mean square of all eigenvalues; -Infinity for a dead network",
  },
  alive: {
    kind: "bounded",
    range: [0, 1],
    rounding: "underived",
    description: "1 when the Hessian is not exactly zero",
  },
};

/** An eigenvalue smaller than this part of the largest counts as flat. */
const FLAT = 1e-3;

/**
 * How all eigenvalues of the Hessian of a fresh network's loss are spread: one input on the sphere, one output, squared loss to
 * the target 1. For small networks. Cost: as many Hessian-vector products as parameters P, and order P^3.
 */
export function hessianSpectrum(network: LayeredNetwork): Experiment<SpectrumMeasure> {
  const parameters = parameterCount(network);
  return {
    name: "hessian-spectrum",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: { draws: parameters, multiplyAdds: 6 * parameters ** 2 + 2 * parameters ** 3 },
    observe: (context) => observe(network, context),
  };
}

function observe(network: LayeredNetwork, { engine, streams }: Context) {
  const batch = { size: 1, inputs: "sphere", targets: { constant: 1 } } as const;
  const eigenvalues = engine.hessianEigenvalues({ network, loss: "squared", batch, streams });
  const count = eigenvalues.length / streams.count;
  const column = () => new Float64Array(streams.count);
  const seen = {
    negativeShare: column(),
    positiveShare: column(),
    negativeLessPositive: column(),
    flatShare: column(),
    logRootMeanSquare: column(),
    alive: column(),
  };
  for (let row = 0; row < streams.count; row++) {
    const spectrum = eigenvalues.subarray(row * count, (row + 1) * count);
    const norm = Math.max(-spectrum[0]!, spectrum[count - 1]!);
    const negative = spectrum.filter((value) => value < -FLAT * norm).length;
    const positive = spectrum.filter((value) => value > FLAT * norm).length;
    const squares = spectrum.reduce((sum, value) => sum + value * value, 0);
    seen.negativeShare[row] = negative / count;
    seen.positiveShare[row] = positive / count;
    seen.negativeLessPositive[row] = (negative - positive) / count;
    seen.flatShare[row] = (count - negative - positive) / count;
    seen.logRootMeanSquare[row] = squares > 0 ? log(squares / count) / 2 : Number.NEGATIVE_INFINITY;
    seen.alive[row] = norm > 0 ? 1 : 0;
  }
  return seen;
}
