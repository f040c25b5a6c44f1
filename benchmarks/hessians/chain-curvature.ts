import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { Chain } from "../../src/lab/networks/network.ts";
import { chainSpectrum } from "../../src/lab/reference/chains/chain-hessian.ts";
import { log } from "../../src/numerics/elementary.ts";
import { logEdgeRatio } from "./curvature-edges.ts";

export type ChainCurvatureMeasure =
  | "logNorm"
  | "logGradient"
  | "logGaussNewton"
  | "normLessGradient"
  | "gaussNewtonLessNorm"
  | "logEdgeRatio"
  | "saddle"
  | "oneNegative"
  | "inertiaOff";

const measures: Experiment<ChainCurvatureMeasure>["measures"] = {
  logNorm: {
    kind: "log",
    rounding: "underived",
    description: "ln of the largest absolute eigenvalue of the loss's Hessian",
  },
  logGradient: { kind: "log", rounding: "underived", description: "ln of the norm of the loss's gradient" },
  logGaussNewton: {
    kind: "log",
    rounding: "underived",
    description: "ln of the norm of the Gauss-Newton matrix, the squared norm of df/dw",
  },
  normLessGradient: {
    kind: "log",
    rounding: "underived",
    description: "ln of the ratio of the Hessian's norm to the gradient's",
  },
  gaussNewtonLessNorm: {
    kind: "log",
    rounding: "underived",
    description: "ln of the ratio of the Gauss-Newton matrix's norm to the Hessian's",
  },
  logEdgeRatio: {
    kind: "log",
    rounding: "underived",
    description: "ln of minus the smallest eigenvalue over the largest; -Infinity where none is negative",
  },
  saddle: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the Hessian has a negative eigenvalue",
  },
  oneNegative: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the Hessian has exactly one negative eigenvalue",
  },
  inertiaOff: {
    kind: "raw",
    rounding: "underived",
    description: "distance of the number of negative eigenvalues from the sign rule's",
  },
};

/**
 * Hessian of the loss (f - target)^2 / 2, f = w_1 ... w_L, at a random linear chain, all in logs. Cost: one draw a layer and two
 * spectra, of order depth^2.
 * @param options.target of the loss; 1 where absent
 * @param options.ruleTarget target that the sign rule is asked about; the loss's where absent
 */
export function chainCurvature(
  network: Chain,
  options: { readonly target?: number; readonly ruleTarget?: number } = {},
): Experiment<ChainCurvatureMeasure> {
  const { target = 1, ruleTarget = target } = options;
  const { depth } = network;
  return {
    name: "chain-curvature",
    module: import.meta.url,
    setup: { network: { ...network } as never, target, ruleTarget },
    measures,
    cost: { draws: depth, multiplyAdds: 100 * depth * depth, transcendentals: 2 * depth },
    observe: (context) => observe(network, { target, ruleTarget }, context),
  };
}

function observe(
  network: Chain,
  { target, ruleTarget }: { readonly target: number; readonly ruleTarget: number },
  { engine, streams }: Context,
) {
  const { depth } = network;
  const { logNorm, logGradient, negatives, logProduct, sign } = engine.chainHessians({ network, target, streams });
  const weights = engine.chainWeights({ network, streams });
  const logGaussNewton = new Float64Array(streams.count);
  const edgeRatios = new Float64Array(streams.count);
  const inertiaOff = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const chain = weights.subarray(row * depth, (row + 1) * depth);
    logGaussNewton[row] = 2 * logProduct[row]! + logSumOfInverseSquares(chain);
    const { eigenvalues } = chainSpectrum(chain, target);
    edgeRatios[row] = logEdgeRatio(eigenvalues[0]!, eigenvalues[depth - 1]!);
    inertiaOff[row] = Math.abs(negatives[row]! - negativesByRule(depth, ruleTarget, sign[row]!, logProduct[row]!));
  }
  return {
    logNorm,
    logGradient,
    logGaussNewton,
    normLessGradient: logNorm.map((value, row) => value - logGradient[row]!),
    gaussNewtonLessNorm: logGaussNewton.map((value, row) => value - logNorm[row]!),
    logEdgeRatio: edgeRatios,
    saddle: negatives.map((count) => (count > 0 ? 1 : 0)),
    oneNegative: negatives.map((count) => (count === 1 ? 1 : 0)),
    inertiaOff,
  };
}

function logSumOfInverseSquares(weights: Float64Array): number {
  let sum = 0;
  for (let layer = 0; layer < weights.length; layer++) sum += 1 / (weights[layer]! * weights[layer]!);
  return log(sum);
}

/**
 * Number of negative eigenvalues by Sylvester's law of inertia: with D = diag(w), D H D = (2f^2 - fy) 11^T - (f^2 - fy) I, whose
 * eigenvalues are f (y - f), L - 1 times, and f ((2L - 1) f - (L - 1) y). Cost: one comparison or two.
 */
function negativesByRule(depth: number, target: number, sign: number, logProduct: number): number {
  if (target === 0 || sign * target < 0 || logProduct > log(Math.abs(target))) return depth - 1;
  return logProduct - log(Math.abs(target)) < log((depth - 1) / (2 * depth - 1)) ? 1 : 0;
}
