import type { BackpropagateRequest, Backpropagation, PropagateRequest, Propagation } from "../contract/propagation.ts";
import { fillInput } from "../draws/input.ts";
import { sizeOf } from "../draws/law-exact.ts";
import { depthOf } from "../networks/architecture.ts";
import type { Kernels } from "./module.ts";
import { type Layout, layoutFrom, type NetworkPlan, placeNetwork, planNetwork, provide } from "./network-plan.ts";

/** The passes of some networks side by side, in one precision or another, over buffers that are laid out here. */
export interface LawExactPasses {
  /** How many networks. */
  readonly networks: number;
  /** Bytes of an entry of a vector. */
  readonly entryBytes: number;
  readonly place: (plan: NetworkPlan, request: PropagateRequest) => void;
  readonly propagate: (plan: NetworkPlan, revive: boolean, replicate: number, buffers: ForwardBuffers) => void;
  readonly backpropagate: (plan: NetworkPlan, replicate: number, buffers: Buffers) => void;
}

/** In float64, byte for byte as `reference`. */
export function doublePasses(kernels: Kernels): LawExactPasses {
  const { functions, networks } = kernels;
  return {
    networks,
    entryBytes: 8,
    place: (plan, { network, streams }) => placeNetwork(kernels, plan, network, streams.key),
    propagate({ slope, key, depth, widths, factors }, revive, replicate, { hidden, lane, increments, alive }) {
      const described = [slope, revive ? 1 : 0, replicate, key, depth, widths, factors] as const;
      functions.propagateLawExact(...described, hidden, lane, increments, alive);
    },
    backpropagate({ slope, key, depth, widths, factors }, replicate, buffers) {
      const { z, hidden, delta, seen, lane, logHidden, logGradients } = buffers;
      const described = [slope, replicate, key, depth, widths, factors] as const;
      functions.backpropagateLawExact(...described, z, hidden, delta, seen, lane, logHidden, logGradients);
    },
  };
}

/** `propagate` of a checked request that asks for law-exact sampling, some networks at a time. */
export function propagateLawExact(kernels: Kernels, passes: LawExactPasses, request: PropagateRequest): Propagation {
  const { network, streams, revive = false } = request;
  const depth = depthOf(network);
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const buffers = planForward(passes, network.widths, layout);
  const { increments, alive } = buffers;
  provide(kernels, layout);
  passes.place(plan, request);
  const logIncrements = new Float64Array(streams.count * depth);
  const logInput = new Float64Array(streams.count);
  const layersAlive = new Float64Array(streams.count);
  const { networks } = passes;
  const read = reader(kernels, networks);
  for (let row = 0; row < streams.count; row += networks) {
    passes.propagate(plan, revive, streams.first + row, buffers);
    read(increments, depth, row, logIncrements);
    read(alive, 1, row, layersAlive);
  }
  const inputs = inputsOf(request);
  for (let row = 0; row < streams.count; row++) {
    const { logSquare, size } = inputs(row);
    logInput[row] = logSquare;
    if (Number.isNaN(size)) logIncrements.fill(Number.NaN, row * depth, (row + 1) * depth);
    if (Number.isNaN(size)) layersAlive[row] = depth;
  }
  return { logIncrements, logInput, layersAlive };
}

/** `backpropagate` of a checked request that asks for law-exact sampling, some networks at a time. */
export function backpropagateLawExact(
  kernels: Kernels,
  passes: LawExactPasses,
  request: BackpropagateRequest,
): Backpropagation {
  const { network, streams } = request;
  const depth = depthOf(network);
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const buffers = planBuffers(passes, network.widths, layout);
  provide(kernels, layout);
  passes.place(plan, request);
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  const inputs = inputsOf(request);
  const logInputs = new Float64Array(kernels.memory.buffer, buffers.logHidden, passes.networks);
  const { networks } = passes;
  const read = reader(kernels, networks);
  for (let row = 0; row < streams.count; row += networks) {
    const lanes = Math.min(networks, streams.count - row);
    for (let lane = 0; lane < lanes; lane++) {
      const { logSquare, size } = inputs(row + lane);
      // An input that holds a NaN gives NaN everywhere; every logarithm is this one and more.
      logInputs[lane] = Number.isNaN(size) ? size : logSquare;
    }
    passes.backpropagate(plan, streams.first + row, buffers);
    read(buffers.logHidden + 8 * networks * depth, 1, row, logNorm);
    read(buffers.logGradients, depth, row, logGradients);
  }
  return { logNorm, logGradients };
}

type ForwardBuffers = ReturnType<typeof planForward>;

function planForward({ networks, entryBytes }: LawExactPasses, widths: readonly number[], layout: Layout) {
  const widest = Math.max(...widths);
  return {
    hidden: layout.take(networks * entryBytes * widest),
    lane: layout.take(entryBytes * widest),
    increments: layout.take(8 * networks * (widths.length - 1)),
    alive: layout.take(8 * networks),
  };
}

type Buffers = ReturnType<typeof planBuffers>;

function planBuffers({ networks, entryBytes }: LawExactPasses, widths: readonly number[], layout: Layout) {
  const widest = Math.max(...widths);
  const units = widths.reduce((sum, width) => sum + width, 0);
  return {
    z: layout.take(networks * entryBytes * units),
    hidden: layout.take(networks * entryBytes * units),
    delta: layout.take(networks * entryBytes * widest),
    seen: layout.take(4 * networks * (widths.length - 1)),
    lane: layout.take(entryBytes * widest),
    logHidden: layout.take(8 * networks * widths.length),
    logGradients: layout.take(8 * networks * (widths.length - 1)),
  };
}

/**
 * The inputs of rows of a request: the logarithm of the squared norm, and the size, 1 or NaN. Directions do not matter to the
 * law, so none is drawn.
 */
function inputsOf({ network, input, streams, data }: PropagateRequest) {
  const isPicture = input.law === "image" || input.law === "raw-image";
  const width = network.widths[0]!;
  const vector = new Float64Array(isPicture ? width : 0);
  const source = { input, width, key: streams.key, data };
  return (row: number): { readonly logSquare: number; readonly size: number } => {
    if (!isPicture) return { logSquare: 0, size: 1 };
    const logSquare = fillInput(source, streams.first + row, vector);
    return { logSquare, size: sizeOf(vector) };
  };
}

/** Copies `count` numbers of each network at an address to rows of `count` numbers, from row `row` on, as far as there are rows. */
function reader({ memory }: Kernels, networks: number) {
  return (at: number, count: number, row: number, rows: Float64Array): void => {
    const view = new Float64Array(memory.buffer, at, networks * count);
    const lanes = Math.min(networks, rows.length / count - row);
    for (let lane = 0; lane < lanes; lane++) {
      for (let i = 0; i < count; i++) rows[(row + lane) * count + i] = view[networks * i + lane]!;
    }
  };
}
