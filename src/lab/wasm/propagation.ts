import { LANES } from "../../numerics/stream.ts";
import type { Engine } from "../contract/engine.ts";
import type { BackpropagateRequest, Backpropagation, PropagateRequest, Propagation } from "../contract/propagation.ts";
import { fillInput } from "../draws/input.ts";
import { largestLayer } from "../draws/weights.ts";
import { depthOf } from "../networks/architecture.ts";
import { backpropagateLawExact, doublePasses, propagateLawExact } from "./law-exact.ts";
import type { Kernels } from "./module.ts";
import { layoutFrom, type NetworkPlan, placeNetwork, planNetwork, provide } from "./network-plan.ts";

/**
 * Forward and backward passes of `reference`, byte for byte, a network at a time: its weights are drawn where a sum needs
 * them, and those that would meet an exact zero are not drawn at all, which changes no byte.
 */
export function propagationOf(kernels: Kernels): Pick<Engine, "propagate" | "backpropagate"> {
  const lawExact = doublePasses(kernels);
  return {
    propagate(request) {
      if (request.sampling === "law-exact") return propagateLawExact(kernels, lawExact, request);
      return propagate(kernels, request);
    },
    backpropagate(request) {
      if (request.sampling === "law-exact") return backpropagateLawExact(kernels, lawExact, request);
      return backpropagate(kernels, request);
    },
  };
}

function propagate(kernels: Kernels, request: PropagateRequest): Propagation {
  const { network, streams, revive = false } = request;
  const depth = depthOf(network);
  const widest = Math.max(...network.widths);
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const now = layout.take(8 * (widest + 4));
  const next = layout.take(8 * (widest + 4));
  const pairs = layout.take(2 * widest + 4);
  const increments = layout.take(8 * depth);
  const weights = layout.take(8 * largestLayer(network.widths));
  provide(kernels, layout);
  placeNetwork(kernels, plan, network, streams.key);
  const logIncrements = new Float64Array(streams.count * depth);
  const logInput = new Float64Array(streams.count);
  const layersAlive = new Float64Array(streams.count);
  const view = new Float64Array(kernels.memory.buffer, increments, depth);
  const fill = inputFiller(kernels, plan, request, now);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    logInput[row] = fill(replicate);
    layersAlive[row] = kernels.functions.propagateNetwork(
      ...([plan.law, plan.slope, revive ? 1 : 0, replicate, plan.key, depth] as const),
      ...([plan.widths, plan.factors, now, next, pairs, weights, increments] as const),
    );
    logIncrements.set(view, row * depth);
  }
  return { logIncrements, logInput, layersAlive };
}

function backpropagate(kernels: Kernels, request: BackpropagateRequest): Backpropagation {
  const { network, streams } = request;
  const depth = depthOf(network);
  const { widths } = network;
  const widest = Math.max(...widths);
  const units = widths.reduce((sum, width) => sum + width + 2, 0);
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const now = layout.take(8 * (widest + 4));
  // Sums of a backward product stand behind its factors.
  const next = layout.take(8 * (2 * widest + 8));
  const derivatives = layout.take(8 * units);
  const pairs = layout.take(2 * units);
  const records = layout.take(16 * depth);
  const rows = layout.take(4 * (widest + 4));
  const logHidden = layout.take(8 * (depth + 1));
  const logs = layout.take(8 * depth);
  const weights = layout.take(weightBytes(widths));
  provide(kernels, layout);
  placeNetwork(kernels, plan, network, streams.key);
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  const hidden = new Float64Array(kernels.memory.buffer, logHidden, depth + 1);
  const gradients = new Float64Array(kernels.memory.buffer, logs, depth);
  const fill = inputFiller(kernels, plan, request, now);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    hidden[0] = fill(replicate);
    kernels.functions.backpropagateNetwork(
      ...([plan.law, plan.slope, replicate, plan.key, depth, plan.widths, plan.factors, now, next] as const),
      ...([derivatives, pairs, records, rows, weights, logHidden, logs] as const),
    );
    logNorm[row] = hidden[depth]!;
    logGradients.set(gradients, row * depth);
  }
  return { logNorm, logGradients };
}

/** All weights, four rows more of each layer for the last quadruple, and a row for the one that a Haar matrix is made with. */
function weightBytes(widths: readonly number[]): number {
  let weights = 0;
  for (let layer = 1; layer < widths.length; layer++) weights += widths[layer - 1]! * (widths[layer]! + 5);
  return 8 * weights;
}

/** Puts a replicate's input, of norm 1, at `out`; gives the logarithm of its squared norm. */
function inputFiller(
  kernels: Kernels,
  plan: NetworkPlan,
  request: PropagateRequest,
  out: number,
): (replicate: number) => number {
  const { network, input, streams, data } = request;
  const width = network.widths[0]!;
  const view = new Float64Array(kernels.memory.buffer, out, width);
  const source = { input, width, key: streams.key, data };
  if (input.law !== "sphere") return (replicate) => fillInput(source, replicate, view);
  return (replicate) => {
    kernels.functions.fillDirection(replicate, LANES.input, plan.key, out, width);
    return 0;
  };
}
