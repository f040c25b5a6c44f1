import type { StreamRange } from "../../../numerics/stream.ts";
import type { ChainTrajectories, ChainTrajectoryRequest, EscapeMethod } from "../../contract/chains.ts";
import type { ExitTimes } from "../../contract/diffusion.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { Chain } from "../../networks/network.ts";
import { logHessianNorm } from "../../reference/chains/chain-hessian.ts";
import { lossesOf } from "../../reference/chains/chain-trajectories.ts";
import type { Device } from "../device/device.ts";
import { followChains } from "./follow-chains.ts";

/** As the contract's, in the float64 of `float64Products`: the reference's bytes. */
export function chainTrajectories(device: Device, request: ChainTrajectoryRequest): ChainTrajectories {
  const { network, streams, steps, recordEvery, lossScale = 1 } = request;
  const records = 1 + steps / recordEvery;
  const outputs = new Float64Array(streams.count * records);
  const weights = new Float64Array(streams.count * network.depth);
  followChains(device, { ...request, lossScale }, (chains) => {
    for (let row = 0; row < chains.count; row++) {
      outputs.set(chains.outputs(row), (chains.first + row) * records);
      weights.set(chains.end(row), (chains.first + row) * network.depth);
    }
  });
  return { outputs, losses: lossesOf(request, outputs), weights };
}

/**
 * As the contract's for methods in steps, in the same float64; the norm of the Hessian at the start is taken on the host.
 * @throws UnsupportedError for gradient flow
 */
export function chainEscapes(
  device: Device,
  {
    network,
    method,
    streams,
  }: { readonly network: Chain; readonly method: EscapeMethod; readonly streams: StreamRange },
): ExitTimes {
  if (method.name === "gradient-flow") {
    throw new UnsupportedError(
      "engine webgpu does not compute gradient flow of chains: a quadrature that branches chain by chain, and no steps",
    );
  }
  const times = new Float64Array(streams.count);
  const logHessian = new Float64Array(streams.count);
  const run = { network, streams, optimiser: method, target: 1, lossScale: 1 };
  followChains(device, { ...run, steps: method.maxSteps }, (chains) => {
    for (let row = 0; row < chains.count; row++) {
      const steps = chains.hasEscaped(row) ? chains.steps(row) : Number.POSITIVE_INFINITY;
      times[chains.first + row] = steps * method.rate;
      logHessian[chains.first + row] = logHessianNorm(chains.start(row), 1);
    }
  });
  return { times, logHessian };
}
