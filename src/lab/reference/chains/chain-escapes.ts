import { exp } from "../../../numerics/elementary.ts";
import type { StreamRange } from "../../../numerics/stream.ts";
import type { EscapeMethod } from "../../contract/chains.ts";
import type { ExitTimes } from "../../contract/diffusion.ts";
import { drawChain } from "../../draws/chain-weights.ts";
import type { Chain } from "../../networks/network.ts";
import { descentSteps } from "./chain-descent.ts";
import { logGradientFlowEscape } from "./chain-gradient-flow.ts";
import { logHessianNorm } from "./chain-hessian.ts";

/**
 * Times to reach f >= 1/2 from random linear chains, input and target 1, loss (f - 1)^2 / 2. Time is flow time, or
 * steps * rate. 0 for chains that start above 1/2; Infinity for those censored by `maxSteps`, and for gradient flow
 * when the time exceeds float64's range (1.8e308). `logHessian` is ln ||Hessian|| at the start.
 *
 * Throws a RangeError when the chain is not linear, the optimiser's numbers are out of range, or `maxSteps` is not positive.
 */
export function chainEscapes(request: {
  readonly network: Chain;
  readonly method: EscapeMethod;
  readonly streams: StreamRange;
}): ExitTimes {
  const { network, method, streams } = request;
  const times = new Float64Array(streams.count);
  const logHessian = new Float64Array(streams.count);
  const weights = new Float64Array(network.depth);
  for (let row = 0; row < streams.count; row++) {
    drawChain(network, streams.key, streams.first + row, weights);
    logHessian[row] = logHessianNorm(weights, TARGET);
    times[row] = escapeTime(weights, method);
  }
  return { times, logHessian };
}

const TARGET = 1;

function escapeTime(weights: Float64Array, method: EscapeMethod): number {
  if (method.name === "gradient-flow") return exp(logGradientFlowEscape(weights));
  return descentSteps(weights, method) * method.rate;
}
