import type { BatchRepresentations, BatchRequest } from "../contract/picture-batch.ts";
import { drawBatch } from "../draws/batch.ts";
import { fillPicture } from "../draws/input.ts";
import { largestLayer } from "../draws/weights.ts";
import { summarisePairs } from "../networks/pair-summary.ts";
import { KERNEL_CONSTANTS } from "./kernel-functions.ts";
import type { Kernels } from "./module.ts";
import { layoutFrom, type NetworkPlan, placeNetwork, planNetwork, provide } from "./network-plan.ts";

/** `propagateBatch` of `reference`, byte for byte: a layer is one product of matrices, a row an image. */
export function propagateBatch(kernels: Kernels, request: BatchRequest): BatchRepresentations {
  const { network, batch, streams, data } = request;
  const passage = openPassage(kernels, request);
  const { places } = passage;
  const picks = new Int32Array(batch);
  const nonZero = new Uint8Array(batch);
  const inputs = new Float64Array(kernels.memory.buffer, places.inputs, batch * data.width);
  const outputWidth = network.widths[network.widths.length - 1]!;
  const logOneMinusCosine = new Float64Array(streams.count);
  const collapsed = new Float64Array(streams.count);
  const inputOneMinusCosine = new Float64Array(streams.count);
  const alive = new Float64Array(streams.count);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    drawBatch(data, streams.key, replicate, picks);
    for (let image = 0; image < batch; image++) fillPicture(data, picks[image]!, inputs, image * data.width);
    const outputs = pass(passage, request, replicate, nonZero);
    const summary = summarisePairs(nonZero, {
      inputs: (counted) => distances(passage, places.inputs, data.width, counted),
      outputs: (counted) => distances(passage, outputs, outputWidth, counted),
    });
    inputOneMinusCosine[row] = summary.inputOneMinusCosine;
    collapsed[row] = summary.collapsed;
    logOneMinusCosine[row] = summary.logOneMinusCosine;
    alive[row] = summary.alive;
  }
  return { logOneMinusCosine, collapsed, inputOneMinusCosine, alive };
}

interface Passage {
  readonly kernels: Kernels;
  readonly plan: NetworkPlan;
  readonly places: ReturnType<typeof planPlaces>;
}

function openPassage(kernels: Kernels, request: BatchRequest): Passage {
  const { network, streams } = request;
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const places = planPlaces(kernels, request, layout);
  provide(kernels, layout);
  placeNetwork(kernels, plan, network, streams.key);
  return { kernels, plan, places };
}

function planPlaces(kernels: Kernels, request: BatchRequest, layout: ReturnType<typeof layoutFrom>) {
  const { network, batch, data } = request;
  const widest = Math.max(...network.widths);
  return {
    scratch: layout.take(kernels.functions.multiplyScratchBytes()),
    inputs: layout.take(8 * batch * data.width),
    now: layout.take(8 * batch * widest + 8),
    next: layout.take(8 * batch * widest + 8),
    // A row more, with which a Haar matrix is made.
    weights: layout.take(8 * (largestLayer(network.widths) + widest)),
    logs: layout.take(8 * batch),
    addresses: layout.take(4 * batch),
    distances: layout.take(4 * batch * (batch - 1)),
  };
}

/** Gives the address of the last layer's representations, and leaves which of them are not zero in `nonZero`. */
function pass(passage: Passage, request: BatchRequest, replicate: number, nonZero: Uint8Array): number {
  const { kernels, plan, places } = passage;
  const { functions, memory } = kernels;
  const { batch, network } = request;
  const logs = new Float64Array(memory.buffer, places.logs, batch);
  const factors = new Float64Array(memory.buffer, plan.factors, plan.depth);
  nonZero.fill(1);
  let now = places.inputs;
  let position = 0;
  for (let layer = 1; layer <= plan.depth; layer++) {
    const fanIn = network.widths[layer - 1]!;
    const fanOut = network.widths[layer]!;
    const drawn = [plan.law, factors[layer - 1]!, position, replicate, plan.key, places.weights] as const;
    position = functions.drawWeights(...drawn, fanIn, fanOut);
    functions.multiply(
      KERNEL_CONSTANTS.LAYOUT_NT,
      batch,
      fanOut,
      fanIn,
      now,
      places.weights,
      places.next,
      false,
      places.scratch,
    );
    functions.activate(batch * fanOut, plan.slope, places.next, places.now);
    functions.normaliseRows(batch, fanOut, places.now, places.logs);
    now = places.now;
    for (let image = 0; image < batch; image++) if (logs[image] === -Infinity) nonZero[image] = 0;
  }
  return now;
}

/** |u - v|^2 / 2 of each pair of rows that counts, in memory that is used again. */
function distances(passage: Passage, rows: number, width: number, counted: Uint8Array): Float64Array {
  const { kernels, places } = passage;
  const { functions, memory } = kernels;
  const addresses = new Uint32Array(memory.buffer, places.addresses, counted.length);
  let count = 0;
  for (let image = 0; image < counted.length; image++) {
    if (counted[image] === 1) addresses[count++] = rows + 8 * width * image;
  }
  functions.pairDistances(count, places.addresses, width, places.distances);
  return new Float64Array(memory.buffer, places.distances, (count * (count - 1)) / 2);
}
