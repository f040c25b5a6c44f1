import type { Context, Experiment } from "../../src/lab/contract/experiment.ts";
import type { ModelRequest } from "../../src/lab/contract/model-request.ts";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { parameterArrays, parameterCount } from "../../src/lab/networks/layered-network.ts";
import type { LayeredNetwork } from "../../src/lab/networks/network.ts";

export type HomogeneityMeasure = "eulerOff" | "traceOff";

const measures: Experiment<HomogeneityMeasure>["measures"] = {
  eulerOff: {
    kind: "raw",
    rounding: "underived",
    description: "largest difference between two layers' <W_l, dLoss/dW_l>, over the largest ||W_l|| ||dLoss/dW_l||",
  },
  traceOff: {
    kind: "raw",
    rounding: "underived",
    description: "distance of the Hessian's trace from ||df/dw||^2, over the sum of its absolute eigenvalues",
  },
};

/**
 * Two identities of networks that are linear in each layer's weights where no mask changes: <W_l, df/dW_l> = f for every l
 * (Euler), and tr(d2f/dw2) = 0, so that the trace of the loss's Hessian is that of its Gauss-Newton part. One input on the
 * sphere, one output, (f - 1)^2 / 2. Cost: as many Hessian-vector products as parameters P, and order P^3.
 */
export function homogeneity(network: LayeredNetwork): Experiment<HomogeneityMeasure> {
  const parameters = parameterCount(network);
  return {
    name: "homogeneity",
    module: import.meta.url,
    setup: { network: { ...network } as never },
    measures,
    cost: { draws: parameters, multiplyAdds: 6 * parameters ** 2 + 20 * parameters ** 3 },
    observe: (context) => observe(network, context),
  };
}

function observe(network: LayeredNetwork, { engine, streams }: Context) {
  const batch = { size: 1, inputs: "sphere", targets: { constant: 1 } } as const;
  const request: ModelRequest = { network, loss: "squared", batch, streams };
  const { loss, gradients } = engine.gradients(request);
  const eigenvalues = engine.hessianEigenvalues(request);
  const count = parameterCount(network);
  const parameters = new Float64Array(count);
  const eulerOff = new Float64Array(streams.count);
  const traceOff = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const gradient = gradients.subarray(row * count, (row + 1) * count);
    drawParameters(network, streams.key, streams.first + row, parameters, 0);
    eulerOff[row] = eulerDistance(network, parameters, gradient);
    traceOff[row] = traceDistance(eigenvalues.subarray(row * count, (row + 1) * count), gradient, loss[row]!);
  }
  return { eulerOff, traceOff };
}

function eulerDistance(network: LayeredNetwork, parameters: Float64Array, gradient: Float64Array): number {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let scale = 0;
  for (const { role, offset, length } of parameterArrays(network)) {
    if (role !== "weights") continue;
    const weights = parameters.subarray(offset, offset + length);
    const slopes = gradient.subarray(offset, offset + length);
    const product = dot(weights, slopes);
    low = Math.min(low, product);
    high = Math.max(high, product);
    scale = Math.max(scale, Math.sqrt(dot(weights, weights) * dot(slopes, slopes)));
  }
  return scale > 0 ? (high - low) / scale : 0;
}

/** The loss's gradient is (f - 1) df/dw and the loss (f - 1)^2 / 2, so ||df/dw||^2 is their ratio. */
function traceDistance(eigenvalues: Float64Array, gradient: Float64Array, loss: number): number {
  let trace = 0;
  let sizes = 0;
  for (const value of eigenvalues) {
    trace += value;
    sizes += Math.abs(value);
  }
  return sizes > 0 ? Math.abs(trace - dot(gradient, gradient) / (2 * loss)) / sizes : 0;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
