import { exp } from "../../../numerics/elementary.ts";
import type { StreamRange } from "../../../numerics/stream.ts";
import type { DescentMethod, EscapeMethod } from "../../contract/chains.ts";
import type { ExitTimes } from "../../contract/diffusion.ts";
import type { Chain } from "../../networks/network.ts";
import type { Kernels } from "../module.ts";
import { layoutFrom, provide } from "../network-plan.ts";
import { chainDrawBytes, openChainDraws } from "./chain-draws.ts";
import { escapeSteps } from "./chain-escape-steps.ts";
import { chainFlowBytes, openChainFlow } from "./chain-flow.ts";
import { type FrameRequest, frameBytes, openFrame } from "./chain-frame.ts";
import { chainHessianBytes, openChainHessian } from "./chain-hessians.ts";

interface EscapeRequest {
  readonly network: Chain;
  readonly method: EscapeMethod;
  readonly streams: StreamRange;
}

/** `chainEscapes` of src/lab/reference/chains/chain-escapes.ts: a frame of trajectories at once, or one quadrature after another. */
export function chainEscapes(kernels: Kernels, request: EscapeRequest): ExitTimes {
  const { method } = request;
  return method.name === "gradient-flow" ? flow(kernels, request) : descend(kernels, request, method);
}

const TARGET = 1;

function flow(kernels: Kernels, { network, streams }: EscapeRequest): ExitTimes {
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(network.depth));
  const hessianAt = layout.take(chainHessianBytes(network.depth));
  const flowAt = layout.take(chainFlowBytes(network.depth));
  provide(kernels, layout);
  const { draw } = openChainDraws(kernels, drawsAt, network, streams.key);
  const hessianOf = openChainHessian(kernels, hessianAt, network, TARGET, streams.key);
  const logTimeOf = openChainFlow(kernels, flowAt, network.depth);
  const times = new Float64Array(streams.count);
  const logHessian = new Float64Array(streams.count);
  const chain = new Float64Array(network.depth);
  for (let row = 0; row < streams.count; row++) {
    draw(streams.first + row, chain);
    logHessian[row] = hessianOf(streams.first + row, chain)[0]!;
    times[row] = exp(logTimeOf(chain));
  }
  return { times, logHessian };
}

function descend(kernels: Kernels, { network, streams }: EscapeRequest, method: DescentMethod): ExitTimes {
  const { depth } = network;
  const wanted: FrameRequest = { depth, optimiser: method, target: TARGET, lossScale: 1, steps: method.maxSteps };
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(depth));
  const hessianAt = layout.take(chainHessianBytes(depth));
  const frameAt = layout.take(frameBytes(kernels, wanted));
  provide(kernels, layout);
  const { draw } = openChainDraws(kernels, drawsAt, network, streams.key);
  const hessianOf = openChainHessian(kernels, hessianAt, network, TARGET, streams.key);
  const frame = openFrame(kernels, frameAt, wanted);
  const logHessian = new Float64Array(streams.count);
  const chain = new Float64Array(depth);
  const steps = escapeSteps(kernels.functions, frame, method, streams.count, (row) => {
    draw(streams.first + row, chain);
    logHessian[row] = hessianOf(streams.first + row, chain)[0]!;
    return chain;
  });
  return { times: steps.map((count) => count * method.rate), logHessian };
}
