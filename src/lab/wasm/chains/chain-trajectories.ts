import type { ChainTrajectories, ChainTrajectoryRequest } from "../../contract/chains.ts";
import { lossesOf } from "../../reference/chains/chain-trajectories.ts";
import type { KernelFunctions } from "../kernel-functions.ts";
import type { Kernels } from "../module.ts";
import { layoutFrom, provide } from "../network-plan.ts";
import { chainDrawBytes, openChainDraws } from "./chain-draws.ts";
import { type ChainFrame, type FrameRequest, frameBytes, openFrame } from "./chain-frame.ts";

/** `chainTrajectories` of src/lab/reference/chains/chain-trajectories.ts, a frame of trajectories at once. */
export function chainTrajectories(kernels: Kernels, request: ChainTrajectoryRequest): ChainTrajectories {
  const { network, target, lossScale = 1, optimiser, steps, recordEvery, streams } = request;
  const { depth } = network;
  const { chains } = kernels;
  const wanted: FrameRequest = { depth, optimiser, target, lossScale, steps };
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(depth));
  const frameAt = layout.take(frameBytes(kernels, wanted));
  const rowsAt = layout.take(8 * chains * depth);
  provide(kernels, layout);
  const { place } = openChainDraws(kernels, drawsAt, network, streams.key);
  const frame = openFrame(kernels, frameAt, wanted);
  const rows = new Float64Array(kernels.memory.buffer, rowsAt, chains * depth);
  const records = 1 + steps / recordEvery;
  const outputs = new Float64Array(streams.count * records);
  const weights = new Float64Array(streams.count * depth);
  for (let first = 0; first < streams.count; first += chains) {
    const here = Math.min(chains, streams.count - first);
    place(streams.first + first, here, frame);
    follow(kernels.functions, frame, outputs.subarray(first * records, (first + here) * records), request);
    kernels.functions.readChains(frame.at, depth, frame.stride, rowsAt);
    weights.set(rows.subarray(0, here * depth), first * depth);
  }
  return { outputs, losses: lossesOf(request, outputs), weights };
}

/** What the places without a chain compute is left where it is. */
function follow(
  functions: KernelFunctions,
  { at, depth, stride, kind, guarded, table, last, outputs: now }: ChainFrame,
  outputs: Float64Array,
  { steps, recordEvery }: ChainTrajectoryRequest,
): void {
  const records = 1 + steps / recordEvery;
  const lanes = outputs.length / records;
  functions.startChains(at, depth, stride, kind);
  for (let record = 0; record < records; record++) {
    if (record > 0) functions.descendChains(at, depth, stride, kind, guarded, recordEvery, table, last);
    for (let lane = 0; lane < lanes; lane++) outputs[lane * records + record] = now[lane]!;
  }
}
