import { exp, log } from "../../numerics/elementary.ts";
import type { BatchRequest, LossGradients } from "../contract/picture-batch.ts";
import { drawBatch } from "../draws/batch.ts";
import { fillPicture } from "../draws/input.ts";
import { slopeOf } from "../networks/architecture.ts";
import { fillLossDelta } from "../reference/loss-gradients.ts";
import { KERNEL_CONSTANTS, type KernelFunctions } from "./kernel-functions.ts";
import type { Kernels } from "./module.ts";
import { type Layout, layoutFrom, type NetworkPlan, placeNetwork, planNetwork, provide } from "./network-plan.ts";

/** `lossGradients` of `reference`, byte for byte: a layer is one product of matrices, a row an example. */
export function lossGradients(kernels: Kernels, request: BatchRequest): LossGradients {
  const { batch, streams, data } = request;
  const pass = openPass(kernels, request);
  const { depth } = pass.plan;
  const picks = new Int32Array(batch);
  const logGradients = new Float64Array(streams.count * depth);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    drawBatch(data, streams.key, replicate, picks);
    for (let example = 0; example < batch; example++) {
      fillPicture(data, picks[example]!, pass.hidden[0]!.values, example * data.width);
      pass.logHidden[0]![example] = 0;
    }
    drawNetwork(pass, replicate);
    forward(pass);
    for (let example = 0; example < batch; example++) startBackward(pass, example, data.labels[picks[example]!]!);
    backward(pass);
    for (let layer = 1; layer <= depth; layer++) {
      logGradients[row * depth + layer - 1] = logNormOfGradient(pass, layer) - log(batch);
    }
  }
  return { logGradients };
}

/** Numbers in the kernels' memory. */
interface Block {
  readonly at: number;
  readonly values: Float64Array;
}

/** What `Tape` holds for the reference, layer by layer (0 the input), one row an example. */
interface Pass {
  readonly kernels: KernelFunctions;
  readonly plan: NetworkPlan;
  readonly widths: readonly number[];
  readonly batch: number;
  readonly slope: number;
  readonly weights: readonly Block[];
  readonly hidden: readonly Block[];
  readonly derivative: readonly Block[];
  readonly delta: readonly Block[];
  readonly logHidden: readonly Float64Array[];
  readonly logDelta: readonly Float64Array[];
  /** One number an example. */
  readonly logs: Block;
  readonly shares: Block;
  /** As large as the largest layer's deltas, and as its weights. */
  readonly shared: Block;
  readonly gradient: Block;
  readonly factors: Float64Array;
  readonly scratch: number;
}

function openPass(kernels: Kernels, request: BatchRequest): Pass {
  const { network, batch, streams } = request;
  const { widths } = network;
  const layout = layoutFrom(kernels.heapBase);
  const plan = planNetwork(network, layout);
  const scratch = layout.take(kernels.functions.multiplyScratchBytes());
  const sizes = widths.map((width, layer) => (layer === 0 ? 0 : width * widths[layer - 1]!));
  const places = {
    // A row more, with which a Haar matrix is made.
    weights: sizes.map((size, layer) => take(layout, size + widths[layer]!)),
    hidden: widths.map((width) => take(layout, batch * width)),
    derivative: widths.map((width) => take(layout, batch * width)),
    delta: widths.map((width) => take(layout, batch * width)),
    logs: take(layout, batch),
    shares: take(layout, batch),
    shared: take(layout, batch * Math.max(...widths)),
    gradient: take(layout, Math.max(...sizes)),
  };
  provide(kernels, layout);
  placeNetwork(kernels, plan, network, streams.key);
  const { buffer } = kernels.memory;
  const block = ({ at, length }: Place): Block => ({ at, values: new Float64Array(buffer, at, length) });
  const rows = () => widths.map(() => new Float64Array(batch));
  return {
    ...{ kernels: kernels.functions, plan, widths, batch, scratch, slope: slopeOf(network.activation) },
    ...{ weights: places.weights.map(block), hidden: places.hidden.map(block) },
    ...{ derivative: places.derivative.map(block), delta: places.delta.map(block) },
    ...{ logs: block(places.logs), shares: block(places.shares), shared: block(places.shared) },
    ...{ gradient: block(places.gradient), logHidden: rows(), logDelta: rows() },
    factors: new Float64Array(buffer, plan.factors, plan.depth),
  };
}

interface Place {
  readonly at: number;
  readonly length: number;
}

/** Room for `length` numbers, and one more for kernels that write them two at a time. */
function take(layout: Layout, length: number): Place {
  return { at: layout.take(8 * length + 8), length };
}

function drawNetwork(pass: Pass, replicate: number): void {
  const { kernels, plan, widths, weights, factors } = pass;
  let position = 0;
  for (let layer = 1; layer <= plan.depth; layer++) {
    const place = [replicate, plan.key, weights[layer]!.at, widths[layer - 1]!, widths[layer]!] as const;
    position = kernels.drawWeights(plan.law, factors[layer - 1]!, position, ...place);
  }
}

function forward(pass: Pass): void {
  const { kernels, plan, widths, batch, weights, hidden, derivative, logHidden, logs, scratch } = pass;
  for (let layer = 1; layer <= plan.depth; layer++) {
    const width = widths[layer]!;
    const to = hidden[layer]!.at;
    const from = hidden[layer - 1]!.at;
    kernels.multiply(
      KERNEL_CONSTANTS.LAYOUT_NT,
      batch,
      width,
      widths[layer - 1]!,
      from,
      weights[layer]!.at,
      to,
      false,
      scratch,
    );
    // The last layer is linear.
    const slope = layer === plan.depth ? 1 : pass.slope;
    kernels.differentiate(batch * width, slope, to, to, derivative[layer]!.at);
    kernels.normaliseRows(batch, width, to, logs.at);
    addRows(logHidden[layer - 1]!, logs.values, logHidden[layer]!);
  }
}

function startBackward(pass: Pass, example: number, label: number): void {
  const { plan, widths, hidden, delta, logHidden, logDelta } = pass;
  const classes = widths[plan.depth]!;
  const place = {
    logits: hidden[plan.depth]!.values,
    delta: delta[plan.depth]!.values,
    at: example * classes,
    classes,
  };
  logDelta[plan.depth]![example] = fillLossDelta(place, logHidden[plan.depth]![example]!, label);
}

function backward(pass: Pass): void {
  const { kernels, plan, widths, batch, weights, derivative, delta, logDelta, logs, scratch } = pass;
  for (let layer = plan.depth; layer >= 1; layer--) {
    const width = widths[layer]!;
    const from = delta[layer]!.at;
    kernels.multiplyBy(batch * width, from, derivative[layer]!.at);
    kernels.normaliseRows(batch, width, from, logs.at);
    addRows(logDelta[layer]!, logs.values, logDelta[layer]!);
    if (layer === 1) return;
    const fanIn = widths[layer - 1]!;
    kernels.multiply(
      KERNEL_CONSTANTS.LAYOUT_NN,
      batch,
      fanIn,
      width,
      from,
      weights[layer]!.at,
      delta[layer - 1]!.at,
      false,
      scratch,
    );
    logDelta[layer - 1]!.set(logDelta[layer]!);
  }
}

function addRows(first: Float64Array, second: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = first[i]! + second[i]!;
}

/** ln of the Frobenius norm of the sum over examples of delta_l h_{l-1}^T, relative to the largest example. */
function logNormOfGradient(pass: Pass, layer: number): number {
  const { kernels, widths, batch, hidden, delta, shares, shared, gradient, scratch } = pass;
  const largest = fillShares(pass, layer);
  if (largest === -Infinity) return -Infinity;
  const fanIn = widths[layer - 1]!;
  const fanOut = widths[layer]!;
  kernels.scaleRows(batch, fanOut, shares.at, delta[layer]!.at, shared.at);
  kernels.multiply(
    KERNEL_CONSTANTS.LAYOUT_TN,
    fanOut,
    fanIn,
    batch,
    shared.at,
    hidden[layer - 1]!.at,
    gradient.at,
    false,
    scratch,
  );
  return log(kernels.sumOfSquares(gradient.at, fanIn * fanOut)) / 2 + largest;
}

/** The same as for the reference: the largest ln of an example's size, and all of them relative to it, out of the log. */
function fillShares(pass: Pass, layer: number): number {
  const { batch, logHidden, logDelta } = pass;
  const shares = pass.shares.values;
  let largest = -Infinity;
  for (let example = 0; example < batch; example++) {
    shares[example] = (logDelta[layer]![example]! + logHidden[layer - 1]![example]!) / 2;
    if (shares[example]! > largest) largest = shares[example]!;
  }
  if (largest === -Infinity) return largest;
  for (let example = 0; example < batch; example++) shares[example] = exp(shares[example]! - largest);
  return largest;
}
