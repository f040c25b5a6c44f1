import { dataOf, type NamedInput } from "../../src/claim/named-input.ts";
import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { BatchLaw, Loss, ModelRequest } from "../../src/lab/contract/model-request.ts";
import { layerSizes, parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";
import { log } from "../../src/numerics/elementary.ts";
import { logEdgeRatio } from "./curvature-edges.ts";

export type LossCurvatureMeasure =
  | "logNorm"
  | "logNegative"
  | "logEdgeRatio"
  | "saddle"
  | "alive"
  | "normLessJacobian"
  | "gaussNewtonLessNorm";

const measures: Experiment<LossCurvatureMeasure>["measures"] = {
  logNorm: {
    kind: "log",
    rounding: "curvature",
    description: "ln of the Hessian's largest absolute eigenvalue; -Infinity for a dead network",
  },
  logNegative: {
    kind: "log",
    rounding: "smallest-eigenvalue",
    description: "ln of minus the Hessian's smallest eigenvalue; -Infinity where not negative",
  },
  logEdgeRatio: {
    kind: "log",
    rounding: "eigenvalue-ratio",
    description: "ln of minus the smallest eigenvalue over the largest; -Infinity where not negative",
  },
  saddle: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the smallest eigenvalue is below minus a thousandth of the Hessian's norm",
  },
  alive: {
    kind: "bounded",
    rounding: "underived",
    range: [0, 1],
    description: "1 when the Hessian is not exactly zero",
  },
  normLessJacobian: {
    kind: "log",
    rounding: "curvature",
    description: "ln of the Hessian's norm over the output's gradient's (one output, squared loss); 0 where dead",
  },
  gaussNewtonLessNorm: {
    kind: "log",
    rounding: "curvature",
    description: "ln of the Gauss-Newton matrix's norm over the Hessian's (one output, squared loss); 0 where dead",
  },
};

/** An eigenvalue smaller than this part of the norm does not count as negative: rounding is many orders below. */
const CLEARLY_NEGATIVE = 1e-3;

/**
 * Extreme eigenvalues of the Hessian of a fresh network's loss over a batch, by `iterations` Lanczos steps. Ritz values lie
 * between the true extremes: what is found negative is. Cost: `iterations` Hessian-vector products, each six passes.
 */
export function lossCurvature(
  network: LayeredNetwork,
  options: {
    readonly loss: Loss;
    readonly batch: BatchLaw;
    readonly iterations: number;
    /** For batches of pictures. */
    readonly pictures?: NamedInput;
  },
): Experiment<LossCurvatureMeasure> {
  const { loss, batch, iterations, pictures } = options;
  const parameters = parameterCount(network);
  const work = 6 * batch.size * parameters + 4 * iterations * parameters;
  return {
    name: "loss-curvature",
    module: import.meta.url,
    setup: { network: { ...network } as never, loss, batch: { ...batch } as never, iterations },
    measures,
    ...(pictures === undefined ? {} : { data: [pictures] }),
    cost: { draws: parameters, multiplyAdds: iterations * work, transcendentals: iterations * iterations },
    observe: ({ engine, streams, data }) => {
      const given = pictures === undefined ? {} : { data: dataOf(data, pictures) };
      return observe({ network, loss, batch, streams, ...given }, iterations, engine);
    },
  };
}

function observe(request: ModelRequest, iterations: number, engine: Context["engine"]) {
  const { smallest, largest } = engine.extremeEigenvalues({ ...request, iterations });
  const logJacobian = logJacobianOf(request, engine);
  const column = () => new Float64Array(request.streams.count);
  const logNorm = column();
  const logNegative = column();
  const edgeRatios = column();
  const saddle = column();
  const alive = column();
  const normLessJacobian = column();
  const gaussNewtonLessNorm = column();
  for (let row = 0; row < request.streams.count; row++) {
    const [low, high] = [smallest[row]!, largest[row]!];
    const norm = Math.max(-low, high);
    logNorm[row] = norm > 0 ? log(norm) : Number.NEGATIVE_INFINITY;
    logNegative[row] = low < 0 ? log(-low) : Number.NEGATIVE_INFINITY;
    edgeRatios[row] = logEdgeRatio(low, high);
    saddle[row] = low < -CLEARLY_NEGATIVE * norm ? 1 : 0;
    alive[row] = norm > 0 ? 1 : 0;
    if (logJacobian === undefined || !(norm > 0)) continue;
    normLessJacobian[row] = logNorm[row]! - logJacobian[row]!;
    gaussNewtonLessNorm[row] = 2 * logJacobian[row]! - logNorm[row]!;
  }
  return { logNorm, logNegative, logEdgeRatio: edgeRatios, saddle, alive, normLessJacobian, gaussNewtonLessNorm };
}

/**
 * ln ||df/dw|| of one example's one output, from the gradient (f - y) df/dw of (f - y)^2 / 2; undefined for other losses,
 * whose Gauss-Newton matrix is not of rank one.
 */
function logJacobianOf(request: ModelRequest, engine: Context["engine"]): Float64Array | undefined {
  const sizes = layerSizes(request.network);
  if (request.loss !== "squared" || request.batch.size !== 1 || sizes[sizes.length - 1] !== 1) return undefined;
  const { loss, gradients } = engine.gradients(request);
  const parameters = gradients.length / request.streams.count;
  return loss.map((value, row) => {
    let sum = 0;
    for (let i = row * parameters; i < (row + 1) * parameters; i++) sum += gradients[i]! * gradients[i]!;
    return sum > 0 ? (log(sum) - log(2 * value)) / 2 : Number.NEGATIVE_INFINITY;
  });
}
