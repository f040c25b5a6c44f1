import { exp } from "../../../numerics/elementary.ts";
import type { ChainTrajectories, ChainTrajectoryRequest, DescentMethod, EscapeMethod } from "../../contract/chains.ts";
import type { ExitTimes } from "../../contract/diffusion.ts";
import { logGradientFlowEscape } from "../../reference/chains/chain-gradient-flow.ts";
import { lossesOf } from "../../reference/chains/chain-trajectories.ts";
import type { Device } from "../device/device.ts";
import { chainHessians } from "./chain-hessians.ts";
import { flowProgram } from "./flow-program.ts";
import { followChains } from "./follow-chains.ts";
import { type DrawnChains, onChains } from "./on-chains.ts";

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

/** As the contract's, in the same float64. */
export function chainEscapes(device: Device, request: DrawnChains & { readonly method: EscapeMethod }): ExitTimes {
  const { network, method, streams } = request;
  const times = method.name === "gradient-flow" ? flowTimes(device, request) : stepTimes(device, request, method);
  return { times, logHessian: chainHessians(device, { network, streams, target: 1 }).logNorm };
}

function flowTimes(device: Device, chains: DrawnChains): Float64Array {
  const times = new Float64Array(chains.streams.count);
  const program = flowProgram(chains.network.depth);
  onChains(device, chains, { program, results: 1 }, (row, chain, [logTime]) => {
    // the reference says why it refuses the chain
    times[row] = exp(Number.isNaN(logTime) ? logGradientFlowEscape(chain) : logTime!);
  });
  return times;
}

function stepTimes(device: Device, { network, streams }: DrawnChains, method: DescentMethod): Float64Array {
  const times = new Float64Array(streams.count);
  const run = { network, streams, optimiser: method, target: 1, lossScale: 1 };
  followChains(device, { ...run, steps: method.maxSteps }, (chains) => {
    for (let row = 0; row < chains.count; row++) {
      const steps = chains.hasEscaped(row) ? chains.steps(row) : Number.POSITIVE_INFINITY;
      times[chains.first + row] = steps * method.rate;
    }
  });
  return times;
}
