import type { Dataset } from "../../numerics/dataset.ts";
import { normalise } from "../../numerics/log-domain.ts";
import { fillGaussian, fillRademacher, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamRange } from "../../numerics/stream.ts";
import type { InputLaw } from "../contract/propagation.ts";
import { depthOf, slopeOf } from "../networks/architecture.ts";
import type { Mlp } from "../networks/network.ts";
import { fillDirection, fillInput } from "./input.ts";
import { weightScale } from "./weights.ts";

/**
 * z = W h for a fresh W whose entries are independent Gaussians of standard deviation `scale`, and an h of norm 1 or 0: as
 * many independent Gaussians of standard deviation `scale` |h|. Gives the number of units that are seen.
 *
 * With slope 0 a unit that is off shows nothing but that, and neither norms nor gradients' norms know units apart: then one
 * sign a unit is drawn, those that are on come first, as absolute values, and 0 stands for the rest.
 * Draws: one fill of signs for slope 0, one fill of the Gaussians seen.
 */
export function drawImage(scale: number, slope: number, h: Float64Array, stream: Stream, z: Float64Array): number {
  const seen = slope === 0 ? countPositive(stream, z) : z.length;
  fillGaussian(stream, z, 0, seen);
  const deviation = scale * sizeOf(h);
  for (let unit = 0; unit < seen; unit++) z[unit] = (slope === 0 ? Math.abs(z[unit]!) : z[unit]!) * deviation;
  z.fill(0 * deviation, seen);
  return seen;
}

/** How many of as many signs as z has entries are positive; spoils z. */
function countPositive(stream: Stream, z: Float64Array): number {
  fillRademacher(stream, z, 0, z.length);
  let positive = 0;
  for (const sign of z) if (sign > 0) positive++;
  return positive;
}

/**
 * x = W^T delta, given that W h = z, for h and delta of norm 1 or 0, as far as it is seen: in its first `seen` entries, outside
 * of which h is 0. Along h it is (z . delta) h; what W^T delta has orthogonal to h is independent of z, a Gaussian vector v of
 * standard deviation `scale` |delta| without its part along h (delta depends on W through z alone).
 * Draws: one fill of what is seen.
 */
export function drawTransposedImage(
  scale: number,
  point: { readonly h: Float64Array; readonly z: Float64Array; readonly delta: Float64Array },
  seen: number,
  stream: Stream,
  x: Float64Array,
): void {
  const { h, z, delta } = point;
  fillGaussian(stream, x, 0, seen);
  x.fill(0, seen);
  const deviation = scale * sizeOf(delta);
  for (let unit = 0; unit < seen; unit++) x[unit] = x[unit]! * deviation;
  const along = dot(z, delta) - dot(h, x);
  for (let unit = 0; unit < seen; unit++) x[unit] = x[unit]! + h[unit]! * along;
}

interface LawExactRequest {
  readonly network: Mlp;
  readonly input: InputLaw;
  readonly streams: StreamRange;
  readonly data?: Dataset;
}

/**
 * What `backpropagate` gives, sampled law-exactly; the request has been checked. Forward draws come from lane `weights`, the
 * backward ones from lane `backward`, from the last layer to the second. An input that holds a NaN gives NaN everywhere. Cost:
 * fanIn + fanOut draws a layer and 3 times as many multiply-adds.
 */
export function backpropagateLawExact(request: LawExactRequest) {
  const { network, input, streams, data } = request;
  const depth = depthOf(network);
  const pass = openPass(network);
  const source = { input, width: network.widths[0]!, key: streams.key, data };
  const logNorm = new Float64Array(streams.count);
  const logGradients = new Float64Array(streams.count * depth);
  for (let row = 0; row < streams.count; row++) {
    const replicate = streams.first + row;
    pass.logHidden[0] = fillInput(source, replicate, pass.hidden[0]!);
    if (Number.isNaN(sizeOf(pass.hidden[0]!))) {
      logNorm[row] = Number.NaN;
      logGradients.fill(Number.NaN, row * depth, (row + 1) * depth);
      continue;
    }
    passForward(pass, openStream(streams.key, replicate, LANES.weights));
    fillDirection(openStream(streams.key, replicate, LANES.cotangent), pass.delta[depth]!, 0, network.widths[depth]!);
    passBackward(pass, openStream(streams.key, replicate, LANES.backward));
    logNorm[row] = pass.logHidden[depth]!;
    for (let layer = 1; layer <= depth; layer++) {
      logGradients[row * depth + layer - 1] = pass.logDelta[layer]! + pass.logHidden[layer - 1]!;
    }
  }
  return { logNorm, logGradients };
}

/** By layer, 0 the input: z before the activation, h and delta over their norms, the logarithms of those squared, units seen. */
interface Pass {
  readonly depth: number;
  readonly slope: number;
  readonly scales: readonly number[];
  readonly z: readonly Float64Array[];
  readonly hidden: readonly Float64Array[];
  readonly delta: readonly Float64Array[];
  readonly logHidden: Float64Array;
  readonly logDelta: Float64Array;
  readonly seen: Int32Array;
}

function openPass(network: Mlp): Pass {
  const { widths, init, activation } = network;
  const depth = depthOf(network);
  const vectors = () => widths.map((width) => new Float64Array(width));
  return {
    depth,
    slope: slopeOf(activation),
    scales: widths.map((width, layer) => (layer === 0 ? 0 : weightScale(init, widths[layer - 1]!, width))),
    z: vectors(),
    hidden: vectors(),
    delta: vectors(),
    logHidden: new Float64Array(depth + 1),
    logDelta: new Float64Array(depth + 1),
    seen: new Int32Array(depth + 1),
  };
}

function passForward(pass: Pass, stream: Stream): void {
  for (let layer = 1; layer <= pass.depth; layer++) {
    const z = pass.z[layer]!;
    const hidden = pass.hidden[layer]!;
    pass.seen[layer] = drawImage(pass.scales[layer]!, pass.slope, pass.hidden[layer - 1]!, stream, z);
    for (let unit = 0; unit < z.length; unit++) hidden[unit] = z[unit]! * derivative(pass, z[unit]!);
    pass.logHidden[layer] = pass.logHidden[layer - 1]! + normalise(hidden, 0, hidden.length);
  }
}

function passBackward(pass: Pass, stream: Stream): void {
  let logDelta = 0;
  for (let layer = pass.depth; layer >= 1; layer--) {
    const z = pass.z[layer]!;
    const delta = pass.delta[layer]!;
    for (let unit = 0; unit < z.length; unit++) delta[unit] = delta[unit]! * derivative(pass, z[unit]!);
    logDelta += normalise(delta, 0, delta.length);
    pass.logDelta[layer] = logDelta;
    if (layer === 1) return;
    const h = pass.hidden[layer - 1]!;
    drawTransposedImage(pass.scales[layer]!, { h, z, delta }, pass.seen[layer - 1]!, stream, pass.delta[layer - 1]!);
  }
}

function derivative(pass: Pass, z: number): number {
  return z > 0 ? 1 : pass.slope;
}

/** 1 for a vector that has been divided by its norm, 0 for a dead one; NaN where an entry is not finite. */
export function sizeOf(vector: Float64Array): number {
  const square = dot(vector, vector);
  if (square === 0) return 0;
  return square < Infinity ? 1 : Number.NaN;
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
