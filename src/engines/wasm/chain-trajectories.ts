import {
  type ChainTrajectories,
  type ChainTrajectoryRequest,
  lossesOf,
  requireChainTrajectories,
} from "../../networks/chain-trajectories.ts";
import { chainDrawBytes, openChainDraws } from "./chain-draws.ts";
import {
  CHAINS,
  type ChainFrame,
  type ChainKernels,
  type FrameRequest,
  frameBytes,
  openFrame,
  placeChain,
  readChain,
} from "./chain-frame.ts";
import type { DrawKernels } from "./draw-kernels.ts";
import type { Kernels } from "./module.ts";
import { layoutFrom, provide } from "./network-plan.ts";
import { requireReplicates } from "./replicates.ts";

/** `chainTrajectories` of src/networks/chain-trajectories.ts, eight trajectories at once. */
export function chainTrajectories(
  kernels: Kernels<ChainKernels & DrawKernels>,
  request: ChainTrajectoryRequest,
): ChainTrajectories {
  requireChainTrajectories(request);
  requireReplicates(request.streams);
  const { network, target, lossScale = 1, optimiser, steps, recordEvery, streams } = request;
  const { depth } = network;
  const wanted: FrameRequest = { depth, optimiser, target, lossScale, steps };
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(depth));
  const frameAt = layout.take(frameBytes(wanted));
  provide(kernels, layout);
  const draw = openChainDraws(kernels, drawsAt, network, streams.key);
  const frame = openFrame(kernels, frameAt, wanted);
  const records = 1 + steps / recordEvery;
  const outputs = new Float64Array(streams.count * records);
  const weights = new Float64Array(streams.count * depth);
  const rowOf = (row: number) => weights.subarray(row * depth, (row + 1) * depth);
  for (let first = 0; first < streams.count; first += CHAINS) {
    const here = Math.min(CHAINS, streams.count - first);
    for (let lane = 0; lane < here; lane++) {
      draw(streams.first + first + lane, rowOf(first + lane));
      placeChain(frame, lane, rowOf(first + lane));
    }
    follow(kernels.functions, frame, outputs.subarray(first * records, (first + here) * records), request);
    for (let lane = 0; lane < here; lane++) readChain(frame, lane, rowOf(first + lane));
  }
  return { outputs, losses: lossesOf(request, outputs), weights };
}

/** What the places without a chain compute is left where it is. */
function follow(
  functions: ChainKernels,
  { at, depth, stride, kind, guarded, table, last, values, steps: taken }: ChainFrame,
  outputs: Float64Array,
  { steps, recordEvery }: ChainTrajectoryRequest,
): void {
  const records = 1 + steps / recordEvery;
  const lanes = outputs.length / records;
  taken.fill(0);
  functions.startChains(at, depth, stride, kind);
  for (let record = 0; record < records; record++) {
    if (record > 0) functions.descendChains(at, depth, stride, kind, guarded, recordEvery, table, last);
    for (let lane = 0; lane < lanes; lane++) outputs[lane * records + record] = values[lane]!;
  }
}
