import type { ChainTrajectories, ChainTrajectoryRequest } from "../../contract/chains.ts";
import { drawChain } from "../../draws/chain-weights.ts";
import { type ChainState, chainOutput, chainState, moveChain } from "./chain-state.ts";

/**
 * Trajectories of an optimiser on linear chains drawn as `chainWeights` draws them. Each optimiser is that of `Optimiser`,
 * applied to the gradient in float64: where products of weights underflow (below 5e-324) it is 0 and only sign descent, which
 * multiplies signs, still moves; a trajectory that diverges ends in infinities or NaN.
 *
 * Throws a RangeError when the chain is not linear or a number of the request is out of its range. Cost: `depth` draws a chain;
 * five multiplications a weight and step, to which Adam adds nine, a square root and a division.
 */
export function chainTrajectories(request: ChainTrajectoryRequest): ChainTrajectories {
  const { network, streams, steps, recordEvery } = request;
  const records = 1 + steps / recordEvery;
  const outputs = new Float64Array(streams.count * records);
  const weights = new Float64Array(streams.count * network.depth);
  for (let row = 0; row < streams.count; row++) {
    const chain = weights.subarray(row * network.depth, (row + 1) * network.depth);
    drawChain(network, streams.key, streams.first + row, chain);
    const state = chainState(chain);
    follow(request, state, outputs.subarray(row * records, (row + 1) * records));
    chain.set(state.memory.subarray(0, network.depth));
  }
  return { outputs, losses: lossesOf(request, outputs), weights };
}

function follow(request: ChainTrajectoryRequest, state: ChainState, outputs: Float64Array): void {
  const { optimiser, target, steps, recordEvery, lossScale = 1 } = request;
  let output = chainOutput(state);
  outputs[0] = output;
  for (let step = 1; step <= steps; step++) {
    moveChain(state, optimiser, step, lossScale * (output - target));
    output = chainOutput(state);
    if (step % recordEvery === 0) outputs[step / recordEvery] = output;
  }
}

/** lossScale (f - target)^2 / 2 of each output. */
export function lossesOf(request: ChainTrajectoryRequest, outputs: Float64Array): Float64Array {
  const { target, lossScale = 1 } = request;
  return outputs.map((output) => lossScale * (0.5 * ((output - target) * (output - target))));
}
