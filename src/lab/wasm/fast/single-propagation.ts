import { log } from "../../../numerics/elementary.ts";
import { openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import type {
  BackpropagateRequest,
  Backpropagation,
  PropagateRequest,
  Propagation,
} from "../../contract/propagation.ts";
import { fillDirection, fillInput } from "../../draws/input.ts";
import { weightScale } from "../../draws/weights.ts";
import { depthOf, slopeOf } from "../../networks/architecture.ts";
import type { KernelFunctions } from "../kernel-functions.ts";
import type { Kernels } from "../module.ts";
import { layoutFrom, type NetworkPlan, placeNetwork, planNetwork, provide } from "../network-plan.ts";

/** `propagate` of a checked request, sampled directly, in float32. */
export function propagateSingle(kernels: Kernels, request: PropagateRequest): Propagation {
  const { network, streams, revive = false } = request;
  const depth = depthOf(network);
  const widest = Math.max(...network.widths);
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const now = layout.take(4 * (widest + 4));
  const next = layout.take(4 * (widest + 4));
  const list = layout.take(4 * (widest + 4));
  const increments = layout.take(8 * depth);
  provide(kernels, layout);
  placeSingleNetwork(kernels, plan, request);
  const logIncrements = new Float64Array(streams.count * depth);
  const logInput = new Float64Array(streams.count);
  const layersAlive = new Float64Array(streams.count);
  const view = new Float64Array(kernels.memory.buffer, increments, depth);
  const fill = inputFiller(kernels, request, now);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    logInput[row] = fill(replicate);
    layersAlive[row] = kernels.functions.propagateSingle(
      ...([plan.law, plan.slope, revive ? 1 : 0, replicate, plan.key, depth, plan.widths] as const),
      ...([plan.factors, now, next, list, increments] as const),
    );
    logIncrements.set(view, row * depth);
  }
  return { logIncrements, logInput, layersAlive };
}

/** `backpropagate` of a checked request, sampled directly, in float32. */
export function backpropagateSingle(kernels: Kernels, request: BackpropagateRequest): Backpropagation {
  const { network, streams } = request;
  const depth = depthOf(network);
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const buffers = planBuffers(network.widths, depth, layout);
  provide(kernels, layout);
  placeSingleNetwork(kernels, plan, request);
  const { buffer } = kernels.memory;
  const width = network.widths[depth]!;
  const direction = new Float64Array(width);
  const cotangent = new Float32Array(buffer, buffers.cotangent, width);
  const hidden = new Float64Array(buffer, buffers.logHidden, depth + 1);
  const gradients = new Float64Array(buffer, buffers.logGradients, depth);
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  const fill = inputFiller(kernels, request, buffers.now);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    hidden[0] = fill(replicate);
    fillDirection(openStream(streams.key, replicate, LANES.cotangent), direction, 0, width);
    cotangent.set(direction);
    backpropagateOne(kernels.functions, plan, buffers, replicate);
    logNorm[row] = hidden[depth]!;
    logGradients.set(gradients, row * depth);
  }
  return { logNorm, logGradients };
}

type Buffers = ReturnType<typeof planBuffers>;

function planBuffers(widths: readonly number[], depth: number, layout: ReturnType<typeof layoutFrom>) {
  const widest = Math.max(...widths);
  const units = widths.reduce((sum, width) => sum + width + 4, 0);
  let weights = 0;
  // The last quadruple of rows has up to three more than the layer, every row up to three columns more.
  for (let layer = 1; layer <= depth; layer++) weights += (widths[layer - 1]! + 3) * (widths[layer]! + 3);
  return {
    now: layout.take(4 * (widest + 4)),
    // Sums of a backward product stand behind its factors.
    next: layout.take(8 * (widest + 4)),
    cotangent: layout.take(4 * (widest + 4)),
    derivatives: layout.take(4 * units),
    lists: layout.take(4 * units),
    records: layout.take(16 * depth),
    rows: layout.take(4 * (widest + 4)),
    logHidden: layout.take(8 * (depth + 1)),
    logGradients: layout.take(8 * depth),
    weights: layout.take(4 * weights),
  };
}

function backpropagateOne(kernels: KernelFunctions, plan: NetworkPlan, buffers: Buffers, replicate: number): void {
  const { now, next, cotangent, derivatives, lists, records, rows, weights, logHidden, logGradients } = buffers;
  kernels.backpropagateSingle(
    ...([plan.law, plan.slope, replicate, plan.key, plan.depth, plan.widths, plan.factors, now, next] as const),
    ...([cotangent, derivatives, lists, records, rows, weights, logHidden, logGradients] as const),
  );
}

/** The network, with the logarithms of the squared scales of its weights in the place of the scales. */
export function placeSingleNetwork(kernels: Kernels, plan: NetworkPlan, { network, streams }: PropagateRequest): void {
  placeNetwork(kernels, plan, network, streams.key);
  const { widths, init } = network;
  const offsets = new Float64Array(kernels.memory.buffer, plan.factors, depthOf(network));
  for (let layer = 0; layer < offsets.length; layer++) {
    offsets[layer] = 2 * log(weightScale(init, widths[layer]!, widths[layer + 1]!));
  }
}

/** The smallest slope that float32 tells from 0 after squares are taken. */
export const LEAST_SLOPE = 2 ** -60;

/** Whether float32 and 32-bit counters do for this network. */
export function suitsSingle({ network }: PropagateRequest): boolean {
  const slope = slopeOf(network.activation);
  const { widths, init } = network;
  let blocks = 0;
  for (let layer = 1; layer < widths.length; layer++) blocks += widths[layer - 1]! * Math.ceil(widths[layer]! / 4);
  return (
    (init.law === "gaussian" || init.law === "uniform") && (slope === 0 || slope >= LEAST_SLOPE) && blocks < 2 ** 32
  );
}

/** Puts a replicate's input, of norm 1, at `out`; gives the logarithm of its squared norm. */
function inputFiller(kernels: Kernels, request: PropagateRequest, out: number) {
  const { network, input, streams, data } = request;
  const width = network.widths[0]!;
  const vector = new Float64Array(width);
  const view = new Float32Array(kernels.memory.buffer, out, width);
  const source = { input, width, key: streams.key, data };
  return (replicate: number): number => {
    const logSquare = fillInput(source, replicate, vector);
    view.set(vector);
    return logSquare;
  };
}
